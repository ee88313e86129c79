"""What own fields tell of money, of numbers given by the server, and of values that stand alone

Revision: 0015
Follows: 0010
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from server.core.kinds import KINDS

revision = "0015"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name in ("currency", "pattern"):
        op.add_column("custom_field", sa.Column(name, KINDS["text"].column, nullable=True))
    op.add_column("custom_field", sa.Column("sole", sa.Boolean(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("custom_field") as table:
        for name in ("currency", "pattern", "sole"):
            table.drop_column(name)
