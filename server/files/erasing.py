"""The bytes of erased files, wherever they are: kept, or still coming in."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, delete, select

from server.core.db import after_commit
from server.core.work import Work

from . import store
from .arriving import BLOBS, key
from .coming import PIECES, UPLOADS
from .entities import File

LOOKS = ("original", "preview", "thumb")


def erase_files(connection: Connection, org: int, works: list[Work]) -> None:
    """An eraser. Bytes that a file of somebody else has as well stay for that one."""
    files = [work for work in works if work.entity.type == "file"]
    names = [name for work in files for name in _pieces(connection, org, work.id)]
    for sha256 in {_stored(work) for work in files} - {None}:
        names += _content(connection, org, str(sha256), [work.id for work in files])
    if names:
        after_commit(connection, lambda: store.remove(names))


def _stored(work: Work) -> Any:
    return next((before for name, before, _ in work.changes if name == "stored"), None)


def _content(connection: Connection, org: int, sha256: str, gone: list[str]) -> list[str]:
    c: Any = File.spec.table.c
    others = select(c.id).where(c.org == org, c.stored == sha256, c.id.not_in(gone)).limit(1)
    if connection.execute(others).first() is not None:
        return []
    connection.execute(delete(BLOBS).where(BLOBS.c.org == org, BLOBS.c.sha256 == sha256))
    return [key(org, sha256, look) for look in LOOKS]


def _pieces(connection: Connection, org: int, upload: str) -> list[str]:
    mine = [PIECES.c.org == org, PIECES.c.upload == upload]
    names = list(connection.scalars(select(PIECES.c.name).where(*mine)))
    connection.execute(delete(PIECES).where(*mine))
    connection.execute(delete(UPLOADS).where(UPLOADS.c.org == org, UPLOADS.c.id == upload))
    return names
