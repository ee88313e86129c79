"""A person who is told something: their language, their clock, and what they may see."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, and_, select

from server.core.calendars import calendar_of
from server.core.identity import ORGANISATION, PERSON
from server.core.permissions import Viewer
from server.core.reading import Reader
from server.core.registry import registry
from server.core.viewing import viewer_of


@dataclass(frozen=True)
class Recipient:
    id: str
    org: int
    doc: dict[str, Any]
    lang: str
    zone: str
    region: str

    @property
    def fmt(self) -> dict[str, Any]:
        """As filters want it."""
        return {"lang": self.lang, "zone": self.zone, "region": self.region,
                "calendar": calendar_of(self.doc | {"lang": self.lang})}  # fmt: skip

    def reader(self, connection: Connection) -> Reader:
        viewer: Viewer = viewer_of(connection, self.org, self.id, self.doc)
        return Reader(connection, viewer, self.lang)


def recipient(connection: Connection, person: str) -> Recipient | None:
    """None for somebody who is not here, or no longer."""
    o = ORGANISATION.c
    query = (
        select(PERSON.c.org, PERSON.c.doc, o.lang, o.zone, o.region)
        .join(ORGANISATION, o.id == PERSON.c.org)
        .where(and_(PERSON.c.id == person, PERSON.c.active.is_not(False)))
    )
    row = connection.execute(query).first()
    if row is None:
        return None
    doc = registry["person"].blank() | json.loads(row.doc)
    return Recipient(
        person, row.org, doc, doc["lang"] or row.lang, doc["zone"] or row.zone, row.region
    )
