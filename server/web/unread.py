"""What waits for a person, asked once a page: notices for the bell, values to be settled."""

from __future__ import annotations

from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, func, literal, select

from server.core.history import Conflict
from server.core.identity import Signed
from server.core.registry import registry

CONFLICT: Any = Conflict.__table__.c


class Waiting(NamedTuple):
    """`disputed`: has anybody of the organisation values to settle? Nearly always nobody has: then
    they need not be looked for."""

    unread: int
    disputed: bool


def waiting(connection: Connection, signed: Signed) -> Waiting:
    org: Any = bindparam("org")
    notice = registry.get("notice")
    disputed = select(CONFLICT.n).where(CONFLICT.org == org, CONFLICT.open.is_(True)).limit(1)
    unread: Any = literal(0)
    if notice is not None:
        c = notice.table.c
        mine = c.org == org, c.owner == bindparam("person"), c.read.is_(False), c.deleted.is_(False)
        unread = select(func.count()).where(*mine).scalar_subquery()
    query = select(unread.label("unread"), disputed.scalar_subquery().label("disputed"))
    given = {"org": signed.viewer.org, "person": signed.viewer.id}
    row = connection.execute(query, given).one()
    return Waiting(row.unread, row.disputed is not None)
