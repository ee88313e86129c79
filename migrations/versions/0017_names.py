"""Names are found across scripts: search texts have their skeletons

Revision: 0017
Follows: 0021
"""

from __future__ import annotations

from collections.abc import Iterator

import sqlalchemy as sa
from alembic import op

from server.core import trigrams
from server.core.skeleton import searched

revision = "0017"
down_revision = "0021"
branch_labels = None
depends_on = None

NAMED = ("account", "contact", "own_record")
SEARCHED = (*NAMED, "activity", "task", "person", "team", "branch", "file")
PORTION = 5_000


def upgrade() -> None:
    connection = op.get_bind()
    for table in NAMED:
        for n, name, search in _rows(connection, table):
            _put(connection, table, n, f"{search} {searched(name)}".strip())
    for table in SEARCHED:  # its condition knows the letters of skeletons now
        trigrams.drop_odd(connection, table)
        trigrams.add_odd(connection, table)


def downgrade() -> None:
    connection = op.get_bind()
    for table in NAMED:
        for n, _, search in _rows(connection, table):
            words = [word for word in search.split(" ") if not word.startswith("_")]
            _put(connection, table, n, " ".join(words))


def _rows(connection: sa.Connection, table: str) -> Iterator[sa.Row]:
    """All, portion by portion."""
    last = 0
    while rows := connection.execute(
        sa.text(f"SELECT n, name, search FROM {table} WHERE n > :n ORDER BY n LIMIT {PORTION}"),  # noqa: S608
        {"n": last},
    ).all():
        yield from rows
        last = rows[-1].n


def _put(connection: sa.Connection, table: str, n: int, search: str) -> None:
    statement = sa.text(f"UPDATE {table} SET search = :search WHERE n = :n")  # noqa: S608
    connection.execute(statement, {"search": search, "n": n})
