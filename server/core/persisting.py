"""Working copies into tables: records, feed and ledger, in bulk."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

import orjson
from sqlalchemy import Connection, Table

from .custom import values
from .entity import Entity
from .feeding import News
from .indexer import Indexer
from .ledger import Counter
from .many import Row, insert_many, update_many, upsert
from .work import Work


def dumps(value: Any) -> str:
    return orjson.dumps(value).decode() if value != [] else "[]"


def record_row(org: int, ver: int, work: Work, indexer: Indexer) -> Row:
    """A row of the entity's table out of a working copy."""
    entity = work.entity
    row = {"org": org, "ver": ver, "clk": dumps(work.clk), "keys": dumps(work.keys_after)}
    row |= {"type": entity.type} if entity.own else {}
    return row | columns_of(entity, work.id, work.doc, indexer)


def columns_of(entity: Entity, id_: str, doc: Row, indexer: Indexer) -> Row:
    """What follows from the record itself."""
    row: Row = {name: doc[name] for name in entity.stored}
    for name in entity.encoded:
        row[name] = dumps(doc[name])
    if entity.own:
        row["account"] = doc.get("account")
    row["id"], row["doc"] = id_, dumps(wire(entity, doc))
    row["sort"], row["search"] = indexer.sort(entity, doc), indexer.search(entity, doc)
    return row


def wire(entity: Entity, doc: Row) -> Row:
    """The doc as it travels. A conflict's doc also says `type`, as the protocol has it."""
    return doc | {"type": doc["of"]} if entity.type == "conflict" else doc


def changed_row(ver: int, work: Work, indexer: Indexer) -> Row:
    """Only the columns that are to be written: an index whose columns stay is not touched."""
    entity, doc = work.entity, work.doc
    names = {name for name, _, _ in work.changes}
    row: Row = {
        "n": work.n, "ver": ver, "doc": dumps(wire(entity, doc)), "clk": dumps(work.clk),
        "updated_at": doc["updated_at"], "updated_by": doc["updated_by"],
    }  # fmt: skip
    for name in sorted(names - {*entity.custom}):
        row[name] = dumps(doc[name]) if name in entity.encoded else doc[name]
    if entity.title in names:
        row["sort"] = indexer.sort(entity, doc)
    if any(field.name in names for field in entity.searched):
        row["search"] = indexer.search(entity, doc)
    return row


def save(
    connection: Connection, org: int, ver: int, works: Collection[Work], index: Indexer
) -> None:
    """Write touched records and moved keys, and the feed rows that tell of them."""
    born: dict[Table, list[Row]] = {}
    changed: dict[tuple[Table, tuple[str, ...]], list[Row]] = {}
    news = News(org, ver)
    for work in works:
        keys, table = work.keys_after, work.entity.table
        moved = set(keys) != set(work.keys)
        if work.n is None:
            born.setdefault(table, []).append(record_row(org, ver, work, index))
        elif work.touched or moved:
            row = changed_row(ver, work, index) if work.touched else {"n": work.n}
            row |= {"keys": dumps(keys)} if moved else {}
            changed.setdefault((table, tuple(row)), []).append(row)
        else:
            continue
        news.meet(work, keys)
    for table, rows in born.items():
        insert_many(connection, table, rows)
    for (table, _), rows in changed.items():
        update_many(connection, table, rows)
    save_values(connection, org, (work for work in works if work.touched))
    news.tell(connection)


def save_values(connection: Connection, org: int, works: Iterable[Work]) -> None:
    """What lists find by of fields that have no column."""
    found: list[Row] = []
    gone: dict[tuple[str, ...], list[str]] = {}
    for work in works:
        names = set(work.entity.custom)
        if not names:
            continue
        if work.n is not None:
            names &= {name for name, _, _ in work.changes}
            gone.setdefault(tuple(sorted(names)), []).append(work.id)
        found += values.rows(org, work.entity, work.id, work.doc, sorted(names))
    for some, ids in gone.items():
        values.forget(connection, org, ids, some)
    insert_many(connection, values.TABLE, found)


def take_numbers(connection: Connection, org: int, name: str, how_many: int) -> range:
    """The next numbers of an organisation's counter, never given twice."""
    table: Any = Counter.__table__
    query = upsert(connection, table).values(org=org, name=name, value=how_many)
    summed = {"value": table.c.value + query.excluded.value}
    query = query.on_conflict_do_update(index_elements=[table.c.org, table.c.name], set_=summed)
    last: int = connection.execute(query.returning(table.c.value)).scalar_one()
    return range(last - how_many + 1, last + 1)
