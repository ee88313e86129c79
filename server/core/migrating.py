"""Bringing a database to the shape that the models expect."""

from __future__ import annotations

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, text

from server.core.config import ROOT
from server.core.db import writing

# Any number, the same in every process: only one migrates a PostgreSQL database at a time.
LOCK = 0x6B65_7368


def migrate(engine: Engine) -> bool:
    """Apply the missing migrations in one transaction; whether there were any."""
    with writing(engine) as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
        if _version(connection) == ScriptDirectory(str(ROOT / "migrations")).get_current_head():
            return False
        config = Config()
        config.set_main_option("script_location", str(ROOT / "migrations"))
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
    return True


def _version(connection: Connection) -> str | None:
    if not connection.dialect.has_table(connection, "alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
