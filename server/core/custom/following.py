"""What a change of definitions brings about: registries are read anew; what records are found by,
and what formulas come to, is made anew for all records by jobs."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, bindparam, delete, select, update

from ..clock import now_ms
from ..db import writing
from ..entity import Entity
from ..indexer import Indexer
from ..jobs import FAILED, Job, enqueue, job
from ..persisting import save
from ..reading import record
from ..reckoning import reckon
from ..sought import SEARCH
from ..versions import raise_version
from ..work import load_where
from .belated import number_later
from .portions import PORTION, under_lock
from .scoping import renew
from .tables import DEFINITIONS

if TYPE_CHECKING:
    from ..batch import Batch
    from ..work import Work

WALKS = (SEARCH, "reckon", "number")  # jobs over all records of a kind; they may be done twice
TELLING = {"sought", "deleted"}  # of a definition: what search text depends on


def follow(connection: Connection, batch: Batch) -> None:
    """At the end of a transaction of the door."""
    changed = [w for w in batch.works.values() if w.touched and w.entity.type in DEFINITIONS]
    if not changed:
        return
    org = batch.viewer.org
    renew(connection, org)
    fields = [work for work in changed if work.entity.type == "custom_field"]
    marks = [work for work in changed if work.entity.type == "field_mark"]
    for of in sorted({work.doc["of"] for work in (*fields, *marks) if _is_of_search(work)}):
        enqueue(connection, SEARCH, org=org, whose=org, of=of)
    for of in sorted({work.doc["of"] for work in fields if _is_reckoned(work)}):
        enqueue(connection, "reckon", org=org, whose=org, of=of)
    for work in fields:
        if _is_to_be_numbered(work):
            number_later(connection, org, work)


def _is_of_search(work: Work) -> bool:
    if work.entity.type == "field_mark":
        return True
    told = {name for name, _, _ in work.changes} & TELLING
    return bool(told) and ("sought" in told or bool(work.doc["sought"]))


def _is_reckoned(work: Work) -> bool:
    told = {name for name, _, _ in work.changes} & {"formula", "deleted"}
    return work.doc["kind"] == "formula" and (work.n is None or bool(told))


def _is_to_be_numbered(work: Work) -> bool:
    """An autonumber is there for the first time, or again: what has come before has none."""
    told = {name for name, _, _ in work.changes}
    there = work.doc["kind"] == "autonumber" and not work.doc["deleted"]
    return there and (work.n is None or "deleted" in told)


@job(SEARCH)
def index_search(whose: int, of: str) -> None:
    """Make the search text of all records of a kind anew."""
    _walk(whose, of, _portion)


@job("reckon")
def reckon_all(whose: int, of: str) -> None:
    """Reckon formulas anew for all records of a kind; phones hear of what comes out otherwise."""
    _walk(whose, of, _reckoned)


@job("walk-again")
def walk_again() -> None:
    """Begin anew what was given up: until search texts are made, searches of a kind that has
    become sensitive look at every record, and that must not stay so."""
    with writing() as connection:
        given_up = delete(Job).where(Job.status == FAILED, Job.kind.in_(WALKS))
        rows = connection.execute(given_up.returning(Job.kind, Job.org, Job.args))
        for kind, org, args in {(r.kind, r.org, tuple(sorted(r.args.items()))) for r in rows}:
            enqueue(connection, kind, org=org, **dict(args))


def _walk(org: int, of: str, portion: Callable[..., int | None]) -> None:
    last: int | None = 0
    while last is not None:
        with under_lock(org, of) as (connection, organisation, entity):
            last = portion(connection, organisation, entity, last) if entity else None


def _reckoned(connection: Connection, organisation: Any, entity: Entity, last: int) -> int | None:
    t = entity.table.c
    query = select(t.n).where(*entity.here(organisation.id), t.n > last).order_by(t.n)
    ns = list(connection.execute(query.limit(PORTION)).scalars())
    if not ns:
        return None
    found = list(load_where(connection, organisation.id, entity, t.n.between(ns[0], ns[-1])))
    ver = organisation.ver + 1
    reckon(found, [ver, now_ms(), "web:server"])
    if changed := [work for work in found if work.touched]:
        index = Indexer(organisation.lang, organisation.region)
        save(connection, organisation.id, ver, changed, index)
        raise_version(connection, organisation.id, ver)
    return ns[-1] if len(ns) == PORTION else None


def _portion(connection: Connection, organisation: Any, entity: Entity, last: int) -> int | None:
    """The last row that was looked at; None after the end."""
    t, index = entity.table.c, Indexer(organisation.lang, organisation.region)
    query = select(t.n, t.id, t.ver, t.doc, t.search).where(*entity.here(organisation.id))
    rows = connection.execute(query.where(t.n > last).order_by(t.n).limit(PORTION)).all()
    changed = [
        {"at": n, "new": text} for n, id_, ver, doc, search in rows
        if (text := index.search(entity, record(entity, id_, ver, doc))) != search
    ]  # fmt: skip
    if changed:
        put = update(entity.table).where(t.n == bindparam("at"))
        connection.execute(put.values(search=bindparam("new")), changed)
    return rows[-1].n if len(rows) == PORTION else None
