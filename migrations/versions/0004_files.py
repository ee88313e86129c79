"""Files: their records, where their bytes are, and what is on its way in pieces

Revision: 0004
Follows: 0003
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

from server.core import db as types
from server.core import trigrams

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

PERSONAL = ("photo_size", "photo_place", "keep_files", "keep_each")


def text(length: int | None = None) -> Any:
    """Text that PostgreSQL orders by code point."""
    kind = sa.String(length) if length else sa.Text()
    plain = sa.String(length, collation="C") if length else sa.Text(collation="C")
    return kind.with_variant(plain, "postgresql")


def column(name: str, kind: Any) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=True)


def fixed(name: str, kind: Any) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=False)


def upgrade() -> None:
    _file()
    op.create_table(
        "blob",
        fixed("org", sa.Integer()),
        fixed("sha256", sa.String(64)),
        fixed("size", sa.BigInteger()),
        fixed("mime", sa.String(100)),
        column("width", sa.Integer()),
        column("height", sa.Integer()),
        fixed("pictured", sa.Boolean()),
        fixed("placed", sa.Boolean()),
        fixed("made_at", types.UTCDateTime(timezone=True)),
        sa.ForeignKeyConstraint(["org"], ["organisation.id"], name=op.f("fk_blob_org")),
        sa.PrimaryKeyConstraint("org", "sha256", name=op.f("pk_blob")),
    )
    op.create_table(
        "upload",
        fixed("id", sa.String(36)),
        fixed("org", sa.Integer()),
        fixed("person", sa.String(36)),
        fixed("size", sa.BigInteger()),
        fixed("came", sa.BigInteger()),
        fixed("expires_at", types.UTCDateTime(timezone=True)),
        sa.ForeignKeyConstraint(["org"], ["organisation.id"], name=op.f("fk_upload_org")),
        sa.PrimaryKeyConstraint("id", "org", name=op.f("pk_upload")),
    )
    op.create_index(op.f("ix_upload_expires_at"), "upload", ["expires_at"])
    op.create_table(
        "piece",
        fixed("org", sa.Integer()),
        fixed("upload", sa.String(36)),
        fixed("start", sa.BigInteger()),
        fixed("name", sa.String(120)),
        sa.PrimaryKeyConstraint("org", "upload", "start", name=op.f("pk_piece")),
    )
    for name in PERSONAL:
        op.add_column("person", column(name, text(60)))


def _file() -> None:
    op.create_table(
        "file",
        column("name", text(500)),
        column("note", text()),
        column("taken_at", text(20)),
        column("mime", text(500)),
        column("of", text(500)),
        column("rec", text(36)),
        column("size", sa.BigInteger()),
        column("sha256", text(500)),
        column("thumb", text()),
        column("arrived_at", text(20)),
        column("stored", text(500)),
        column("stored_size", sa.BigInteger()),
        column("width", sa.BigInteger()),
        column("height", sa.BigInteger()),
        sa.Column("n", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True),
        fixed("id", sa.String(36)),
        fixed("org", sa.Integer()),
        fixed("ver", sa.BigInteger()),
        fixed("doc", sa.Text()),
        fixed("clk", sa.Text()),
        fixed("keys", sa.Text()),
        fixed("sort", text()),
        fixed("search", sa.Text()),
        column("owner", text(36)),
        column("team", text(36)),
        column("created_at", text(20)),
        column("created_by", text(36)),
        column("updated_at", text(20)),
        column("updated_by", text(36)),
        fixed("deleted", sa.Boolean()),
        sa.PrimaryKeyConstraint("n", name=op.f("pk_file")),
        sa.UniqueConstraint("org", "id", name="uq_file_org_id"),
    )
    op.create_index("ix_file_rec", "file", ["org", "rec"])
    op.create_index("ix_file_sha256", "file", ["org", "sha256"])
    op.create_index("ix_file_sort", "file", ["org", "deleted", "sort", "id"])
    op.create_index("ix_file_by_created_at", "file", ["org", "deleted", "created_at", "id"])
    trigrams.add(op.get_bind(), "file")


def downgrade() -> None:
    for name in reversed(PERSONAL):
        op.drop_column("person", name)
    trigrams.drop(op.get_bind(), "file")
    for table in ("piece", "upload", "blob", "file"):
        op.drop_table(table)
