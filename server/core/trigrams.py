"""Search indexes by trigrams over the `search` column. One name on both engines.

SQLite: an FTS5 table without content of its own, kept by triggers; it only says which rows have
certain trigrams, and whoever asks must compare the text as well. PostgreSQL: a pg_trgm index,
which needs a database whose character type is UTF-8 (in the C locale Hebrew has no trigrams).
"""

from __future__ import annotations

from sqlalchemy import Connection

from .skeleton import WRITTEN

TABLE = (
    "CREATE VIRTUAL TABLE {t}_fts USING fts5(search, content='{t}', content_rowid='n',"
    " tokenize='trigram case_sensitive 1', detail='none', columnsize=0)"
)
TRIGGERS = {
    "insert": "CREATE TRIGGER {t}_fts_insert AFTER INSERT ON {t} BEGIN"
    " INSERT INTO {t}_fts(rowid, search) VALUES (new.n, new.search); END",
    "delete": "CREATE TRIGGER {t}_fts_delete AFTER DELETE ON {t} BEGIN"
    " INSERT INTO {t}_fts({t}_fts, rowid, search) VALUES ('delete', old.n, old.search); END",
    "update": "CREATE TRIGGER {t}_fts_update AFTER UPDATE OF search ON {t}"
    " WHEN old.search IS NOT new.search BEGIN"
    " INSERT INTO {t}_fts({t}_fts, rowid, search) VALUES ('delete', old.n, old.search);"
    " INSERT INTO {t}_fts(rowid, search) VALUES (new.n, new.search); END",
}
HASH = 1 << 24  # bytes of terms that FTS5 gathers before it writes them: fewer, larger segments
USUAL_HASH = 1 << 20
POSTGRES = (
    "CREATE EXTENSION IF NOT EXISTS pg_trgm",
    "CREATE INDEX ix_{t}_search ON {t} USING gin (search gin_trgm_ops)",
)
# Which trigrams there are, and in how many texts; and the texts that are too short for any.
PAIRS = (
    "CREATE VIRTUAL TABLE {t}_terms USING fts5vocab('{t}_fts', 'row')",
    "CREATE INDEX ix_{t}_brief_search ON {t} (search) WHERE length(search) < 3",
)
# SQLite: where what a number names stands in the order of titles, see picking.py.
PLACE = "CREATE INDEX ix_{t}_place_search ON {t} (n, org, deleted, sort, id)"
# PostgreSQL: letters that may follow a pair, see pairs.py. Few texts have others besides them and
# ASCII; those stand in an index of their own, whose condition must be repeated word for word.
LETTERS = "".join(
    chr(code)
    for low, high in ("09", "az", "αω", "аџ", "את", "ءغ", "في")
    for code in range(ord(low), ord(high) + 1)
) + "پچژکگی"
ODD = f"[^ -~{LETTERS}{''.join(WRITTEN.values())}]"
ODD_INDEX = "CREATE INDEX ix_{t}_odd_search ON {t} (n) WHERE search ~ '{odd}'"


def hash_size(table: str, size: int) -> tuple[str, tuple[int]]:
    """A statement and its values."""
    return f"INSERT INTO {table}_fts({table}_fts, rank) VALUES ('hashsize', ?)", (size,)  # noqa: S608


def _is_lite(connection: Connection) -> bool:
    return connection.dialect.name == "sqlite"


def add(connection: Connection, table: str) -> None:
    """Index the `search` column of a table; for migrations."""
    for statement in (TABLE, *TRIGGERS.values()) if _is_lite(connection) else POSTGRES:
        connection.exec_driver_sql(statement.format(t=table))


def drop(connection: Connection, table: str) -> None:
    if not _is_lite(connection):
        connection.exec_driver_sql(f"DROP INDEX ix_{table}_search")
        return
    for event in TRIGGERS:
        connection.exec_driver_sql(f"DROP TRIGGER {table}_fts_{event}")
    connection.exec_driver_sql(f"DROP TABLE {table}_fts")


def add_pairs(connection: Connection, table: str) -> None:
    """Make words of two letters findable along an index that `add` has made; for migrations."""
    if _is_lite(connection):
        for statement in PAIRS:
            connection.exec_driver_sql(statement.format(t=table))


def drop_pairs(connection: Connection, table: str) -> None:
    if _is_lite(connection):
        connection.exec_driver_sql(f"DROP INDEX ix_{table}_brief_search")
        connection.exec_driver_sql(f"DROP TABLE {table}_terms")


def add_odd(connection: Connection, table: str) -> None:
    """The same for PostgreSQL; for migrations."""
    if not _is_lite(connection):
        connection.exec_driver_sql(ODD_INDEX.format(t=table, odd=ODD))


def drop_odd(connection: Connection, table: str) -> None:
    if not _is_lite(connection):
        connection.exec_driver_sql(f"DROP INDEX ix_{table}_odd_search")


def add_places(connection: Connection, table: str) -> None:
    """Let what an index knows by numbers be put in order without a look at it; for migrations."""
    if _is_lite(connection):
        connection.exec_driver_sql(PLACE.format(t=table))


def drop_places(connection: Connection, table: str) -> None:
    if _is_lite(connection):
        connection.exec_driver_sql(f"DROP INDEX ix_{table}_place_search")
