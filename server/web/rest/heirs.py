"""Which record programs are sent on to: the one that theirs was merged into."""

from __future__ import annotations

from server.core.db import reading
from server.core.entity import Entity
from server.core.kinds import UUID
from server.core.reading import Reader
from server.core.registry import registry

from .base import lang, signed


def heir_of(entity: Entity, id_: str) -> str | None:
    """Its id, if whoever asks may see it."""
    if not entity.twins or not UUID.fullmatch(id_):
        return None
    merger = registry["merger"]
    c = merger.table.c
    with reading() as connection:
        reader = Reader(connection, signed().viewer, lang())
        row = reader.get(entity, id_)
        if row and not row["deleted"]:
            return None
        found = reader.related(merger, [c.loser == id_], [c.at.desc()], 1)
        winner = found[0]["rec"] if found else ""
        return winner if winner and reader.get(entity, winner) else None
