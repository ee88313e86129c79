"""Devices: where people are signed in

Revision: 0003
Follows: 0002
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from server.core import db as types

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "device",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("org", sa.Integer(), nullable=False),
        sa.Column("person", sa.String(length=36), nullable=False),
        sa.Column("device", sa.String(length=64), nullable=True),
        sa.Column("session", sa.String(length=64), nullable=True),
        sa.Column("token", sa.String(length=64), nullable=True),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("version", sa.String(length=40), nullable=False, server_default=""),
        sa.Column("state", sa.String(length=10), nullable=False, server_default="active"),
        sa.Column("state_at", types.UTCDateTime(timezone=True), nullable=False),
        sa.Column("first_seen", types.UTCDateTime(timezone=True), nullable=False),
        sa.Column("last_sync", types.UTCDateTime(timezone=True), nullable=True),
        sa.Column("pending", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("failed", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("held", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("ticket", sa.String(length=24), nullable=True),
        sa.Column("ticket_before", sa.String(length=24), nullable=True),
        sa.Column("ticket_op", sa.String(length=64), nullable=True),
        sa.ForeignKeyConstraint(
            ["org"], ["organisation.id"], name=op.f("fk_device_org_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_device")),
        sa.UniqueConstraint("org", "person", "device", name=op.f("uq_device_org_person_device")),
    )
    with op.batch_alter_table("device") as table:
        table.create_index(op.f("ix_device_device"), ["device"])
        table.create_index(op.f("ix_device_session"), ["session"])
        table.create_index(op.f("ix_device_token"), ["token"])


def downgrade() -> None:
    op.drop_table("device")
