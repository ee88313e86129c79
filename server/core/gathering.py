"""SQLite's index of search texts, made in memory by another process while rows are being loaded,
and then taken over as it is: behind an index of FTS5 stand ordinary tables.

Only for tables that were empty, and in whose rows nothing else is changed meanwhile.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection

from .aside import Helper, alone
from .trigrams import HASH, TABLE, hash_size

BEHIND = {"data": 2, "idx": 3}  # tables, and how many columns each has


class Index:
    """In the other process: given (table, texts), or (table, None) for what stands behind it."""

    def __init__(self) -> None:
        self.last: dict[str, int] = {}
        self.connection: Any = None

    def __call__(self, given: tuple[str, Sequence[str] | None]) -> Any:
        table, texts = given
        if texts is None:
            return self.behind(table)
        if table not in self.last:
            self._open(table)
        last = self.last[table]
        insert = f"INSERT INTO {table}_fts(rowid, search) VALUES (?, ?)"  # noqa: S608
        self.connection.executemany(insert, enumerate(texts, last + 1))
        self.last[table] = last + len(texts)
        return True

    def _open(self, table: str) -> None:
        if self.connection is None:
            self.connection = sqlite3.connect(":memory:")
        self.connection.execute(TABLE.format(t=table))
        self.connection.execute(*hash_size(table, HASH))
        self.last[table] = 0

    def behind(self, table: str) -> Any:
        self.connection.commit()
        some = {what: f"SELECT * FROM {table}_fts_{what}" for what in BEHIND}  # noqa: S608
        return {what: self.connection.execute(query).fetchall() for what, query in some.items()}


class Gathering:
    """In this process: `add` the texts of rows in the order in which these are inserted."""

    def __init__(self, helper: Helper | None) -> None:
        self.helper = helper
        self.added: dict[str, int] = {}
        self.asked = 0

    def add(self, table: str, texts: Sequence[str]) -> None:
        if self.helper:
            self._ask(table, texts)
            self.added[table] = self.added.get(table, 0) + len(texts)

    def _ask(self, table: str, texts: Sequence[str] | None) -> None:
        assert self.helper
        self.helper.todo.put((str(table), texts))
        self.asked += 1

    def take_over(self, connection: Connection, table: str) -> bool:
        """Put what was gathered in the place of the table's index; whether that could be done."""
        found = self._behind(connection, table)
        if not found:
            return False
        # Made anew, as this connection may remember what the index was like when it was empty.
        connection.exec_driver_sql(f"DROP TABLE {table}_fts")
        connection.exec_driver_sql(TABLE.format(t=table))
        for what, rows in found.items():
            places = ", ".join("?" * BEHIND[what])
            put = f"INSERT OR REPLACE INTO {table}_fts_{what} VALUES ({places})"  # noqa: S608
            connection.exec_driver_sql(put, rows)
        return True

    def _behind(self, connection: Connection, table: str) -> dict[str, list[Any]] | None:
        if not self.helper or table not in self.added:
            return None
        last = connection.exec_driver_sql(f"SELECT max(n) FROM {table}").scalar()  # noqa: S608
        if last != self.added[table]:
            return None
        self._ask(table, None)
        answers = [self.helper.done.get() for _ in range(self.asked)]
        self.asked = 0
        found: dict[str, list[Any]] | None = answers[-1]
        return found if all(answers) else None


@contextmanager
def gathering(at_all: bool) -> Iterator[Gathering]:
    """With threads about, and on a single processor, nothing is gathered; see aside.py."""
    helper = Helper(Index(), patient=True) if at_all and alone() else None
    try:
        yield Gathering(helper)
    finally:
        if helper:
            helper.end()
