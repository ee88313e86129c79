"""One portion of a change of many records: each through the door by itself, so that what one may
not change is refused alone; and the ids of all that match."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path
from typing import Any

from sqlalchemy import Connection
from uuid_utils.compat import uuid7

from server.core.clock import now_ms
from server.core.permissions import Viewer
from server.core.reading import Asked, Reader, Row
from server.core.registry import registry
from server.web import deeds
from server.web.views.manifest import Json, entity

from .plan import Plan
from .portion import CHANGED, REFUSED, SAME, Outcome, Portion
from .preparing import Line
from .referring import chunks

PORTION = 1_000  # records in memory at once
PLAN: dict[str, Any] = {"targets": ["id"], "keys": ["id"], "mode": "update"}


class Sweep(Portion):
    """`me` is whose it is, as forms are read."""

    def __init__(
        self, connection: Connection, viewer: Viewer, plan: Plan, deed: Json, me: Json, device: str
    ) -> None:
        super().__init__(connection, viewer, plan, {}, {}, device)
        self.deed, self.me = deed, me
        self.owner: Any = entity(plan.entity.type)

    def prepare(self, lines: list[Line]) -> list[Outcome]:
        found: dict[str, Row] = {}
        for some in chunks(line.marks.get("id", "") for line in lines):
            found |= self.reader.many(self.entity, some)
        return [self._each(line, found.get(line.marks.get("id", ""))) for line in lines]

    def _each(self, line: Line, record: Row | None) -> Outcome:
        if record is None or record["deleted"]:
            why = "gone" if record else "no_match"
            return Outcome(line, REFUSED, line.marks.get("id"), faults=[(None, why)])
        ops = deeds.operations(
            self.owner, self.deed, record, self.me, lambda: str(uuid7()), now_ms()
        )
        if not ops:
            return Outcome(line, SAME, record["id"])
        self.ops += [op | {"g": f"row {line.n}"} for op in ops]
        changes = deeds.changes(self.deed, record)
        return Outcome(line, CHANGED, record["id"], changes=changes)


def ids_of(connection: Connection, viewer: Viewer, row: Any, path: Path) -> int:
    """Write the ids of all that match; how many they are."""
    kind, said = registry[row.type], row.options["asked"]
    reader = Reader(connection, viewer, row.options["lang"])
    asked: Asked | None = Asked(**said, limit=PORTION)
    total = 0
    with path.open("w", encoding="ascii", newline="") as file:
        writer = csv.writer(file)
        while asked is not None:
            rows, after = reader.page(kind, asked, held=row.options["held"])
            writer.writerows([one["id"]] for one in rows)
            total += len(rows)
            asked = replace(asked, after=after) if after else None
    return total
