"""How many notices wait for a person, for the bell of every page."""

from __future__ import annotations

from sqlalchemy import func, select

from server.core.db import db
from server.core.identity import Signed
from server.core.registry import registry


def unread(signed: Signed) -> int:
    notice = registry.get("notice")
    if notice is None:
        return 0
    c = notice.table.c
    query = select(func.count()).where(
        c.org == signed.viewer.org, c.owner == signed.viewer.id, c.read.is_(False),
        c.deleted.is_(False),
    )  # fmt: skip
    with db.engine.connect() as connection:
        return int(connection.execute(query).scalar_one())
