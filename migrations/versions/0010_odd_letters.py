"""Texts with letters beyond the usual scripts are known to PostgreSQL by an index

Revision: 0010
Follows: 0009
"""

from __future__ import annotations

from alembic import op

from server.core import trigrams

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

SEARCHED = ("account", "contact", "activity", "task", "person", "team", "branch", "file",
            "own_record")  # fmt: skip


def upgrade() -> None:
    for table in SEARCHED:
        trigrams.add_odd(op.get_bind(), table)


def downgrade() -> None:
    for table in SEARCHED:
        trigrams.drop_odd(op.get_bind(), table)
