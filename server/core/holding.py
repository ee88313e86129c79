"""Files that people want on their phones: those opened lately, up to a number, and those kept.

A holding never opens anything: its keys hold a file for a person only as long as that person may
see the file by a key of another kind, see scope.py.
"""

from __future__ import annotations

from sqlalchemy import Connection, select

from .batch import Batch
from .entity import Entity
from .work import Work, load


def holding_id(person: str, file: str) -> str:
    """The id of a person's holding of a file, the same wherever it is made: both ids, XORed, as a
    UUID of version 8. Equal to pwa/views/holding.js."""
    both = int(person.replace("-", ""), 16) ^ int(file.replace("-", ""), 16)
    both = both & ~(0xF << 76) | 8 << 76
    both = both & ~(0x3 << 62) | 2 << 62
    hexes = f"{both:032x}"
    return "-".join((hexes[:8], hexes[8:12], hexes[12:16], hexes[16:20], hexes[20:]))


def trim(connection: Connection, batch: Batch) -> None:
    """Of what people have opened, only the last count."""
    for entity in {work.entity.type: work.entity for work in batch.works.values()}.values():
        if entity.holds:
            name = entity.holds.opened
            opened = (w for w in batch.works.values() if w.entity is entity and w.touched)
            for owner in {w.doc["owner"] for w in opened if w.doc[name]}:
                _trim(connection, batch, entity, owner)


def _trim(connection: Connection, batch: Batch, entity: Entity, owner: str) -> None:
    assert entity.holds
    name, c = entity.holds.opened, entity.table.c
    query = select(c.id, c[name]).where(c.org == batch.viewer.org, c.owner == owner)
    rows = connection.execute(query.where(c[name].is_not(None)))
    at = {row.id: row[1] for row in rows}
    ours = {w.id: w for w in batch.works.values() if w.entity is entity and w.doc["owner"] == owner}
    at |= {id_: work.doc[name] for id_, work in ours.items()}
    latest = sorted((id_ for id_ in at if at[id_]), key=lambda id_: (at[id_], id_), reverse=True)
    old = latest[entity.holds.most :]
    for work in _working(connection, batch, entity, old):
        work.at = work.at or batch.now
        work.put(name, None, [batch.ver, batch.now, "web:server"])


def _working(connection: Connection, batch: Batch, entity: Entity, ids: list[str]) -> list[Work]:
    missing = [id_ for id_ in ids if id_ not in batch.works]
    batch.works.update(load(connection, batch.viewer.org, entity, missing))
    return [batch.works[id_] for id_ in ids]
