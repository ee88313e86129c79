"""Roles as records: what administrators edit, and what becomes of it at every request."""

from __future__ import annotations

from typing import Any
from weakref import WeakKeyDictionary

import orjson
from sqlalchemy import Connection, Engine, select

from .entity import Entity, Record, field
from .i18n import _l, _lp
from .registry import registry
from .rights import BUILT_IN, OWN, Rights, rows_of
from .rights import Role as Given

HOLDS = (
    ("own", _l("What is their own")),
    ("team", _l("What is their team's")),
    ("branch", _l("What is their branch's")),
)
NAMES = {
    "admin": _l("Administrator"), "manager": _l("Manager"), "seller": _l("Seller"),
    "technician": _l("Technician"), "office": _l("Office"),
}  # fmt: skip
# The same in every organisation: records are told apart by organisation and id
IDS = {key: f"6b657368-6572-8000-8000-00000000000{n}" for n, key in enumerate(BUILT_IN, 1)}


class Role(Record):
    __tablename__ = "role"
    spec = Entity(
        "role", path="roles", label=_lp("rights", "Role"), plural=_l("Roles"), new=_l("New role"),
        icon="shield", title="name", system=True, reference=True,
    )  # fmt: skip
    name = field("text", _l("Name"), required=True)
    about = field("text", _l("What it is for"))
    key = field("text", _l("Key"), readonly=True, merge="latest", aside=True)  # of a built-in one
    holds = field("choice", _l("Phones hold"), choices=HOLDS, default=OWN, merge="office")
    rights = field("rights", _l("Rights"), merge="office")


registry.register(Role)
ROLE: Any = Role.__table__
KNOWN: WeakKeyDictionary[Engine, dict[int, tuple[str, dict[str, Given]]]] = WeakKeyDictionary()


def built_in() -> list[tuple[str, dict[str, Any]]]:
    """The rows of the roles that an organisation begins with, for `bulk`."""
    return [
        ("role", {"id": IDS[key], "key": key, "name": NAMES[key], "holds": holds,
                  "rights": rows_of(key)})
        for key, (_, holds) in BUILT_IN.items()
    ]  # fmt: skip


def rights_of(connection: Connection, org: int, stamp: str, ids: list[str]) -> Rights:
    """What these roles give together. `stamp` tells the state of the organisation's roles: each
    process keeps them, and all obey a change at once."""
    kept = KNOWN.setdefault(connection.engine, {})
    if org not in kept or kept[org][0] != stamp:
        kept[org] = (stamp, _all(connection, org))
    there = kept[org][1]
    return Rights(there[id_] for id_ in sorted(ids) if id_ in there)


def _all(connection: Connection, org: int) -> dict[str, Given]:
    query = select(ROLE.c.id, ROLE.c.doc).where(ROLE.c.org == org, ROLE.c.deleted.is_(False))
    docs = {id_: orjson.loads(doc) for id_, doc in connection.execute(query)}
    return {
        id_: Given(doc.get("key"), doc.get("holds"), doc.get("rights") or {})
        for id_, doc in docs.items()
    }
