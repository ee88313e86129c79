"""What no right allows: an organisation always has an administrator who can sign in, and the roles
that it began with."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, select

from .batch import Batch
from .errors import Refused
from .people import Login, Person
from .rights import ADMIN
from .roles import IDS
from .work import Work

LETS_IN = {"roles", "active", "deleted"}
PERSON: Any = Person.__table__
LOGIN: Any = Login.__table__


def guard(connection: Connection, batch: Batch, work: Work | None) -> None:
    """Raises Refused if an operation has gone too far with this record."""
    if work is None or batch.trusted:
        return
    changed = {name for name, _, _ in work.changes}
    if work.entity.type == "role" and work.doc["key"]:
        _built_in(work, changed)
    if work.entity.type == "person" and changed & LETS_IN and not _manages(work):
        _last(connection, batch, work)


def _built_in(role: Work, changed: set[str]) -> None:
    if role.doc["deleted"]:
        raise Refused("forbidden", "deleted")
    if role.doc["key"] == ADMIN and "rights" in changed:
        raise Refused("forbidden", "rights")


def _manages(person: Work) -> bool:
    doc = person.doc
    return IDS[ADMIN] in doc["roles"] and doc["active"] is not False and not doc["deleted"]


def _last(connection: Connection, batch: Batch, work: Work) -> None:
    c = PERSON.c
    query = (
        select(c.id)
        .join(LOGIN, (LOGIN.c.person == c.id) & LOGIN.c.disabled.is_(False))
        .where(c.org == batch.viewer.org, c.roles.contains(IDS[ADMIN]))
        .where(c.active.is_not(False), c.deleted.is_(False))
    )
    stored = set(connection.execute(query).scalars())
    here = {w.id: w for w in batch.works.values() if w.entity is work.entity}
    left = (stored - here.keys()) | {i for i in stored & here.keys() if _manages(here[i])}
    if not left:
        raise Refused("last_admin", next(n for n, _, _ in work.changes if n in LETS_IN))
