"""Saved views of lists

Revision: 0013
Follows: 0016
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0016"
branch_labels = None
depends_on = None


def text(length: int | None = None) -> Any:
    """Text that PostgreSQL orders by code point."""
    kind = sa.String(length) if length else sa.Text()
    plain = sa.String(length, collation="C") if length else sa.Text(collation="C")
    return kind.with_variant(plain, "postgresql")


def columns(kind: Any, *names: str, nullable: bool = True) -> list[sa.Column[Any]]:
    return [sa.Column(name, kind, nullable=nullable) for name in names]


def records(table: str, *own: sa.Column[Any]) -> None:
    """A table of records: what all of them have, and these columns."""
    op.create_table(
        table,
        *own,
        sa.Column("n", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        *columns(sa.String(36), "id", nullable=False),
        *columns(sa.Integer(), "org", nullable=False),
        *columns(sa.BigInteger(), "ver", nullable=False),
        *columns(sa.Text(), "doc", "clk", "keys", "search", nullable=False),
        *columns(text(), "sort", nullable=False),
        *columns(text(36), "owner", "team", "created_by", "updated_by"),
        *columns(text(20), "created_at", "updated_at"),
        *columns(sa.Boolean(), "deleted", nullable=False),
        sa.PrimaryKeyConstraint("n", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint("org", "id", name=f"uq_{table}_org_id"),
    )
    op.create_index(f"ix_{table}_sort", table, ["org", "deleted", "sort", "id"])


def upgrade() -> None:
    records(
        "saved_view", *columns(text(500), "of", "name"), *columns(text(), "asks"),
        *columns(text(60), "audience"), *columns(sa.Boolean(), "usual"),
    )  # fmt: skip
    op.create_index("ix_saved_view_of", "saved_view", ["org", "of"])


def downgrade() -> None:
    op.drop_table("saved_view")
