"""Numbers for records that are older than their autonumber, in the order in which they were made;
those that are made meanwhile take theirs at the door, out of the same counter."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from sqlalchemy import Connection, and_, or_, select

from ..clock import now_ms
from ..entity import Entity
from ..indexer import Indexer
from ..jobs import enqueue, job
from ..numbering import day_of, take
from ..persisting import save
from ..versions import raise_version
from ..work import Work, load
from .portions import PORTION, under_lock

Place = tuple[str, str]  # when a record was made, and its id


def number_later(connection: Connection, org: int, definition: Work) -> None:
    of, key = definition.doc["of"], definition.doc["key"]
    enqueue(connection, "number", org=org, whose=org, of=of, field=key)


@job("number")
def number_all(whose: int, of: str, field: str) -> None:
    last: Place | None = ("", "")
    while last is not None:
        with under_lock(whose, of) as (connection, organisation, entity):
            if entity is None or field not in entity.fields:
                return
            last = _portion(connection, organisation, entity, field, last)


def _portion(
    connection: Connection, organisation: Any, entity: Entity, name: str, last: Place
) -> Place | None:
    """The last record that was looked at; None after the end."""
    c = entity.table.c
    beyond = or_(c.created_at > last[0], and_(c.created_at == last[0], c.id > last[1]))
    query = select(c.created_at, c.id).where(*entity.here(organisation.id), beyond)
    found = connection.execute(query.order_by(c.created_at, c.id).limit(PORTION)).all()
    loaded = load(connection, organisation.id, entity, [row.id for row in found])
    works = [loaded[row.id] for row in found]
    _give(connection, organisation, name, [work for work in works if not work.doc[name]])
    return (found[-1].created_at, found[-1].id) if len(found) == PORTION else None


def _give(connection: Connection, organisation: Any, name: str, works: list[Work]) -> None:
    """By the day on which each was made, as its number may tell it."""
    if not works:
        return
    ver = organisation.ver + 1
    clock = [ver, now_ms(), "web:server"]
    for day, made in groupby(works, lambda w: day_of(w.doc["created_at"], organisation.zone)):
        some = list(made)
        given = take(connection, organisation.id, some[0].entity, name, day, len(some))
        for work, number in zip(some, given, strict=True):
            work.put(name, number, clock)
    index = Indexer(organisation.lang, organisation.region)
    save(connection, organisation.id, ver, works, index)
    raise_version(connection, organisation.id, ver)
