"""Duplicates: pairs that were found, mergers and what they did

Revision: 0018
Follows: 0017
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

from server.core import db as types

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def _text(size: int | None = None) -> Any:
    """Compared by code point on both engines."""
    kind = sa.String if size else sa.Text
    return kind(size).with_variant(kind(size, collation="C"), "postgresql")


def upgrade() -> None:
    _mergers()
    op.create_table(
        "merging",
        *(sa.Column(name, sa.String(36), nullable=False) for name in ("id", "person")),
        sa.Column("org", sa.Integer(), nullable=False),
        sa.Column("ver", sa.BigInteger(), nullable=False),
        sa.Column("type", sa.String(60), nullable=False),
        *(sa.Column(name, sa.String(36), nullable=False) for name in ("winner", "loser")),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("before", "moved")),
        sa.Column("at", types.UTCDateTime(timezone=True), nullable=False),
        sa.Column("undone", types.UTCDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["org"], ["organisation.id"], name=op.f("fk_merging_org_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_merging")),
    )
    op.create_index("ix_merging_org_at", "merging", ["org", "at"])
    op.create_table(
        "twin",
        sa.Column("org", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.String(36), nullable=False) for name in ("a", "b")),
        sa.Column("type", sa.String(60), nullable=False),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("apart", sa.Boolean(), nullable=False),
        sa.Column("by", sa.String(36), nullable=True),
        sa.Column("at", types.UTCDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["org"], ["organisation.id"], name=op.f("fk_twin_org_organisation")
        ),
        sa.PrimaryKeyConstraint("org", "a", "b", name=op.f("pk_twin")),
    )
    op.create_index("ix_twin_score", "twin", ["org", "apart", "type", "score"])
    op.create_table(
        "seeking",
        sa.Column("org", sa.Integer(), nullable=False),
        sa.Column("asked", types.UTCDateTime(timezone=True), nullable=False),
        sa.Column("done", types.UTCDateTime(timezone=True), nullable=True),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("looked", "found")),
        sa.ForeignKeyConstraint(
            ["org"], ["organisation.id"], name=op.f("fk_seeking_org_organisation")
        ),
        sa.PrimaryKeyConstraint("org", name=op.f("pk_seeking")),
    )


def _mergers() -> None:
    """Records of the change log's kind."""
    op.create_table(
        "merger",
        *(sa.Column(name, _text(36), nullable=True) for name in ("loser", "rec", "file", "owner",
          "team", "created_by", "updated_by")),
        *(sa.Column(name, _text(500), nullable=True) for name in ("name", "of")),
        *(sa.Column(name, _text(20), nullable=True) for name in ("at", "created_at",
          "updated_at")),
        sa.Column("n", sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
                  autoincrement=True, nullable=False),
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("org", sa.Integer(), nullable=False),
        sa.Column("ver", sa.BigInteger(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("doc", "clk", "keys",
          "search")),
        sa.Column("sort", _text(), nullable=False),
        sa.Column("deleted", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("n", name=op.f("pk_merger")),
        sa.UniqueConstraint("org", "id", name="uq_merger_org_id"),
    )  # fmt: skip
    op.create_index("ix_merger_file", "merger", ["org", "file"])
    op.create_index("ix_merger_loser", "merger", ["org", "loser"])
    op.create_index("ix_merger_rec", "merger", ["org", "rec"])
    op.create_index("ix_merger_sort", "merger", ["org", "deleted", "sort", "id"])


def downgrade() -> None:
    for table in ("seeking", "twin", "merging", "merger"):
        op.drop_table(table)
