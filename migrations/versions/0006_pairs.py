"""Pairs of letters are found along SQLite's index as well

Revision: 0006
Follows: 0005
"""

from __future__ import annotations

from alembic import op

from server.core import trigrams

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

SEARCHED = ("account", "contact", "activity", "task", "person", "team", "branch", "file")


def upgrade() -> None:
    for table in SEARCHED:
        trigrams.add_pairs(op.get_bind(), table)


def downgrade() -> None:
    for table in SEARCHED:
        trigrams.drop_pairs(op.get_bind(), table)
