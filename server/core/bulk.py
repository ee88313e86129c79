"""The door's wide wing: many new records at once, from the server itself (demo, import).

Values are trusted to be valid, and parents come before their children. Everything else is as
through `door.write`: keys, numbers, sort keys, search text, feed and version.
"""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import chain, islice
from operator import attrgetter, itemgetter
from typing import Any

from sqlalchemy import Connection, select

from . import indexing
from .aside import Aside, made_aside
from .clock import instant, now_ms
from .custom.scoping import renew, scoped
from .custom.tables import DEFINITIONS
from .gathering import Gathering, gathering
from .indexer import Indexer
from .ledger import Organisation
from .many import Packed, Row, insert_packed, insert_rows, packed
from .nearness import span_of
from .numbering import give
from .persisting import FEED, dumps, record_row, save_values
from .reckoning import reckon
from .registry import registry
from .scope import file_keys, record_keys, shared_with
from .versions import raise_version
from .work import Work

PORTION = 5_000  # rows of one INSERT
ORGANISATIONS: Any = Organisation.__table__
Given = list[tuple[str, Row]]


def bulk(
    connection: Connection, org: int, rows: Iterable[tuple[str, Row]], by: str | None,
    device: str = "web:server", above: Mapping[str, list[str]] | None = None,
) -> int:  # fmt: skip
    """Insert `(type, {"id": …, field: value})` rows in one version; returns how many. `above` are
    the keys of files, by id, that are here already and to which some of the rows belong."""
    query = select(ORGANISATIONS).where(ORGANISATIONS.c.id == org).with_for_update()
    organisation = connection.execute(query).one()
    with scoped(connection, org, organisation.shape):
        loading = Loading(connection, organisation, by, device)
        loading.keys.update(above or {})
        return _bulk(connection, loading, rows)


def _bulk(connection: Connection, loading: Loading, rows: Iterable[tuple[str, Row]]) -> int:
    org = loading.org
    with _undisturbed(), _aside(loading, iter(rows)) as (encoding, gathered, portions):
        works = [loading.prepare(portion, encoding) for portion in portions]
        for work in chain.from_iterable(works):
            loading.rekey(work)
        tables = {work.entity.table for work in chain.from_iterable(works)} | {FEED}
        with indexing.at_the_end(connection, tables, gathered):
            loading.tell(sorted(chain.from_iterable(works), key=attrgetter("id")))
            for some, made in zip(works, encoding.made(), strict=True):
                loading.insert(some, made, gathered)
    how_many = sum(map(len, works))
    raise_version(connection, org, loading.ver)
    if any(work.entity.type in DEFINITIONS for work in chain.from_iterable(works)):
        renew(connection, org)
    if how_many > PORTION and connection.dialect.name == "postgresql":
        # A planner that doesn't know what has come would walk through all of it.
        connection.exec_driver_sql("ANALYZE")
    return how_many


@contextmanager
def _aside(
    loading: Loading, rows: Iterator[tuple[str, Row]]
) -> Iterator[tuple[Aside, Gathering, Iterator[Given]]]:
    """The rows in portions; and who encodes them and indexes their texts: helpers, if there is more
    than one portion."""
    first = list(islice(rows, PORTION))
    portions = chain([first], iter(lambda: list(islice(rows, PORTION)), []))
    many = len(first) == PORTION
    with (
        gathering(many and loading.lite) as gathered,
        made_aside(loading.encode, many) as encoding,
    ):
        yield encoding, gathered, portions


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

    def __init__(
        self, connection: Connection, organisation: Any, by: str | None, device: str
    ) -> None:
        self.connection, self.org, self.by = connection, organisation.id, by
        self.organisation = organisation
        self.lite = connection.dialect.name == "sqlite"
        self.index = Indexer(organisation.lang, organisation.region)
        self.ver, self.now = organisation.ver + 1, now_ms()
        self.span = span_of(organisation.zone, self.now)
        self.at = instant(self.now)
        self.clock = {"*": [self.ver, self.now, device]}
        self.shared: dict[str, set[str]] = {}
        self.keys: dict[str, list[str]] = {}
        self.blanks: dict[str, Row] = {}

    def prepare(self, portion: Given, encoding: Aside) -> list[Work]:
        """Numbered working copies; what their columns hold is made of them elsewhere meanwhile."""
        works = [self.work(kind, values) for kind, values in portion]
        give(self.connection, self.organisation, self.now, works)
        reckon(works, self.clock["*"])
        encoding.put([(w.entity.type, w.id, tuple(w.doc.values())) for w in works])
        return works

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

    def rekey(self, work: Work) -> None:
        if work.entity.parent or work.entity.attached:
            above = self.keys.get(work.above or "", ())
            work.new_keys = record_keys(work.entity, work.doc, above)
        else:
            work.new_keys = file_keys(work.entity, work.doc, self.shared.get(work.id, ()))
        self.keys[work.id] = work.new_keys

    def encode(self, portion: Any) -> dict[str, Packed]:
        """Rows by kind, as the driver takes them; but for their keys, which are known last."""
        kinds: dict[str, list[Row]] = {}
        for kind, id_, values in portion:
            entity = registry[kind]
            doc = dict(zip(entity.empty, values, strict=True))
            row = record_row(self.org, self.ver, Work(entity, id_, doc, self.clock, []), self.index)
            del row["keys"]
            kinds.setdefault(kind, []).append(row)
        return {kind: packed(rows, self.lite) for kind, rows in kinds.items()}

    def insert(self, works: list[Work], made: dict[str, Packed], gathered: Gathering) -> None:
        for kind, rows in made.items():
            keys = [dumps(work.new_keys) for work in works if work.entity.type == kind]
            table = registry[kind].table
            insert_packed(self.connection, table, rows, "keys", keys)
            if self.lite:
                texts = map(itemgetter(rows[0].index("search")), rows[1])
                gathered.add(table.name, [*texts])
        save_values(self.connection, self.org, [work for work in works if work.entity.custom])

    def tell(self, works: list[Work]) -> None:
        """The feed: nothing of it was there before, so every record is news under all its keys."""
        told: dict[tuple[str, str], list[str]] = {}
        for work in works:
            for key in work.new_keys or ():
                told.setdefault((key, work.entity.type), []).append(work.id)
        names = ("org", "key", "type", "rec", "ver", "gone")
        rows = (
            (self.org, key, kind, id_, self.ver, 0)
            for key, kind in sorted(told) for id_ in told[key, kind]
        )  # fmt: skip
        while some := list(islice(rows, PORTION)):
            insert_rows(self.connection, FEED, names, some)
