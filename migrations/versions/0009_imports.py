"""Imports: files that are brought in, what became of each row, and kept mappings

Revision: 0009
Follows: 0008
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from server.core import db as types

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    counts = ("turn", "total", "done", "made", "changed", "same", "refused", "undone", "kept")
    op.create_table(
        "importing",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("org", sa.Integer(), nullable=False),
        sa.Column("person", sa.String(length=36), nullable=False),
        sa.Column("type", sa.String(length=60), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("format", sa.String(length=10), nullable=False),
        *(sa.Column(name, sa.JSON(), nullable=False)
          for name in ("options", "columns", "sample", "sheets", "plan")),
        sa.Column("status", sa.String(length=10), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in counts),
        sa.Column("error", sa.String(length=40), nullable=True),
        sa.Column("at", types.UTCDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["org"], ["organisation.id"], name=op.f("fk_importing_org_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_importing")),
    )  # fmt: skip
    with op.batch_alter_table("importing") as table:
        table.create_index("ix_importing_org_id", ["org", "id"])
    op.create_table(
        "import_row",
        sa.Column("importing", sa.String(length=36), nullable=False),
        sa.Column("n", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("rec", sa.String(length=36), nullable=True),
        sa.Column("what", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["importing"], ["importing.id"], name=op.f("fk_import_row_importing_importing"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("importing", "n", name=op.f("pk_import_row")),
    )  # fmt: skip
    op.create_table(
        "import_template",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("org", sa.Integer(), nullable=False),
        sa.Column("person", sa.String(length=36), nullable=False),
        sa.Column("type", sa.String(length=60), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["org"], ["organisation.id"], name=op.f("fk_import_template_org_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_template")),
    )
    with op.batch_alter_table("import_template") as table:
        table.create_index("ix_import_template_org_type", ["org", "type"])


def downgrade() -> None:
    op.drop_table("import_template")
    op.drop_table("import_row")
    op.drop_table("importing")
