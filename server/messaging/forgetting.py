"""Old notices leave inbox and phones, by the door as every change does."""

from __future__ import annotations

from sqlalchemy import select
from uuid_utils.compat import uuid7

from server.core import door
from server.core.clock import instant, now_ms
from server.core.db import reading
from server.core.jobs import job
from server.core.permissions import Viewer
from server.core.rights import SERVER

from .entities import NOTICE

KEEP = 60 * 86_400_000  # ms
MANY = 2_000  # in one turn


@job("old-notices")
def forget_old() -> None:
    c, now = NOTICE.c, now_ms()
    old = select(c.org, c.id, c.ver).where(c.at < instant(now - KEEP), c.deleted.is_(False))
    with reading() as connection:
        rows = connection.execute(old.order_by(c.at).limit(MANY)).all()
    for org in {row.org for row in rows}:
        ops = [
            {"id": str(uuid7()), "k": "del", "type": "notice", "rec": row.id, "base": row.ver,
             "t": now} for row in rows if row.org == org
        ]  # fmt: skip
        door.write(door.Author(Viewer("", org, SERVER), "web:server", trusted=True), ops)
