"""From one database to another, such as SQLite to PostgreSQL: copied, then compared."""

from __future__ import annotations

import sys
from argparse import Namespace

from sqlalchemy import Connection, text
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from server.commands import setup
from server.core.config import Settings, named_driver
from server.core.copying import Tally, columns, is_empty, lines, load, tables
from server.core.db import open_engine, writing
from server.core.migrating import lenient, version


def run(settings: Settings, options: Namespace) -> int:
    import server.app  # noqa: F401 (names every room, and so every table)

    setup.run(settings)
    target = named_driver(options.to)
    if target == settings.database_url:
        return _refuse("That is the database in use.")
    try:
        with (
            writing(open_engine(settings.database_url)) as here,
            writing(lenient(open_engine(target))) as there,
        ):
            if not is_empty(there):
                return _refuse("That database is in use: move into an empty one.")
            _hold(here)
            order = {table.name: columns(table) for table in tables(here)}
            copied = _copy(here, there)
            _compare(copied, order, there)
    except (ArgumentError, SQLAlchemyError, Differs) as error:
        return _refuse(f"Nothing was moved: {error}")
    print(f"Moved {sum(tally.rows for tally in copied.values()):,} rows, and compared them.")
    print("From now on set DATABASE_URL to the new database; the old one was left as it was.")
    return 0


class Differs(Exception):
    """A table does not hold what was put into it."""


def _hold(here: Connection) -> None:
    """Nobody writes meanwhile. SQLite's writers wait for us as it is."""
    if here.dialect.name == "postgresql":
        here.execute(text("LOCK TABLE organisation IN EXCLUSIVE MODE"))


def _copy(here: Connection, there: Connection) -> dict[str, Tally]:
    sources = {table.name: (columns(table), lines(here, table)) for table in tables(here)}
    return load(there, version(here) or "head", sources)


def _compare(copied: dict[str, Tally], order: dict[str, list[str]], there: Connection) -> None:
    for table in tables(there):
        found = Tally()
        for line in lines(there, table, order[table.name]):
            found.add(line)
        print(f"{table.name:20} {found.rows:>10,}  {found.text[:16]}", flush=True)
        if found != copied[table.name]:
            raise Differs(f"{table.name} differs: {found.rows:,} rows are there.")


def _refuse(reason: str) -> int:
    print(reason, file=sys.stderr)
    return 1
