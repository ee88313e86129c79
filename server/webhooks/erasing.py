"""Messages that tell of erased records."""

from __future__ import annotations

from sqlalchemy import Connection, delete

from server.core.work import Work

from .tables import DELIVERY


def erase_messages(connection: Connection, org: int, works: list[Work]) -> None:
    """An eraser. What has left already is with whoever received it."""
    c = DELIVERY.c
    for work in works:
        named = c.body.contains(work.id, autoescape=True)
        connection.execute(delete(DELIVERY).where(c.org == org, named))
