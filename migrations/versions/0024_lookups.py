"""Indexes for what filters ask for and for days of calendars: without them what few of very many
records have is looked for through all. And how a person has arranged the columns of lists, and
for which role a list opens with a view

Revision: 0024
Follows: 0023
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

ORDERS = {"account": "sort", "contact": "sort", "task": "due", "activity": "at", "consent": "at",
          "file": "created_at"}  # fmt: skip
LOOKED_UP = {
    "account": ("industry", "kind", "owner", "relation", "stage", "team"),
    "contact": ("birthday", "owner", "preferred_channel", "team"),
    "activity": ("kind", "outcome", "owner", "updated_at"),
    "consent": ("channel", "kind", "owner", "updated_at"),
    "file": ("owner", "taken_at", "team", "updated_at"),
    "task": ("kind", "owner", "priority", "remind_at", "team"),
}
DAYS = ("birthday", "remind_at", "taken_at", "updated_at")
OWN = ("org", "type", "deleted", "owner", "sort")


def upgrade() -> None:
    long = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
    op.add_column("person", sa.Column("columns", long, nullable=True))
    id_ = sa.String(36).with_variant(sa.String(36, collation="C"), "postgresql")
    op.add_column("saved_view", sa.Column("role", id_, nullable=True))
    for table, names in LOOKED_UP.items():
        for name in names:
            order = [] if name in DAYS else [ORDERS[table]]
            op.create_index(f"ix_{table}_of_{name}", table, ["org", "deleted", name, *order])
    op.create_index("ix_own_record_type_owner", "own_record", list(OWN))


def downgrade() -> None:
    op.drop_column("saved_view", "role")
    op.drop_column("person", "columns")
    op.drop_index("ix_own_record_type_owner", "own_record")
    for table, names in LOOKED_UP.items():
        for name in names:
            op.drop_index(f"ix_{table}_of_{name}", table)
