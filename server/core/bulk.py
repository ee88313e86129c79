"""The door's wide wing: many new records at once, from the server itself (demo, import).

Values are trusted to be valid, and parents come before their children. Everything else is as
through `door.write`: keys, numbers, sort keys, search text, feed and version.
"""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, Table, select

from . import indexing
from .clock import instant, now_ms
from .ledger import Organisation
from .many import Row, insert_many
from .nearness import span_of
from .persisting import FEED, Indexer, feed_rows, record_row, take_numbers
from .registry import registry
from .scope import file_keys, record_keys, shared_with
from .versions import raise_version
from .work import Work

PORTION = 5_000  # rows of one INSERT
ORGANISATIONS: Any = Organisation.__table__


def bulk(connection: Connection, org: int, rows: Iterable[tuple[str, Row]], by: str | None) -> int:
    """Insert `(type, {"id": …, field: value})` rows in one version; returns how many."""
    query = select(ORGANISATIONS).where(ORGANISATIONS.c.id == org).with_for_update()
    organisation = connection.execute(query).one()
    loading = Loading(connection, organisation, by)
    index = Indexer(organisation.lang, organisation.region)
    with _undisturbed():
        works = [loading.work(kind, values) for kind, values in rows]
        loading.number(works)
        for work in works:
            loading.rekey(work)
        with indexing.at_the_end(connection, {work.entity.table for work in works}):
            loading.insert(works, index)
    raise_version(connection, org, loading.ver)
    if len(works) > PORTION and connection.dialect.name == "postgresql":
        # A planner that doesn't know what has come would walk through all of it.
        connection.exec_driver_sql("ANALYZE")
    return len(works)


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Nothing of what is made here is garbage: a collector would look at all of it many times."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


class Loading:
    """One mass insertion."""

    def __init__(self, connection: Connection, organisation: Any, by: str | None) -> None:
        self.connection, self.org, self.by = connection, organisation.id, by
        self.ver, self.now = organisation.ver + 1, now_ms()
        self.span = span_of(organisation.zone, self.now)
        self.at = instant(self.now)
        self.clock = {"*": [self.ver, self.now, "web:server"]}
        self.shared: dict[str, set[str]] = {}
        self.keys: dict[str, list[str]] = {}
        self.blanks: dict[str, Row] = {}

    def work(self, kind: str, values: Row) -> Work:
        entity = registry[kind]
        if kind not in self.blanks:
            stamps = {"created_at": self.at, "created_by": self.by}
            self.blanks[kind] = entity.blank() | entity.usual() | stamps
        doc = self.blanks[kind] | values
        id_ = doc.pop("id")
        doc["updated_at"] = doc["updated_at"] or doc["created_at"]
        doc["updated_by"] = doc["updated_by"] or doc["created_by"]
        work = Work(entity, id_, doc, self.clock, [], touched=True)
        key = shared_with(entity, doc, self.span)
        if key and work.parent:
            self.shared.setdefault(work.parent, set()).add(key)
        return work

    def number(self, works: list[Work]) -> None:
        """Give autonumbers, in the order of arrival."""
        for entity in {w.entity.type: w.entity for w in works if w.entity.number}.values():
            waiting = [w for w in works if w.entity is entity]
            name = next(f.name for f in entity.fields.values() if f.kind == "autonumber")
            numbers = take_numbers(self.connection, self.org, entity.type, len(waiting))
            for work, number in zip(waiting, numbers, strict=True):
                work.doc[name] = (entity.number or "{}").format(number)

    def rekey(self, work: Work) -> None:
        if work.entity.parent or work.entity.attached:
            above = self.keys.get(work.above or "", ())
            work.new_keys = record_keys(work.entity, work.doc, above)
        else:
            work.new_keys = file_keys(work.entity, work.doc, self.shared.get(work.id, ()))
        self.keys[work.id] = work.new_keys

    def insert(self, works: list[Work], index: Indexer) -> None:
        feed: list[Row] = []
        for start in range(0, len(works), PORTION):
            tables: dict[Table, list[Row]] = {}
            for work in works[start : start + PORTION]:
                row = record_row(self.org, self.ver, work, index)
                tables.setdefault(work.entity.table, []).append(row)
                feed += feed_rows(self.org, self.ver, work, work.new_keys or [])
            for table, rows in tables.items():
                insert_many(self.connection, table, rows)
        # In the order of the primary key: a B-tree grows fastest at its edge.
        feed.sort(key=itemgetter("key", "type", "rec"))
        for start in range(0, len(feed), PORTION):
            insert_many(self.connection, FEED, feed[start : start + PORTION])
