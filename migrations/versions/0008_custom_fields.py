"""Fields and entities that organisations make: definitions, records, and values to find by

Revision: 0008
Follows: 0007
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

from server.core import trigrams

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

RECORDS = ("own_record", "custom_field", "custom_entity")


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
        "custom_field", *columns(text(500), "of", "key", "label", "help", "group", "target"),
        *columns(text(60), "kind", "policy"), *columns(text(), "options", "default"),
        *columns(sa.Boolean(), "needed", "sought", "filtered", "listed"),
        *columns(sa.BigInteger(), "place", "low", "high"),
    )  # fmt: skip
    op.create_index("ix_custom_field_of", "custom_field", ["org", "of"])
    records(
        "custom_entity",
        *columns(text(500), "key", "label", "plural", "new", "heading", "icon"),
        *columns(sa.Boolean(), "belongs", "in_menu"), *columns(sa.BigInteger(), "place"),
    )  # fmt: skip
    records(
        "own_record", *columns(sa.String(40), "type", nullable=False), *columns(text(500), "name"),
        *columns(text(36), "account"),
    )  # fmt: skip
    op.create_index("ix_own_record_account", "own_record", ["org", "account"])
    for by in ("sort", "created_at"):
        found = ["org", "type", "deleted", by, "id"]
        op.create_index(f"ix_own_record_type_{by}", "own_record", found)
    trigrams.add(op.get_bind(), "own_record")
    trigrams.add_pairs(op.get_bind(), "own_record")
    op.create_table(
        "field_value", *columns(sa.Integer(), "org", nullable=False),
        *columns(sa.String(36), "rec", nullable=False),
        *columns(sa.String(40), "field", "type", nullable=False),
        *columns(sa.SmallInteger(), "i", nullable=False), *columns(text(100), "text"),
        *columns(sa.Float(), "number"),
        sa.PrimaryKeyConstraint("org", "rec", "field", "i", name=op.f("pk_field_value")),
    )  # fmt: skip
    for kind in ("text", "number"):
        found = ["org", "type", "field", kind, "rec"]
        op.create_index(f"ix_field_value_{kind}", "field_value", found)
    shape = sa.Column("shape", sa.String(36), server_default="", nullable=False)
    op.add_column("organisation", shape)


def downgrade() -> None:
    op.drop_column("organisation", "shape")
    op.drop_table("field_value")
    trigrams.drop_pairs(op.get_bind(), "own_record")
    trigrams.drop(op.get_bind(), "own_record")
    for table in RECORDS:
        op.drop_table(table)
