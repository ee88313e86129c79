"""How records look to an organisation: layouts, and links that lead elsewhere

Revision: 0016
Follows: 0015
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None
INTEGER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def text(length: int | None = None) -> Any:
    """Text that PostgreSQL orders by code point."""
    kind = sa.String(length) if length else sa.Text()
    plain = sa.String(length, collation="C") if length else sa.Text(collation="C")
    return kind.with_variant(plain, "postgresql")


def records(table: str, *own: sa.Column[Any]) -> None:
    """A table of records: what all of them have, and these columns."""
    needed = [("id", sa.String(36)), ("org", sa.Integer()), ("ver", sa.BigInteger()),
              *((name, sa.Text()) for name in ("doc", "clk", "keys", "search")), ("sort", text()),
              ("deleted", sa.Boolean())]  # fmt: skip
    people = [sa.Column(n, text(36)) for n in ("owner", "team", "created_by", "updated_by")]
    op.create_table(
        table, *own, sa.Column("n", INTEGER, nullable=False),
        *(sa.Column(name, kind, nullable=False) for name, kind in needed), *people,
        *(sa.Column(name, text(20)) for name in ("created_at", "updated_at")),
        sa.PrimaryKeyConstraint("n", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint("org", "id", name=f"uq_{table}_org_id"),
    )  # fmt: skip
    op.create_index(f"ix_{table}_sort", table, ["org", "deleted", "sort", "id"])


def upgrade() -> None:
    lines = (sa.Column(name, text(500)) for name in ("of", "role"))
    records("custom_layout", *lines, sa.Column("plan", text()))
    lines = (sa.Column(name, text(500)) for name in ("of", "label", "address"))
    records("custom_link", *lines, sa.Column("place", sa.BigInteger()))


def downgrade() -> None:
    for table in ("custom_link", "custom_layout"):
        op.drop_table(table)
