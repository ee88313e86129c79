"""Roles are records, and a person may have several

Revision: 0011
Follows: 0018
"""

from __future__ import annotations

import json
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0018"
branch_labels = None
depends_on = None

PLAIN = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
LEVELS = {
    "admin": ("Administrator", "all", "all", "all", "all", "all", "team"),
    "manager": ("Manager", "branch", "all", "branch", "branch", "branch", "team"),
    "seller": ("Seller", "team", "all", "team", "own", "own", "team"),
    "technician": ("Technician", "team", "all", "team", "own", "none", "own"),
    "office": ("Office", "all", "all", "all", "own", "all", "team"),
}
ACTIONS = ("see", "create", "change", "delete", "export")
IDS = {key: f"6b657368-6572-8000-8000-00000000000{n}" for n, key in enumerate(LEVELS, 1)}


def _line(size: int) -> Any:
    return sa.String(length=size).with_variant(
        sa.String(length=size, collation="C"), "postgresql"
    )


def upgrade() -> None:
    op.create_table(
        "role",
        sa.Column("name", _line(500), nullable=True),
        sa.Column("about", _line(500), nullable=True),
        sa.Column("key", _line(500), nullable=True),
        sa.Column("holds", _line(60), nullable=True),
        sa.Column("rights", PLAIN, nullable=True),
        sa.Column(
            "n",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("org", sa.Integer(), nullable=False),
        sa.Column("ver", sa.BigInteger(), nullable=False),
        sa.Column("doc", sa.Text(), nullable=False),
        sa.Column("clk", sa.Text(), nullable=False),
        sa.Column("keys", sa.Text(), nullable=False),
        sa.Column("sort", PLAIN, nullable=False),
        sa.Column("search", sa.Text(), nullable=False),
        sa.Column("owner", _line(36), nullable=True),
        sa.Column("team", _line(36), nullable=True),
        sa.Column("created_at", _line(20), nullable=True),
        sa.Column("created_by", _line(36), nullable=True),
        sa.Column("updated_at", _line(20), nullable=True),
        sa.Column("updated_by", _line(36), nullable=True),
        sa.Column("deleted", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("n", name=op.f("pk_role")),
        sa.UniqueConstraint("org", "id", name="uq_role_org_id"),
    )
    op.create_index("ix_role_sort", "role", ["org", "deleted", "sort", "id"], unique=False)
    op.add_column("person", sa.Column("roles", PLAIN, nullable=True))
    connection = op.get_bind()
    for org, ver, at in connection.execute(sa.text(ORGANISATIONS)).all():
        _seed(connection, org, ver + 1, at or "2026-01-01T00:00:00Z")
    _move(connection, "role", lambda role: [IDS[role]] if role in IDS else [], "roles")
    op.drop_column("person", "role")
    _tokens_and_ledger()
    op.execute("DELETE FROM keyset")  # of before: whoever named one begins anew


def _tokens_and_ledger() -> None:
    """What a token may be used for, links to choose a password, and how operations came."""
    stamp = sa.DateTime(timezone=True)
    op.add_column("token", sa.Column("name", sa.String(100), server_default="", nullable=False))
    reads_only = sa.Column("reads_only", sa.Boolean(), server_default=sa.false(), nullable=False)
    op.add_column("token", reads_only)
    op.add_column("token", sa.Column("kinds", sa.Text(), server_default="", nullable=False))
    op.add_column("token", sa.Column("expires_at", stamp, nullable=True))
    op.add_column("op", sa.Column("road", sa.String(10), server_default="", nullable=False))
    op.add_column("op", sa.Column("via", sa.String(100), server_default="", nullable=False))
    op.create_index("ix_op_at", "op", ["org", "at", "id"], unique=False)
    op.create_table(
        "invitation",
        sa.Column("hash", sa.String(64), nullable=False),
        sa.Column("org", sa.Integer(), nullable=False),
        sa.Column("person", sa.String(36), nullable=False),
        sa.Column("expires_at", stamp, nullable=False),
        sa.ForeignKeyConstraint(
            ["org"], ["organisation.id"], name=op.f("fk_invitation_org_organisation")
        ),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_invitation")),
    )
    op.create_index(op.f("ix_invitation_person"), "invitation", ["person"], unique=False)
    op.create_table(
        "deed",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("org", sa.Integer(), nullable=False),
        sa.Column("person", sa.String(36), nullable=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("what", sa.String(40), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("via", sa.String(100), nullable=False),
        sa.Column("address", sa.String(64), nullable=False),
        sa.ForeignKeyConstraint(
            ["org"], ["organisation.id"], name=op.f("fk_deed_org_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deed")),
    )
    op.create_index("ix_deed_at", "deed", ["org", "at", "id"], unique=False)


def downgrade() -> None:
    op.drop_table("deed")
    op.drop_table("invitation")
    op.drop_index("ix_op_at", table_name="op")
    for name in ("road", "via"):
        op.drop_column("op", name)
    for name in ("name", "reads_only", "kinds", "expires_at"):
        op.drop_column("token", name)
    op.add_column("person", sa.Column("role", _line(60), nullable=True))
    keys = {id_: key for key, id_ in IDS.items()}
    first = lambda ids: next((keys[i] for i in ids if i in keys), None)  # noqa: E731
    _move(op.get_bind(), "roles", first, "role")
    op.drop_column("person", "roles")
    op.execute("DELETE FROM feed WHERE type = 'role'")
    op.drop_index("ix_role_sort", table_name="role")
    op.drop_table("role")


ORGANISATIONS = (
    "SELECT id, ver, (SELECT min(created_at) FROM person WHERE person.org = organisation.id)"
    " FROM organisation"
)
ROLE = (
    "INSERT INTO role (id, org, ver, doc, clk, keys, sort, search, name, key, holds, rights,"
    " created_at, updated_at, deleted) VALUES (:id, :org, :ver, :doc, :clk, :keys, :sort, '',"
    " :name, :key, :holds, :rights, :at, :at, :deleted)"
)
FEED = (
    "INSERT INTO feed (org, key, type, rec, ver, gone) VALUES (:org, 'all', 'role', :id, :ver, 0)"
)


def _seed(connection: sa.Connection, org: int, ver: int, at: str) -> None:
    """The roles that every organisation begins with."""
    for key, (name, *levels, holds) in LEVELS.items():
        rights = {"*": dict(zip(ACTIONS, levels, strict=True))}
        doc = {"name": name, "about": None, "key": key, "holds": holds, "rights": rights,
               "owner": None, "team": None, "created_at": at, "created_by": None,
               "updated_at": at, "updated_by": None, "deleted": False}  # fmt: skip
        row = {"id": IDS[key], "org": org, "ver": ver, "doc": json.dumps(doc), "at": at,
               "clk": json.dumps({"*": [ver, 0, "web:server"]}), "keys": '["all"]',
               "sort": name.lower(), "name": name, "key": key, "holds": holds,
               "rights": json.dumps(rights), "deleted": False}  # fmt: skip
        connection.execute(sa.text(ROLE), row)
        connection.execute(sa.text(FEED), {"org": org, "id": IDS[key], "ver": ver})
    asked = {"org": org, "ver": ver}
    connection.execute(sa.text("UPDATE organisation SET ver = :ver WHERE id = :org"), asked)


def _move(connection: sa.Connection, was: str, value: Any, now: str) -> None:
    """The field of every person's record, under its other name."""
    for n, text in connection.execute(sa.text("SELECT n, doc FROM person")).all():
        doc = json.loads(text)
        doc[now] = value(doc.pop(was, None) or ([] if was == "roles" else None))
        column = json.dumps(doc[now]) if now == "roles" else doc[now]
        row = {"n": n, "doc": json.dumps(doc, ensure_ascii=False), "value": column}
        update = f"UPDATE person SET doc = :doc, {now} = :value WHERE n = :n"  # noqa: S608 (ours)
        connection.execute(sa.text(update), row)
