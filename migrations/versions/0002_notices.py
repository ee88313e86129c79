"""Notices, browsers that are told of them, reminders of tasks, quiet hours

Revision: 0002
Follows: 0001
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from server.core import db as types

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def text(size: int) -> sa.types.TypeEngine:
    return sa.String(size).with_variant(sa.String(size, collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "notice",
        sa.Column("owner", text(36), nullable=True),
        sa.Column("team", text(36), nullable=True),
        sa.Column("kind", text(60), nullable=True),
        sa.Column("of", text(500), nullable=True),
        sa.Column("rec", text(36), nullable=True),
        sa.Column("by", text(36), nullable=True),
        sa.Column("at", text(20), nullable=True),
        sa.Column("read", sa.Boolean(), nullable=True),
        sa.Column(
            "n",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("org", sa.Integer(), nullable=False),
        sa.Column("ver", sa.BigInteger(), nullable=False),
        sa.Column("doc", sa.Text(), nullable=False),
        sa.Column("clk", sa.Text(), nullable=False),
        sa.Column("keys", sa.Text(), nullable=False),
        sa.Column(
            "sort",
            sa.Text().with_variant(sa.Text(collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("search", sa.Text(), nullable=False),
        sa.Column("created_at", text(20), nullable=True),
        sa.Column("created_by", text(36), nullable=True),
        sa.Column("updated_at", text(20), nullable=True),
        sa.Column("updated_by", text(36), nullable=True),
        sa.Column("deleted", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("n", name=op.f("pk_notice")),
        sa.UniqueConstraint("org", "id", name="uq_notice_org_id"),
    )
    op.create_index("ix_notice_sort", "notice", ["org", "deleted", "sort", "id"])
    op.create_index("ix_notice_unread", "notice", ["org", "owner", "read"])
    op.create_table(
        "subscription",
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("org", sa.Integer(), nullable=False),
        sa.Column("person", sa.String(36), nullable=False),
        sa.Column("session", sa.String(64), nullable=False),
        sa.Column("endpoint", sa.Text(), nullable=False),
        sa.Column("p256dh", sa.String(100), nullable=False),
        sa.Column("auth", sa.String(40), nullable=False),
        sa.Column("created_at", types.UTCDateTime(timezone=True), nullable=False),
        sa.Column("last_ok", types.UTCDateTime(timezone=True), nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subscription")),
    )
    op.create_index(op.f("ix_subscription_person"), "subscription", ["person"])
    op.create_index(op.f("ix_subscription_session"), "subscription", ["session"])
    op.create_table(
        "unsent",
        sa.Column("notice", sa.String(36), nullable=False),
        sa.Column("person", sa.String(36), nullable=False),
        sa.PrimaryKeyConstraint("notice", name=op.f("pk_unsent")),
    )
    op.create_index(op.f("ix_unsent_person"), "unsent", ["person"])
    op.add_column("person", sa.Column("quiet_from", text(60), nullable=True))
    op.add_column("person", sa.Column("quiet_to", text(60), nullable=True))
    op.add_column("person", sa.Column("names_in_notices", sa.Boolean(), nullable=True))
    op.add_column("task", sa.Column("remind_at", text(20), nullable=True))


def downgrade() -> None:
    op.drop_column("task", "remind_at")
    for name in ("names_in_notices", "quiet_to", "quiet_from"):
        op.drop_column("person", name)
    op.drop_table("unsent")
    op.drop_table("subscription")
    op.drop_table("notice")
