"""Working copies into tables: records, feed and ledger, in bulk."""

from __future__ import annotations

from collections.abc import Iterable
from operator import itemgetter
from typing import Any

import orjson
from sqlalchemy import Connection, Table, bindparam, update
from sqlalchemy.dialects import postgresql, sqlite

from .entity import Entity
from .ledger import Counter, Feed
from .phones import search_forms
from .text import fold, sort_key
from .work import Work

Row = dict[str, Any]


def dumps(value: Any) -> str:
    return orjson.dumps(value).decode()


class Indexer:
    """Sort keys and search text as this organisation's language and country want them."""

    def __init__(self, lang: str, region: str) -> None:
        self.lang, self.region = lang, region

    def sort(self, entity: Entity, doc: Row) -> str:
        title = doc[entity.title]
        return sort_key(title if isinstance(title, str) else "", self.lang)

    def search(self, entity: Entity, doc: Row) -> str:
        """Folded text of the search fields; phone numbers in every form people type them."""
        parts: list[str] = []
        for field in entity.searched:
            value = doc[field.name]
            values = value if isinstance(value, list) else [value]
            if field.kind in ("phone", "phones"):
                parts += [search_forms(number, self.region) for number in values if number]
            else:
                parts += [str(one) for one in values if one]
        return fold(" ".join(parts))


def record_row(org: int, ver: int, work: Work, indexer: Indexer) -> Row:
    """A row of the entity's table out of a working copy."""
    entity, doc = work.entity, work.doc
    row: Row = doc | {name: dumps(doc[name]) for name in entity.encoded}
    row |= {
        "id": work.id, "org": org, "ver": ver, "doc": dumps(wire(entity, doc)),
        "clk": dumps(work.clk), "keys": dumps(work.keys_after),
        "sort": indexer.sort(entity, doc), "search": indexer.search(entity, doc),
    }  # fmt: skip
    return row


def wire(entity: Entity, doc: Row) -> Row:
    """The doc as it travels. A conflict's doc also says `type`, as the protocol has it."""
    return doc | {"type": doc["of"]} if entity.type == "conflict" else doc


def save(connection: Connection, org: int, ver: int, works: Iterable[Work], index: Indexer) -> None:
    """Write touched records and moved keys, and the feed rows that tell of them."""
    born: dict[str, list[Row]] = {}
    changed: dict[str, list[Row]] = {}
    rekeyed: dict[str, list[Row]] = {}
    tables: dict[str, Table] = {}
    feed: list[Row] = []
    for work in works:
        keys = work.keys_after
        moved = set(keys) != set(work.keys)
        if not work.touched and not moved:
            continue
        kind = work.entity.type
        tables[kind] = work.entity.table
        if work.n is None:
            born.setdefault(kind, []).append(record_row(org, ver, work, index))
        elif work.touched:
            row = record_row(org, ver, work, index) | {"this": work.n}
            changed.setdefault(kind, []).append(row)
        else:
            rekeyed.setdefault(kind, []).append({"this": work.n, "keys": dumps(keys)})
        feed += feed_rows(org, ver, work, keys)
    for kind, rows in born.items():
        insert_many(connection, tables[kind], rows)
    for group in (changed, rekeyed):
        for kind, rows in group.items():
            table = tables[kind]
            connection.execute(update(table).where(table.c.n == bindparam("this")), rows)
    put_feed(connection, feed)


def feed_rows(org: int, ver: int, work: Work, keys: list[str]) -> list[Row]:
    """Its row under every key if it changed; else only under the keys it gained or lost."""
    before = set(work.keys) if work.n is not None else set()
    gained = set(keys) if work.touched else set(keys) - before
    base = {"org": org, "type": work.entity.type, "rec": work.id, "ver": ver}
    there = [base | {"key": key, "gone": 0} for key in sorted(gained)]
    return there + [base | {"key": key, "gone": 1} for key in sorted(before - set(keys))]


def upsert(connection: Connection, table: Table) -> Any:
    """INSERT with ON CONFLICT in the database's own dialect."""
    lite = connection.dialect.name == "sqlite"
    return sqlite.insert(table) if lite else postgresql.insert(table)


def insert_many(connection: Connection, table: Table, rows: list[Row]) -> None:
    """INSERT of many rows with the same columns, without a look at each by SQLAlchemy."""
    names = [column.name for column in table.columns if column.name in rows[0]]
    quote = connection.dialect.identifier_preparer.quote
    place = "?" if connection.dialect.name == "sqlite" else "%s"
    columns, places = ", ".join(map(quote, names)), ", ".join([place] * len(names))
    pick = itemgetter(*names)
    connection.exec_driver_sql(
        f"INSERT INTO {quote(table.name)} ({columns}) VALUES ({places})",  # noqa: S608
        [pick(row) for row in rows],
    )


def put_feed(connection: Connection, rows: list[Row]) -> None:
    if not rows:
        return
    table: Any = Feed.__table__
    query = upsert(connection, table)
    primary = [table.c.org, table.c.key, table.c.type, table.c.rec]
    latest = {"ver": query.excluded.ver, "gone": query.excluded.gone}
    connection.execute(query.on_conflict_do_update(index_elements=primary, set_=latest), rows)


def take_numbers(connection: Connection, org: int, name: str, how_many: int) -> range:
    """The next numbers of an organisation's counter, never given twice."""
    table: Any = Counter.__table__
    query = upsert(connection, table).values(org=org, name=name, value=how_many)
    summed = {"value": table.c.value + query.excluded.value}
    query = query.on_conflict_do_update(index_elements=[table.c.org, table.c.name], set_=summed)
    last: int = connection.execute(query.returning(table.c.value)).scalar_one()
    return range(last - how_many + 1, last + 1)
