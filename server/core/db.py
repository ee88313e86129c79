"""The database: one declarative base, and short explicit transactions on either engine.

Writes use `writing()`, reads that must agree with each other use `reading()`; both give a
SQLAlchemy Core connection. SQLite is told BEGIN by us: left to itself the driver begins late,
and a transaction that read before it wrote fails at once, whatever the busy timeout.
"""

from __future__ import annotations

import select
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import Connection, DateTime, Dialect, Engine, MetaData, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import TypeDecorator

from server.core import checkpoints
from server.core.config import Settings
from server.core.text import soft

BUSY_SECONDS = 15
CACHE_KIB = 16 * 1024  # of pages that a connection of SQLite keeps in memory
PAGE = 8192  # bytes of a page of SQLite: more records go into one than with the usual 4096
# Of SQLite's log, if checkpoints.py does not come to it before: more than a mass load writes, whose
# commit would wait for it.
LOG_PAGES = 60_000
LONG_REST = 30  # seconds after which a connection of PostgreSQL may have been dropped in silence
NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    metadata = MetaData(naming_convention=NAMING)


db = SQLAlchemy(model_class=Base)


class UTCDateTime(TypeDecorator[datetime]):
    """An aware instant, kept in UTC. A naive one is refused: nobody knows what it means."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant without a time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def init_app(app: Flask, settings: Settings) -> None:
    """Bind the app to its database."""
    app.config["SQLALCHEMY_DATABASE_URI"] = settings.database_url
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = engine_options(settings.database_url)
    db.init_app(app)
    with app.app_context():
        prepare(db.engine)


def engine_options(url: str) -> dict[str, Any]:
    """What `create_engine` needs for this URL."""
    # The connection used last comes first: of SQLite's another would find that pages which it keeps
    # have been changed by somebody else, and read all again.
    options: dict[str, Any] = {"pool_use_lifo": True}
    if make_url(url).get_backend_name() == "sqlite":
        options["connect_args"] = {"isolation_level": None, "timeout": BUSY_SECONDS}
    return options


def open_engine(url: str) -> Engine:
    """An engine of its own, for commands: making the app takes most of a second."""
    engine = create_engine(url, **engine_options(url))
    prepare(engine)
    return engine


def prepare(engine: Engine) -> None:
    """Teach a SQLite engine its pragmas and its BEGIN, one of PostgreSQL to notice its end."""
    if engine.dialect.name != "sqlite":
        if not event.contains(engine, "checkout", _look_alive):
            event.listen(engine, "checkout", _look_alive)
            event.listen(engine, "checkin", _lie_down)
    elif not event.contains(engine, "begin", _begin):
        event.listen(engine, "connect", _connect)
        event.listen(engine, "begin", _begin)


def _connect(connection: sqlite3.Connection, _record: Any) -> None:
    connection.create_function("soft", 1, soft, deterministic=True)
    connection.execute(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}")
    if connection.execute("PRAGMA journal_mode").fetchone() != ("wal",):
        connection.execute(f"PRAGMA page_size = {PAGE}")  # of a new database
        connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
    connection.execute(f"PRAGMA wal_autocheckpoint = {LOG_PAGES}")
    connection.execute("PRAGMA foreign_keys = ON")


def _lie_down(_connection: Any, record: Any) -> None:
    record.info["idle_since"] = time.monotonic()


def _look_alive(connection: Any, record: Any, _proxy: Any) -> None:
    """Before a connection of the pool is used again. A server that ends one says so, and words
    that wait unread on a connection at rest are such a farewell: seen without asking. Only after
    a long rest, in which a network may have dropped it in silence, is the server asked."""
    since = record.info.get("idle_since")
    if since is None:
        return
    farewell = select.poll()
    farewell.register(connection.pgconn.socket, select.POLLIN)
    if farewell.poll(0):
        raise DisconnectionError
    if time.monotonic() - since > LONG_REST:
        try:
            connection.execute("SELECT 1")
            connection.rollback()
        except connection.Error:
            raise DisconnectionError from None


def _begin(connection: Connection) -> None:
    mode = connection.get_execution_options().get("sqlite_begin", "")
    connection.exec_driver_sql(f"BEGIN {mode}")


@contextmanager
def writing(engine: Engine | None = None) -> Iterator[Connection]:
    """A short transaction that writes: committed at the end, rolled back by any exception.

    Needs an app context unless given an engine. On SQLite it waits for its turn at the start,
    so reading first and writing later cannot fail.
    """
    engine = engine or db.engine
    with engine.connect().execution_options(sqlite_begin="IMMEDIATE") as connection:
        hooks = connection.info["after_commit"] = list[Callable[[], None]]()
        try:
            with connection.begin():
                yield connection
        finally:
            del connection.info["after_commit"]
    if engine.dialect.name == "sqlite":
        checkpoints.soon(engine)
    for hook in hooks:
        hook()


def after_commit(connection: Connection, hook: Callable[[], None]) -> None:
    """Call `hook` once the surrounding `writing()` has committed; never if it rolls back."""
    connection.info["after_commit"].append(hook)


@contextmanager
def nested(connection: Connection) -> Iterator[None]:
    """Part of a transaction: what fails in it leaves nothing behind, nor what it wanted done after
    the commit."""
    hooks = connection.info["after_commit"]
    before = len(hooks)
    try:
        with connection.begin_nested():
            yield
    except BaseException:
        del hooks[before:]
        raise


@contextmanager
def asking(engine: Engine | None = None) -> Iterator[Connection]:
    """A question or two that need not agree with each other: no transaction around them."""
    engine = engine or db.engine
    lite = engine.dialect.name == "sqlite"
    options = {} if lite else {"isolation_level": "AUTOCOMMIT"}
    with engine.connect().execution_options(**options) as connection:
        yield connection


@contextmanager
def reading(engine: Engine | None = None) -> Iterator[Connection]:
    """A transaction whose every query sees the same moment. Writing in it is an error."""
    engine = engine or db.engine
    options = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
    lite = engine.dialect.name == "sqlite"
    with engine.connect().execution_options(**({} if lite else options)) as connection:
        if lite:
            connection.connection.execute("PRAGMA query_only = ON")
        try:
            with connection.begin():
                yield connection
        finally:
            if lite:
                connection.connection.execute("PRAGMA query_only = OFF")
