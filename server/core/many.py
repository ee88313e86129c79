"""Many rows in one statement, prepared once, without a look at each row by SQLAlchemy.

SQLite takes rows one by one from its own loop. PostgreSQL takes them all as one JSON text: a
statement of its own for each row would cost it and the driver more than the row does.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from operator import itemgetter
from typing import Any

import orjson
from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite

Row = dict[str, Any]
Packed = tuple[tuple[str, ...], list[Any]]
LITE, POSTGRES = sqlite.dialect(), postgresql.dialect()  # type: ignore[no-untyped-call]


def upsert(connection: Connection, table: Table) -> Any:
    """INSERT with ON CONFLICT in the database's own dialect."""
    return sqlite.insert(table) if _is_lite(connection) else postgresql.insert(table)


def insert_many(connection: Connection, table: Table, rows: list[Row]) -> None:
    """INSERT rows that all have the same columns."""
    _run(connection, _insert, table, rows)


def put_many(connection: Connection, table: Table, rows: list[Row]) -> None:
    """INSERT rows, or overwrite those that have their primary key."""
    _run(connection, _put, table, rows)


def update_many(connection: Connection, table: Table, rows: list[Row]) -> None:
    """UPDATE by `n`, which every row has besides the columns to be set; the same in all."""
    _run(connection, _update, table, rows)


def packed(rows: list[Row], lite: bool) -> Packed:
    """The columns of rows, and the rows as a driver takes them: tuples for SQLite, for PostgreSQL
    JSON texts. May be done in another process."""
    names = tuple(rows[0])
    return names, _tuples(names, rows) if lite else [orjson.dumps(row).decode() for row in rows]


def insert_packed(
    connection: Connection, table: Table, rows: Packed, common: Row | None = None,
    last: str = "", values: Iterable[str] = (),
) -> None:  # fmt: skip
    """INSERT what was packed, with columns that are the same in all, and one, `last`, whose values
    are texts."""
    names, heads = rows
    common, lite = common or {}, _is_lite(connection)
    full: Any = heads
    if common or last:
        names = (*names, *common, last)
        full = _longer(heads, common, last, values, lite)
    full = full if lite else (f"[{','.join(full)}]",)
    connection.exec_driver_sql(_insert(table, names, lite), full)


def _longer(heads: list[Any], common: Row, last: str, values: Iterable[str], lite: bool) -> Any:
    if lite:
        more = (*common.values(),)
        return [(*head, *more, value) for head, value in zip(heads, values, strict=True)]
    same = "," + orjson.dumps(common).decode()[1:-1] if common else ""
    tails = (f'{same},"{last}":{orjson.dumps(value).decode()}}}' for value in values)
    return [head[:-1] + tail for head, tail in zip(heads, tails, strict=True)]


def _run(connection: Connection, statement: Any, table: Table, rows: list[Row]) -> None:
    if not rows:
        return
    names, lite = tuple(rows[0]), _is_lite(connection)
    if statement is _update:
        names = (*(name for name in names if name != "n"), "n")
    sql = statement(table, names, lite)
    full = _tuples(names, rows) if lite else (orjson.dumps(rows).decode(),)
    connection.exec_driver_sql(sql, full)


def _tuples(names: tuple[str, ...], rows: list[Row]) -> Any:
    return list(map(itemgetter(*names), rows))


@cache
def _insert(table: Table, names: tuple[str, ...], lite: bool) -> str:
    columns = ", ".join(map(_quoted, names))
    if lite:
        places = ", ".join("?" * len(names))
        return f"INSERT INTO {_quoted(table.name)} ({columns}) VALUES ({places})"  # noqa: S608
    source = _source(table, names)
    return f"INSERT INTO {_quoted(table.name)} ({columns}) SELECT {columns} FROM {source}"  # noqa: S608


@cache
def _put(table: Table, names: tuple[str, ...], lite: bool) -> str:
    primary = [column.name for column in table.primary_key]
    rest = [name for name in names if name not in primary]
    new = ", ".join(f"{_quoted(name)} = excluded.{_quoted(name)}" for name in rest)
    where = " WHERE true" if not lite else ""
    found = _insert(table, names, lite) + where
    return f"{found} ON CONFLICT ({', '.join(map(_quoted, primary))}) DO UPDATE SET {new}"


@cache
def _update(table: Table, names: tuple[str, ...], lite: bool) -> str:
    rest, name = names[:-1], _quoted(table.name)
    if lite:
        new = ", ".join(f"{_quoted(one)} = ?" for one in rest)
        return f"UPDATE {name} SET {new} WHERE n = ?"  # noqa: S608
    new = ", ".join(f"{_quoted(one)} = r.{_quoted(one)}" for one in rest)
    return f"UPDATE {name} SET {new} FROM {_source(table, names)} WHERE {name}.n = r.n"  # noqa: S608


def _source(table: Table, names: tuple[str, ...]) -> str:
    """Rows out of the JSON text, with the table's own types."""
    kinds = {name: table.c[name].type.compile(POSTGRES) for name in names}
    shape = ", ".join(f"{_quoted(name)} {kind}" for name, kind in kinds.items())
    return f"json_to_recordset(%s::json) AS r({shape})"


def _is_lite(connection: Connection) -> bool:
    return connection.dialect.name == "sqlite"


def _quoted(name: str) -> str:
    quoted: str = LITE.identifier_preparer.quote_identifier(name)
    return quoted
