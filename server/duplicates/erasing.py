"""Pairs that erased records were one of."""

from __future__ import annotations

from sqlalchemy import Connection, delete, or_

from server.core.work import Work, chunks

from .tables import TWIN


def erase_pairs(connection: Connection, org: int, works: list[Work]) -> None:
    """An eraser."""
    c = TWIN.c
    for some in chunks(work.id for work in works):
        mine = or_(c.a.in_(some), c.b.in_(some))
        connection.execute(delete(TWIN).where(c.org == org, mine))
