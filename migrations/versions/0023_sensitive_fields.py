"""Sensitive fields

Revision: 0023
Follows: 0019
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0019"
branch_labels = None
depends_on = None
INTEGER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def text(length: int | None = None) -> Any:
    """Text that PostgreSQL orders by code point."""
    kind = sa.String(length) if length else sa.Text()
    plain = sa.String(length, collation="C") if length else sa.Text(collation="C")
    return kind.with_variant(plain, "postgresql")


def upgrade() -> None:
    needed = [("id", sa.String(36)), ("org", sa.Integer()), ("ver", sa.BigInteger()),
              *((name, sa.Text()) for name in ("doc", "clk", "keys", "search")), ("sort", text()),
              ("deleted", sa.Boolean())]  # fmt: skip
    lines = {"of": 500, "field": 500, "owner": 36, "team": 36, "created_by": 36, "updated_by": 36,
             "created_at": 20, "updated_at": 20}  # fmt: skip
    op.create_table(
        "field_mark", *(sa.Column(name, text(size)) for name, size in lines.items()),
        sa.Column("sensitive", sa.Boolean()), sa.Column("n", INTEGER, nullable=False),
        *(sa.Column(name, kind, nullable=False) for name, kind in needed),
        sa.PrimaryKeyConstraint("n", name=op.f("pk_field_mark")),
        sa.UniqueConstraint("org", "id", name="uq_field_mark_org_id"),
    )  # fmt: skip
    op.create_index("ix_field_mark_sort", "field_mark", ["org", "deleted", "sort", "id"])


def downgrade() -> None:
    op.drop_table("field_mark")
