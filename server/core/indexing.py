"""Indexes of tables that take very many rows at once: better made when all rows are there.

Only in SQLite, where a writer is alone anyway. Of PostgreSQL it would ask for locks that keep all
others waiting; nor would it gain as much.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Table

from .trigrams import TRIGGERS

CACHE_KIB = 400_000  # of pages, meanwhile
HASH = 1 << 24  # bytes of terms that FTS5 gathers before it writes them: fewer, larger segments
USUAL_HASH = 1 << 20


@contextmanager
def at_the_end(connection: Connection, tables: Iterable[Table]) -> Iterator[None]:
    """What is searched is indexed at the end, eight times as fast; so is, of tables that were
    empty, all else. Unless it ends well the transaction must be rolled back."""
    if connection.dialect.name != "sqlite":
        yield
        return
    cache = connection.exec_driver_sql("PRAGMA cache_size").scalar_one()
    connection.exec_driver_sql(f"PRAGMA cache_size = -{CACHE_KIB}")
    last = {table.name: _last(connection, table) for table in tables}
    searched = {name: n for name, n in last.items() if _is_searched(connection, name)}
    for name in searched:
        connection.exec_driver_sql(f"DROP TRIGGER {name}_fts_insert")
    dropped = [index for name, n in last.items() if n == 0 for index in _drop(connection, name)]
    yield
    for statement in dropped:
        connection.exec_driver_sql(statement)
    for name, n in searched.items():
        _gather(connection, name, HASH)
        connection.exec_driver_sql(
            f"INSERT INTO {name}_fts(rowid, search) SELECT n, search FROM {name} WHERE n > ?",  # noqa: S608
            (n,),
        )
        _gather(connection, name, USUAL_HASH)
        connection.exec_driver_sql(TRIGGERS["insert"].format(t=name))
    connection.exec_driver_sql(f"PRAGMA cache_size = {cache}")


def _gather(connection: Connection, table: str, size: int) -> None:
    query = f"INSERT INTO {table}_fts({table}_fts, rank) VALUES ('hashsize', ?)"  # noqa: S608
    connection.exec_driver_sql(query, (size,))


def _last(connection: Connection, table: Table) -> int:
    """The highest `n`; of a table without one, whether it has a row. 0 if it is empty."""
    what = "max(n)" if "n" in table.c else "count(*) > 0"
    found = connection.exec_driver_sql(f'SELECT {what} FROM "{table.name}"').scalar()  # noqa: S608
    return int(found or 0)


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
