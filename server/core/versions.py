"""The version of an organisation: raised by whoever writes, and heard of by whoever waits for it.

PostgreSQL carries the word itself, at the commit. SQLite has no such thing, but tells in a few
microseconds whether anybody else has written anything.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from sqlalchemy import Connection, Engine, bindparam, func, select, update

from .ledger import Feed, Organisation

CHANNEL = "kesher_version"
LOOK = 0.2  # seconds between looks at SQLite
ORGANISATIONS: Any = Organisation.__table__
F: Any = Feed.__table__.c
RAISE = update(ORGANISATIONS).where(ORGANISATIONS.c.id == bindparam("organisation"))
Wait = Callable[[float], bool]  # waits so many seconds at most: may there be a new version?


def raise_version(connection: Connection, org: int, ver: int) -> None:
    """The last thing that a transaction of the door does."""
    connection.execute(RAISE, {"organisation": org, "ver": ver})
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_notify(CHANNEL, str(org))))


def versions(connection: Connection, orgs: Iterable[int]) -> dict[int, int]:
    """Where these organisations are."""
    c = ORGANISATIONS.c
    query = select(c.id, c.ver).where(c.id.in_(sorted(orgs)))
    return {row.id: row.ver for row in connection.execute(query)}


def keys_changed(connection: Connection, org: int, keys: Iterable[str], after: int) -> set[str]:
    """Those of the scope keys under which something was written after a version; by an index."""
    mine = (F.org == org, F.key.in_(sorted(keys)), F.ver > after)
    return set(connection.execute(select(F.key).distinct().where(*mine)).scalars())


@contextmanager
def watching(engine: Engine) -> Iterator[Wait]:
    """A connection of its own that hears of writes by any process."""
    watch: Callable[[Any], Wait] = WATCHES[engine.dialect.name]
    raw = engine.raw_connection()
    connection = raw.driver_connection
    raw.detach()
    try:
        yield watch(connection)
    finally:
        raw.close()


def _watch_sqlite(connection: Any) -> Wait:
    def stamp() -> int:
        found: int = connection.execute("PRAGMA data_version").fetchone()[0]
        return found

    seen = stamp()

    def wait(seconds: float) -> bool:
        nonlocal seen
        end = time.monotonic() + seconds
        while (now := stamp()) == seen:
            if time.monotonic() >= end:
                return False
            time.sleep(LOOK)
        seen = now
        return True

    return wait


def _watch_postgresql(connection: psycopg.Connection[Any]) -> Wait:
    connection.autocommit = True
    connection.execute(f"LISTEN {CHANNEL}")

    def wait(seconds: float) -> bool:
        return any(True for _ in list(connection.notifies(timeout=seconds, stop_after=1)))

    return wait


WATCHES = {"sqlite": _watch_sqlite, "postgresql": _watch_postgresql}
