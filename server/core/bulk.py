"""The door's wide wing: many new records at once, from the server itself (demo, import).

Values are trusted to be valid, and parents come before their children. Everything else is as
through `door.write`: keys, numbers, sort keys, search text, feed and version.
"""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import chain, islice
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, select

from . import indexing
from .aside import Aside, made_aside
from .clock import instant, now_ms
from .custom import values
from .custom.scoping import renew, scoped
from .custom.tables import DEFINITIONS
from .encoding import Encoder, Given, Made, Numbers
from .entity import Entity
from .feeding import FEED, told
from .gathering import Gathering, gathering
from .indexer import Indexer
from .keyring import Keyring
from .ledger import Organisation
from .many import Row, insert_packed
from .nearness import span_of
from .numbering import Reserved, day_of, reserve
from .persisting import dumps
from .registry import registry
from .versions import raise_version

PORTION = 5_000  # rows of one INSERT
ORGANISATIONS: Any = Organisation.__table__
Born = dict[str, list[str]]  # ids by kind


def bulk(
    connection: Connection, org: int, rows: Iterable[tuple[str, Row]], by: str | None,
    device: str = "web:server", above: Mapping[str, list[str]] | None = None,
) -> int:  # fmt: skip
    """Insert `(type, {"id": …, field: value})` rows in one version; returns how many. `above` are
    the keys of files, by id, that are here already and to which some of the rows belong."""
    query = select(ORGANISATIONS).where(ORGANISATIONS.c.id == org).with_for_update()
    organisation = connection.execute(query).one()
    with scoped(connection, org, organisation.shape):
        return _bulk(connection, Loading(connection, organisation, by, device, above or {}), rows)


def _bulk(connection: Connection, loading: Loading, rows: Iterable[tuple[str, Row]]) -> int:
    with _undisturbed(), _aside(loading.encoder, iter(rows)) as (encoding, gathered, portions):
        born = [loading.prepare(portion, encoding) for portion in portions]
        loading.keyring.settle()
        kinds = dict.fromkeys(chain.from_iterable(born))
        tables = {registry[kind].table for kind in kinds} | {FEED}
        with indexing.at_the_end(connection, tables, gathered):
            loading.tell()
            for ids, made in zip(born, encoding.made(), strict=True):
                loading.insert(ids, made, gathered)
    how_many = sum(len(ids) for some in born for ids in some.values())
    raise_version(connection, loading.org, loading.ver)
    if not DEFINITIONS.isdisjoint(kinds):
        renew(connection, loading.org)
    if how_many > PORTION and connection.dialect.name == "postgresql":
        # A planner that doesn't know what has come would walk through all of it.
        connection.exec_driver_sql("ANALYZE")
    return how_many


@contextmanager
def _aside(
    encoder: Encoder, rows: Iterator[tuple[str, Row]]
) -> Iterator[tuple[Aside, Gathering, Iterator[Given]]]:
    """The rows in portions; and who encodes them and indexes their texts: helpers, if there is more
    than one portion."""
    first = list(islice(rows, PORTION))
    portions = chain([first], iter(lambda: list(islice(rows, PORTION)), []))
    many = len(first) == PORTION
    with gathering(many and encoder.lite) as gathered, made_aside(encoder, many) as encoding:
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
        self, connection: Connection, organisation: Any, by: str | None, device: str,
        above: Mapping[str, list[str]],
    ) -> None:  # fmt: skip
        self.connection, self.org = connection, organisation.id
        now = now_ms()
        self.day = day_of(instant(now), organisation.zone)
        self.ver = organisation.ver + 1
        self.common = {
            "org": self.org, "ver": self.ver, "clk": dumps({"*": [self.ver, now, device]}),
        }  # fmt: skip
        lite = connection.dialect.name == "sqlite"
        index = Indexer(organisation.lang, organisation.region)
        self.encoder = Encoder(self.org, index, by, instant(now), lite)
        self.keyring = Keyring(self.encoder, span_of(organisation.zone, now), above)

    def prepare(self, portion: Given, encoding: Aside) -> Born:
        """Of each record only what its keys follow from is looked at; its row is made elsewhere
        meanwhile."""
        born: Born = {}
        for kind, given in portion:
            born.setdefault(kind, []).append(given["id"])
            self.keyring.meet(kind, given)
        encoding.put((portion, self.numbers(born)))
        return born

    def numbers(self, born: Born) -> Numbers:
        """In the order of arrival."""
        return {kind: self.reserved(registry[kind], len(ids)) for kind, ids in born.items()}

    def reserved(self, entity: Entity, how_many: int) -> list[tuple[str, Reserved]]:
        names = [field.name for field in entity.numbered]
        take = (self.connection, self.org, entity)
        return [(name, reserve(*take, name, self.day, how_many)) for name in names]

    def insert(self, born: Born, made: Made, gathered: Gathering) -> None:
        rows, found = made
        for kind, some in rows.items():
            keys = map(self.keyring.text, born[kind])
            entity = registry[kind]
            common = self.common | ({"type": kind} if entity.own else {})
            insert_packed(self.connection, entity.table, some, common, "keys", keys)
            if self.encoder.lite:
                texts = map(itemgetter(some[0].index("search")), some[1])
                gathered.add(entity.table.name, [*texts])
        if found:
            insert_packed(self.connection, values.TABLE, found)

    def tell(self) -> None:
        """The feed: nothing of it was there before, so every record is news under all its keys."""
        for key, kind, ids in self.keyring.by_key():
            told(self.connection, (self.org, kind, self.ver, 0), [key], ids)
