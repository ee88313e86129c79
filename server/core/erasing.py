"""Erasing a person: what is known of them goes from every row that it stands in.

Not an operation of the door, which keeps what was there before; this keeps nothing. The records
stay as empty, deleted rows without scope keys: phones that hold them let go of them at their next
sync, no reference is left in the air, and what was written about them meanwhile is refused.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from sqlalchemy import Connection, delete, or_, select, update

from .clock import now_ms
from .custom.scoping import scoped
from .entity import Entity
from .field import Field
from .history import LOGS, Merger
from .indexer import Indexer
from .ledger import MERGING, Op, Organisation
from .persisting import save
from .registry import SYSTEM, registry
from .versions import raise_version
from .work import ERASED, Work, chunks, load, load_where

OPS: Any = Op.__table__
ORGANISATIONS: Any = Organisation.__table__
KEPT = ("k", "f", "key")  # of an operation: what was done, not with what
# Rooms that keep something else of a record. The copies are empty by then; what had stood there
# is in their `changes`, and nowhere else.
Eraser = Callable[[Connection, int, list[Work]], None]
erasers: list[Eraser] = []


def erase(connection: Connection, org: int, kind: str, id_: str) -> int:
    """Empty a record and all that hangs off it, in the caller's transaction; how many records
    there were. 0 where there is none of that kind."""
    here = select(ORGANISATIONS).where(ORGANISATIONS.c.id == org).with_for_update()
    organisation = connection.execute(here).one()
    with scoped(connection, org, organisation.shape):
        works = hanging(connection, org, registry[kind], id_)
        if not works:
            return 0
        ver = organisation.ver + 1
        clock = [ver, now_ms(), ERASED]
        for work in works.values():
            _empty(work, clock)
        logs = list(logs_of(connection, org, works))
        for log in logs:
            _forget_values(log, clock)
        indexer = Indexer(organisation.lang, organisation.region)
        save(connection, org, ver, [*works.values(), *logs], indexer)
        _empty_ledger(connection, org, [*works, *(log.id for log in logs)])
        _forget_mergers(connection, org, list(works))
        for eraser in erasers:
            eraser(connection, org, list(works.values()))
        raise_version(connection, org, ver)
    return len(works)


def hanging(connection: Connection, org: int, entity: Entity, id_: str) -> dict[str, Work]:
    """The record, those that were merged into it, and whatever names it, with what is attached to
    any of these."""
    found = load(connection, org, entity, [id_])
    mergers = load_where(connection, org, Merger.spec, Merger.spec.table.c.rec.in_(found))
    found |= load(connection, org, entity, [one.doc["loser"] for one in mergers])
    for other in _kept_by_people() if found else ():
        refs = (f for f in other.fields.values() if f.kind == "ref" and f.target == entity.type)
        naming = [field.name for field in refs]
        if naming and not other.attached:
            clause = or_(*(_names(other, name, id_) for name in naming))
            found |= {work.id: work for work in load_where(connection, org, other, clause)}
    for other in (one for one in _kept_by_people() if one.attached):
        for some in chunks(found):
            clause = other.table.c.rec.in_(some)
            found |= {work.id: work for work in load_where(connection, org, other, clause)}
    return found


def _names(entity: Entity, name: str, id_: str) -> Any:
    """A field of its own table, or an organisation's own field, which stands in the doc alone."""
    c = entity.table.c
    if name in entity.stored:
        return c[name] == id_
    return c.doc.contains(json.dumps({name: id_}, separators=(",", ":"))[1:-1], autoescape=True)


def _kept_by_people() -> Iterator[Entity]:
    return (one for one in registry.entities.values() if not one.system)


def _empty(work: Work, clock: list[Any]) -> None:
    for field in work.entity.fields.values():
        if not _is_frame(work.entity, field):
            work.put(field.name, work.entity.blank()[field.name], clock)
    work.put("deleted", True, clock)
    work.new_keys = []


def _is_frame(entity: Entity, field: Field) -> bool:
    """What says nothing of anybody, and holds the row in its place."""
    return field.name in SYSTEM or field.name in ("of", "rec", entity.parent)


def logs_of(connection: Connection, org: int, works: Iterable[str]) -> Iterator[Work]:
    """What was written down about records with these ids."""
    for entity in LOGS:
        for some in chunks(works):
            yield from load_where(connection, org, entity, entity.table.c.rec.in_(some))


def _forget_values(log: Work, clock: list[Any]) -> None:
    """That something was changed, by whom and when, stays."""
    for name in ("fields", "note", "kept", "lost", "before", "name"):
        if name in log.doc:
            log.put(name, [] if name == "fields" else None, clock)
    if log.doc.get("open"):
        log.put("open", False, clock)
    log.new_keys = []


def _empty_ledger(connection: Connection, org: int, ids: list[str]) -> None:
    c = OPS.c
    for some in chunks(ids):
        query = select(c.id, c.body).where(c.org == org, c.rec.in_(some))
        for row in connection.execute(query).all():
            body = json.loads(row.body)
            kept = {name: body[name] for name in KEPT if name in body}
            values = {"body": json.dumps(kept), "before": None}
            connection.execute(update(OPS).where(c.org == org, c.id == row.id).values(**values))


def _forget_mergers(connection: Connection, org: int, ids: list[str]) -> None:
    """What it would take to part them again."""
    c = MERGING.c
    for some in chunks(ids):
        mine = or_(c.winner.in_(some), c.loser.in_(some))
        connection.execute(delete(MERGING).where(c.org == org, mine))
