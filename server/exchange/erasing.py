"""What imports keep of erased records: their rows, and the files that they came from."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, select, update

from server.core.db import after_commit
from server.core.work import Work, chunks
from server.files import store

from .keeping import key
from .tables import IMPORTING, ROWS


def erase_imported(connection: Connection, org: int, works: list[Work]) -> None:
    """An eraser. The file goes whole: which of its lines were about them, only it could tell."""
    c, found = ROWS.c, set()
    ours = select(IMPORTING.c.id).where(IMPORTING.c.org == org)
    for some in chunks(work.id for work in works):
        mine = [c.rec.in_(some), c.importing.in_(ours)]
        found |= set(connection.scalars(select(c.importing).where(*mine)))
        connection.execute(update(ROWS).where(*mine).values(what=None))
    here: Any = update(IMPORTING).where(IMPORTING.c.org == org, IMPORTING.c.id.in_(sorted(found)))
    if found:
        connection.execute(here.values(sample=[]))
        names = [key(org, one, name) for one in sorted(found) for name in ("original", "rows")]
        after_commit(connection, lambda: store.remove(names))
