"""Consents

Revision: 0022
Follows: 0013
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from server.core import trigrams

revision = "0022"
down_revision = "0013"
branch_labels = None
depends_on = None


def text(size: int) -> sa.types.TypeEngine:
    return sa.String(size).with_variant(sa.String(size, collation="C"), "postgresql")


def column(name: str, size: int) -> sa.Column:
    return sa.Column(name, text(size), nullable=True)


LONG = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    counted = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "consent",
        column("kind", 60), column("channel", 60), column("source", 500), column("account", 36),
        column("contact", 36), column("at", 20), sa.Column("note", LONG, nullable=True),
        sa.Column("n", counted, autoincrement=True, nullable=False),
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("org", sa.Integer(), nullable=False),
        sa.Column("ver", sa.BigInteger(), nullable=False),
        sa.Column("doc", sa.Text(), nullable=False),
        sa.Column("clk", sa.Text(), nullable=False),
        sa.Column("keys", sa.Text(), nullable=False),
        sa.Column("sort", LONG, nullable=False),
        sa.Column("search", sa.Text(), nullable=False),
        column("owner", 36), column("team", 36), column("created_at", 20),
        column("created_by", 36), column("updated_at", 20), column("updated_by", 36),
        sa.Column("deleted", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("n", name=op.f("pk_consent")),
        sa.UniqueConstraint("org", "id", name="uq_consent_org_id"),
    )  # fmt: skip
    op.create_index("ix_consent_account", "consent", ["org", "account"])
    op.create_index("ix_consent_by_at", "consent", ["org", "deleted", "at", "id"])
    op.create_index("ix_consent_by_created_at", "consent", ["org", "deleted", "created_at", "id"])
    op.create_index(op.f("ix_consent_contact"), "consent", ["contact"])
    op.create_index("ix_consent_sort", "consent", ["org", "deleted", "sort", "id"])
    trigrams.add(op.get_bind(), "consent")
    trigrams.add_pairs(op.get_bind(), "consent")
    trigrams.add_odd(op.get_bind(), "consent")


def downgrade() -> None:
    trigrams.drop_odd(op.get_bind(), "consent")
    trigrams.drop_pairs(op.get_bind(), "consent")
    trigrams.drop(op.get_bind(), "consent")
    op.drop_table("consent")
