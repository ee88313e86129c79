"""No question is answered by these indexes: what is looked for by its assignee has an index that
knows the organisation, and records of own entities are only ever walked one entity at a time

Revision: 0019
Follows: 0022
"""

from __future__ import annotations

from alembic import op

revision = "0019"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_index("ix_task_assignee", table_name="task")
    op.drop_index("ix_own_record_sort", table_name="own_record")


def downgrade() -> None:
    op.create_index("ix_task_assignee", "task", ["assignee"])
    op.create_index("ix_own_record_sort", "own_record", ["org", "deleted", "sort", "id"])
