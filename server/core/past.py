"""What the ledger knows of a record's past: needed only where writes really met."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from sqlalchemy import Connection, select

from .ledger import Op
from .work import Work


class Entry(NamedTuple):
    """An accepted operation of the past: the values by field before it, and what was sent."""

    ver: int
    person: str | None
    device: str
    before: dict[str, Any]
    body: dict[str, Any]


@dataclass
class Past:
    """Reads the ledger once per record, and only when asked; `told` are the operations of this
    transaction, which the ledger does not have yet."""

    connection: Connection
    org: int
    seen: dict[str, list[Entry]] = field(default_factory=dict)
    told: dict[str, list[Entry]] = field(default_factory=dict)

    def tell(self, rec: str, entry: Entry) -> None:
        self.told.setdefault(rec, []).append(entry)

    def entries(self, rec: str) -> list[Entry]:
        if rec not in self.seen:
            self.seen[rec] = self._read(rec)
        return self.seen[rec] + self.told.get(rec, [])

    def _read(self, rec: str) -> list[Entry]:
        table = Op.__table__.c
        query = (
            select(table.ver, table.person, table.device, table.before, table.body)
            .where(table.org == self.org, table.rec == rec, table.status != "rejected")
            .order_by(table.ver, table.n)
        )
        return [
            Entry(ver, person, device, json.loads(before or "{}"), json.loads(body))
            for ver, person, device, before, body in self.connection.execute(query)
        ]

    def value_at(self, work: Work, name: str, base: int) -> Any:
        """The field's value as of a version."""
        for entry in self.entries(work.id):
            if entry.ver > base and name in entry.before:
                return entry.before[name]
        return work.doc[name]

    def started_from(self, work: Work, name: str, base: int, device: str) -> Any:
        """The text a device edited: what it sent last since `base`, else the value at `base`."""
        for entry in reversed(self.entries(work.id)):
            sent = entry.body.get("f") == name and entry.body.get("k") == "set"
            if entry.ver > base and entry.device == device and sent:
                return entry.body.get("v")
        return self.value_at(work, name, base)

    def last_writer(self, work: Work, name: str) -> str | None:
        """The person who wrote the field's present value."""
        for entry in reversed(self.entries(work.id)):
            if name in entry.before:
                return entry.person
        return work.doc["created_by"]
