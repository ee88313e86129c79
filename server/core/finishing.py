"""The end of a transaction of the door: numbers, the change log, and what references may name."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import Connection
from uuid_utils import uuid7

from . import permissions
from .batch import Batch
from .clock import instant
from .entity import Entity
from .history import Change
from .prepared import by_ids
from .registry import registry
from .work import Work

LONGEST_BEFORE = 500  # characters of a text that a change record repeats


def log_change(batch: Batch, work: Work) -> None:
    """One change record per record and transaction; it is what timelines are made of."""
    if work.what == "moved":  # to what its record was merged into: nobody did anything to it
        return
    at = instant(work.at or batch.now)
    work.doc |= {"updated_at": at, "updated_by": batch.viewer.id}
    fields = work.entity.fields
    changes = [change for change in work.changes if not fields[change[0]].aside]
    if work.entity.system or not (changes or work.note):
        return
    entity = Change.spec
    doc = entity.blank() | {
        "rec": work.id, "of": work.entity.type, "file": work.file, "what": work.what,
        "fields": [[n, _brief(a), _brief(b)] for n, a, b in changes],
        "note": work.note, "at": at, "owner": work.doc["owner"], "team": work.doc["team"],
        "created_at": instant(batch.now), "created_by": batch.viewer.id,
        "updated_at": instant(batch.now), "updated_by": batch.viewer.id,
    }  # fmt: skip
    clock = {"*": [batch.ver, work.at, batch.device]}
    record = Work(entity, str(uuid7()), doc, clock, list(work.keys), touched=True)
    batch.works[record.id] = batch.born[record.id] = record


def _brief(value: Any) -> Any:
    return value[:LONGEST_BEFORE] if isinstance(value, str) else value


class Known:
    """Is the record that a reference names there, and visible to who refers to it?"""

    def __init__(self, connection: Connection, batch: Batch) -> None:
        self.connection, self.batch = connection, batch
        self.seen: dict[tuple[str, str], bool] = {}

    def __call__(self, kind: str, id_: str) -> bool:
        work = self.batch.works.get(id_)
        if work is not None and work.entity.type == kind:
            return self.batch.may(work, "see")
        if (kind, id_) not in self.seen:
            self.seen[kind, id_] = self._look(registry[kind], id_)
        return self.seen[kind, id_]

    def _look(self, entity: Entity, id_: str) -> bool:
        asked = {"org": self.batch.viewer.org, "ids": [id_]}
        row = self.connection.execute(by_ids(entity, "keys", "of"), asked).first()
        if row is None or self.batch.trusted:
            return row is not None
        carried = json.loads(row.keys)
        return permissions.is_open(self.batch.viewer, entity.type, "see", row.of, carried)
