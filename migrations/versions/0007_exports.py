"""Exports: what was taken out, by whom

Revision: 0007
Follows: 0006
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from server.core import db as types

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "exported",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("org", sa.Integer(), nullable=False),
        sa.Column("person", sa.String(length=36), nullable=False),
        sa.Column("type", sa.String(length=60), nullable=False),
        sa.Column("format", sa.String(length=10), nullable=False),
        sa.Column("asked", sa.Text(), nullable=False),
        sa.Column("fields", sa.Text(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=True),
        sa.Column("at", types.UTCDateTime(timezone=True), nullable=False),
        sa.Column("address", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(
            ["org"], ["organisation.id"], name=op.f("fk_exported_org_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exported")),
    )
    with op.batch_alter_table("exported") as table:
        table.create_index("ix_exported_org_id", ["org", "id"])


def downgrade() -> None:
    op.drop_table("exported")
