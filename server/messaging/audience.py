"""The people of an organisation as somebody who writes to them needs to know them."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import Connection, select

from server.core import permissions
from server.core.identity import PERSON
from server.core.permissions import Viewer
from server.core.registry import registry
from server.core.viewing import viewer_of
from server.core.work import Work


class Audience:
    """Looks people up within one transaction, each once."""

    def __init__(self, connection: Connection, org: int) -> None:
        self.connection, self.org = connection, org
        self.viewers: dict[str, Viewer | None] = {}

    def viewer(self, person: str) -> Viewer | None:
        """None for somebody who is not here, or no longer."""
        if person not in self.viewers:
            doc = self._doc(person)
            here = doc is not None and doc["active"] is not False
            self.viewers[person] = (
                viewer_of(self.connection, self.org, person, doc) if here and doc else None
            )
        return self.viewers[person]

    def sees(self, person: str, work: Work) -> bool:
        """May they see the record as this transaction leaves it?"""
        viewer = self.viewer(person)
        if viewer is None:
            return False
        kind, of = work.entity.type, work.doc.get("of")
        return permissions.is_open(viewer, kind, "see", of, work.keys_after)

    def _doc(self, person: str) -> dict[str, Any] | None:
        query = select(PERSON.c.doc).where(PERSON.c.org == self.org, PERSON.c.id == person)
        found = self.connection.execute(query).scalar()
        return registry["person"].blank() | json.loads(found) if found else None
