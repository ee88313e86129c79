"""Indexes of tables that take very many rows at once: better made when all rows are there.

Only in SQLite, where a writer is alone anyway. Of PostgreSQL it would ask for locks that keep all
others waiting; nor would it gain as much.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Table

from .gathering import Gathering
from .trigrams import HASH, TRIGGERS, USUAL_HASH, hash_size

CACHE_KIB = 400_000  # of pages, meanwhile


@contextmanager
def at_the_end(
    connection: Connection, tables: Iterable[Table], gathered: Gathering | None = None
) -> Iterator[None]:
    """What is searched is indexed at the end, eight times as fast; so is, of tables that were
    empty, all else. Unless it ends well the transaction must be rolled back."""
    if connection.dialect.name != "sqlite":
        yield
        return
    cache = connection.exec_driver_sql("PRAGMA cache_size").scalar_one()
    connection.exec_driver_sql(f"PRAGMA cache_size = -{CACHE_KIB}")
    tables = list(tables)
    searched = {t.name: _last(connection, t) for t in tables if _is_searched(connection, t.name)}
    for name in searched:
        connection.exec_driver_sql(f"DROP TRIGGER {name}_fts_insert")
    empty = [t.name for t in tables if _is_empty(connection, t.name)]
    dropped = [index for name in empty for index in _drop(connection, name)]
    yield
    for statement in dropped:
        connection.exec_driver_sql(statement)
    for name, n in searched.items():
        if n or not gathered or not gathered.take_over(connection, name):
            _index(connection, name, n)
        connection.exec_driver_sql(TRIGGERS["insert"].format(t=name))
    connection.exec_driver_sql(f"PRAGMA cache_size = {cache}")


def _index(connection: Connection, table: str, last: int) -> None:
    """Search texts of what came after a row."""
    connection.exec_driver_sql(*hash_size(table, HASH))
    connection.exec_driver_sql(
        f"INSERT INTO {table}_fts(rowid, search) SELECT n, search FROM {table} WHERE n > ?",  # noqa: S608
        (last,),
    )
    connection.exec_driver_sql(*hash_size(table, USUAL_HASH))


def _last(connection: Connection, table: Table) -> int:
    """The highest `n`, or 0."""
    return connection.exec_driver_sql(f"SELECT max(n) FROM {table.name}").scalar() or 0  # noqa: S608


def _is_empty(connection: Connection, table: str) -> bool:
    return connection.exec_driver_sql(f'SELECT 1 FROM "{table}" LIMIT 1').first() is None  # noqa: S608


def _is_searched(connection: Connection, table: str) -> bool:
    query = "SELECT 1 FROM sqlite_master WHERE type = 'trigger' AND name = ?"
    return connection.exec_driver_sql(query, (f"{table}_fts_insert",)).first() is not None


def _drop(connection: Connection, table: str) -> list[str]:
    """Without its indexes, but for that of its primary key and of what is unique; how they were
    made."""
    query = "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = ?"
    found = connection.exec_driver_sql(f"{query} AND sql IS NOT NULL", (table,)).all()
    for name, _ in found:
        connection.exec_driver_sql(f'DROP INDEX "{name}"')
    return [statement for _, statement in found]
