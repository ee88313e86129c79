"""Whole tables as lines of JSON that a database of either engine can take: backups and moves.

Tables are read and written as they stand in the database, not as the models have them, so that
an older shape can be loaded first and migrated afterwards.
"""

from __future__ import annotations

import hashlib
from base64 import b64decode, b64encode
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

import orjson
from sqlalchemy import (
    JSON,
    Connection,
    DateTime,
    LargeBinary,
    MetaData,
    Table,
    func,
    insert,
    inspect,
    select,
    text,
)

from .db import Base
from .indexing import at_the_end
from .migrating import check_references, upgrade

PORTION = 2_000  # rows of one INSERT
HERE = "alembic_version"  # says which revision a database is at; never copied


@dataclass
class Tally:
    """How many rows, and a sum of their hashes that does not depend on their order."""

    rows: int = 0
    sum: int = 0

    def add(self, line: bytes) -> None:
        self.rows += 1
        self.sum += int.from_bytes(hashlib.sha256(line).digest())

    @property
    def text(self) -> str:
        return f"{self.sum % 2**256:064x}"


def tables(connection: Connection, names: Collection[str] | None = None) -> list[Table]:
    """The product's tables in this database, or those named; parents come first."""
    there = set(inspect(connection).get_table_names())
    wanted = there & set(Base.metadata.tables if names is None else names)
    found = MetaData()
    found.reflect(connection, only=sorted(wanted))
    for table in found.tables.values():
        for column in table.c:
            if isinstance(column.type, JSON):
                column.type.none_as_null = True
    return [table for table in found.sorted_tables if table.name in wanted]


def columns(table: Table) -> list[str]:
    return [column.name for column in table.c]


def lines(connection: Connection, table: Table, names: list[str] | None = None) -> Iterator[bytes]:
    """A JSON array for each row, its values in the order of the columns or of those named."""
    query = select(*(table.c[name] for name in names or columns(table)))
    result = connection.execute(query, execution_options={"yield_per": PORTION})
    for row in result:
        yield orjson.dumps(list(row), default=_plain, option=orjson.OPT_NAIVE_UTC)


def _plain(value: Any) -> str:
    if isinstance(value, bytes | memoryview):
        return b64encode(value).decode()
    raise TypeError(f"no place in a backup for {type(value)}")


def put(connection: Connection, table: Table, names: list[str], texts: Iterable[bytes]) -> Tally:
    """Insert rows; `names` are those of their columns. Raises KeyError for an unknown one."""
    readers = [_reader(table.c[name].type) for name in names]
    tally, rest = Tally(), iter(texts)
    while some := list(islice(rest, PORTION)):
        for line in some:
            tally.add(line)
        connection.execute(insert(table), [_row(names, readers, line) for line in some])
    _renumber(connection, table)
    return tally


def _row(names: list[str], readers: list[Any], line: bytes) -> dict[str, Any]:
    values = zip(names, readers, orjson.loads(line), strict=True)
    return {name: read(v) if read and v is not None else v for name, read, v in values}


def _reader(kind: Any) -> Any:
    if isinstance(kind, DateTime):
        return datetime.fromisoformat
    return b64decode if isinstance(kind, LargeBinary) else None


def _renumber(connection: Connection, table: Table) -> None:
    """PostgreSQL's own numbers go on after the highest that came with a row."""
    if connection.dialect.name != "postgresql":
        return
    for column in table.primary_key:
        named = select(func.pg_get_serial_sequence(table.name, column.name))
        sequence = connection.scalar(named)
        highest = connection.scalar(select(func.max(column))) if sequence else None
        if highest:
            connection.execute(select(func.setval(sequence, highest)))


def is_empty(connection: Connection) -> bool:
    """Does nobody's organisation live here yet?"""
    if not inspect(connection).has_table("organisation"):
        return True
    return connection.execute(text("SELECT 1 FROM organisation LIMIT 1")).first() is None


def clear(connection: Connection) -> None:
    """Drop the product's tables; other programs' stay."""
    there = set(inspect(connection).get_table_names())
    cascade = " CASCADE" if connection.dialect.name == "postgresql" else ""
    search = [f"{t}_{what}" for t in Base.metadata.tables for what in ("terms", "fts")]
    for name in (*search, *Base.metadata.tables, HERE):
        if name in there:
            connection.exec_driver_sql(f'DROP TABLE "{name}"{cascade}')


def load(
    connection: Connection, revision: str, sources: Mapping[str, tuple[list[str], Iterable[bytes]]]
) -> dict[str, Tally]:
    """A database made anew at a revision, filled, and brought up to date; what went into each
    table. `sources`: by table, the columns and the rows."""
    clear(connection)
    upgrade(connection, revision)
    found = tables(connection, sources)
    with at_the_end(connection, found):
        done = {t.name: put(connection, t, *sources[t.name]) for t in found}
    check_references(connection)
    upgrade(connection)
    connection.execute(text("ANALYZE"))
    return done
