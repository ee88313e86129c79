"""SQLite knows without a look at records where they stand in the order of titles

Revision: 0027
Follows: 0024
"""

from __future__ import annotations

from alembic import op

from server.core import trigrams

revision = "0027"
down_revision = "0024"
branch_labels = None
depends_on = None

SEARCHED = ("account", "contact", "activity", "task", "person", "team", "branch", "file",
            "own_record", "consent")  # fmt: skip


def upgrade() -> None:
    for table in SEARCHED:
        trigrams.add_places(op.get_bind(), table)


def downgrade() -> None:
    for table in SEARCHED:
        trigrams.drop_places(op.get_bind(), table)
