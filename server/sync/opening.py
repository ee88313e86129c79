"""Files that a person opens and does not hold: from then on the phone holds them, for a while."""

from __future__ import annotations

from collections.abc import Iterable

from uuid_utils.compat import uuid7

from server.core.clock import instant, now_ms
from server.core.db import reading
from server.core.door import Author, write
from server.core.entity import Entity
from server.core.holding import holding_id
from server.core.kinds import UUID
from server.core.permissions import Viewer
from server.core.reading import Reader
from server.core.registry import registry
from server.core.work import load

COALESCED = 3_600_000  # ms within which opening a file again is not worth a write


def note_opened(viewer: Viewer, device: str, files: Iterable[str]) -> None:
    """Hold what a person has opened just now. What is not theirs to see is passed over."""
    wanted = list(dict.fromkeys(one for one in files if UUID.fullmatch(one)))
    ops = [op for entity in registry.entities.values() for op in _openings(entity, viewer, wanted)]
    if ops:
        write(Author(viewer, device), ops)


def _openings(entity: Entity, viewer: Viewer, files: list[str]) -> list[dict[str, object]]:
    if not entity.holds or not files:
        return []
    holds, now = entity.holds, now_ms()
    target = registry[entity.fields[holds.file].target or ""]
    with reading() as connection:
        seen = Reader(connection, viewer, "en").many(target, files)
        ids = {holding_id(viewer.id, one): one for one in files if one in seen}
        known = load(connection, viewer.org, entity, ids)
    since = instant(now - COALESCED)
    return [
        {"id": str(uuid7()), "k": "new", "type": entity.type, "rec": id_, "base": 0, "t": now,
         "v": {holds.file: file, holds.opened: instant(now)}}
        for id_, file in ids.items()
        if id_ not in known or (known[id_].doc[holds.opened] or "") < since
    ]  # fmt: skip
