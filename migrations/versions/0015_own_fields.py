"""Own fields of money, numbers given by the server, formulas, and conditions

Revision: 0015
Follows: 0011
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from server.core.kinds import KINDS

revision = "0015"
down_revision = "0011"
branch_labels = None
depends_on = None
ADDED = {"currency": "text", "pattern": "text", "sole": "bool", "formula": "longtext",
         "result": "choice", "seen_if": "longtext", "needed_if": "longtext"}  # fmt: skip


def upgrade() -> None:
    for name, kind in ADDED.items():
        op.add_column("custom_field", sa.Column(name, KINDS[kind].column, nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("custom_field") as table:
        for name in ADDED:
            table.drop_column(name)
