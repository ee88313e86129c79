"""Bringing a database to the shape that the models expect."""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy import Connection, Engine, NullPool, create_engine, event, text

from server.core.config import ROOT
from server.core.db import engine_options, prepare, writing

# Any number, the same in every process: only one migrates a PostgreSQL database at a time.
LOCK = 0x6B65_7368
FOLLOWS = re.compile(r'^down_revision = "(\w+)"', re.MULTILINE)
SCRIPTS = ROOT / "migrations" / "versions"


def known() -> set[str]:
    """The revisions that this program has migrations up to: their files begin with them."""
    return {path.name.split("_")[0] for path in SCRIPTS.glob("[0-9]*_*.py")}


def head() -> str:
    """The last of them: the one that none follows, whatever its number."""
    followed = {found for path in SCRIPTS.glob("[0-9]*_*.py")
                for found in FOLLOWS.findall(path.read_text())}  # fmt: skip
    return max(known() - followed)


def migrate(engine: Engine) -> bool:
    """Apply the missing migrations in one transaction; whether there were any."""
    with writing(lenient(engine)) as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
        if version(connection) == head():
            return False
        upgrade(connection)
    return True


def upgrade(connection: Connection, to: str = "head") -> None:
    """Apply the migrations up to a revision within the caller's transaction."""
    # Imported late: each start asks whether there is something to migrate, and mostly there isn't.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(ROOT / "migrations"))
    config.attributes["connection"] = connection
    command.upgrade(config, to)
    check_references(connection)


def check_references(connection: Connection) -> None:
    """Raises RuntimeError where SQLite, while lenient, was left with references to nothing."""
    if connection.dialect.name == "sqlite":
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
        if broken:
            raise RuntimeError(f"references to nothing: {broken[:5]}")


def is_known(revision: str) -> bool:
    """Does this program have the migrations up to a revision?"""
    return revision in known()


def lenient(engine: Engine) -> Engine:
    """An engine for migrations and for loading whole tables.

    SQLite changes a table by making it anew; with foreign keys enforced, dropping the old one
    would delete the rows that refer to it, and inside a transaction they cannot be turned off.
    """
    if engine.dialect.name != "sqlite":
        return engine
    arguments = engine_options(str(engine.url))["connect_args"]
    own = create_engine(engine.url, connect_args=arguments, poolclass=NullPool)
    prepare(own)
    event.listen(own, "connect", lambda raw, _: raw.execute("PRAGMA foreign_keys = OFF"))
    return own


def ours(_item: Any, name: str | None, kind: str, reflected: bool, model: Any) -> bool:
    """Whether alembic compares this: not what has no model, as search indexes and other
    programs' tables."""
    foreign = kind == "table" or (kind == "index" and str(name).endswith("_search"))
    return not (foreign and reflected and model is None)


def version(connection: Connection) -> str | None:
    """The revision that a database is at; None before the first."""
    if not connection.dialect.has_table(connection, "alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
