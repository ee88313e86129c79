"""Search indexes by trigrams over the `search` column; for migrations. One name on both engines.

SQLite: an FTS5 table without content of its own, kept by triggers. PostgreSQL: a pg_trgm index,
which needs a database whose character type is UTF-8 (in the C locale Hebrew has no trigrams).
"""

from __future__ import annotations

from sqlalchemy import Connection

LITE = (
    "CREATE VIRTUAL TABLE {t}_fts USING fts5"
    "(search, content='{t}', content_rowid='n', tokenize='trigram', detail='full')",
    "CREATE TRIGGER {t}_fts_insert AFTER INSERT ON {t} BEGIN"
    " INSERT INTO {t}_fts(rowid, search) VALUES (new.n, new.search); END",
    "CREATE TRIGGER {t}_fts_delete AFTER DELETE ON {t} BEGIN"
    " INSERT INTO {t}_fts({t}_fts, rowid, search) VALUES ('delete', old.n, old.search); END",
    "CREATE TRIGGER {t}_fts_update AFTER UPDATE OF search ON {t}"
    " WHEN old.search IS NOT new.search BEGIN"
    " INSERT INTO {t}_fts({t}_fts, rowid, search) VALUES ('delete', old.n, old.search);"
    " INSERT INTO {t}_fts(rowid, search) VALUES (new.n, new.search); END",
)
POSTGRES = (
    "CREATE EXTENSION IF NOT EXISTS pg_trgm",
    "CREATE INDEX ix_{t}_search ON {t} USING gin (search gin_trgm_ops)",
)


def add(connection: Connection, table: str) -> None:
    """Index the `search` column of a table."""
    lite = connection.dialect.name == "sqlite"
    for statement in LITE if lite else POSTGRES:
        connection.exec_driver_sql(statement.format(t=table))


def drop(connection: Connection, table: str) -> None:
    if connection.dialect.name == "sqlite":
        for event in ("insert", "delete", "update"):
            connection.exec_driver_sql(f"DROP TRIGGER {table}_fts_{event}")
        connection.exec_driver_sql(f"DROP TABLE {table}_fts")
    else:
        connection.exec_driver_sql(f"DROP INDEX ix_{table}_search")
