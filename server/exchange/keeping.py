"""The rows of imports and of their templates, for whoever may see them; and their files."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update
from uuid_utils.compat import uuid7
from werkzeug.exceptions import NotFound

from server.core import devices
from server.core.db import reading, writing
from server.core.jobs import job
from server.core.kinds import UUID
from server.core.permissions import Viewer
from server.files import store
from server.files.arriving import scratch

from .faults import Unfit
from .tables import IMPORTING, ROWS, TEMPLATES

DRAFT, RUNNING, PAUSED, DONE = "draft", "running", "paused", "done"
UNDOING, UNDONE, FAILED = "undoing", "undone", "failed"
PAGE = 50
COUNTS = ("turn", "done", "made", "changed", "same", "refused", "undone", "kept")
KEPT_DRAFTS, KEPT_FILES = timedelta(days=3), timedelta(days=90)
SWEEP = "sweep"  # the format of a change of many records: it has no file
C = IMPORTING.c


def one(connection: Connection, viewer: Viewer, id_: str, lock: bool = False) -> Any:
    """One's own import; administrators may look after those of others. Raises NotFound."""
    query = select(IMPORTING).where(C.org == viewer.org, C.id == id_)
    row = connection.execute(query.with_for_update() if lock else query).first()
    if row is None or not UUID.fullmatch(id_):
        raise NotFound
    if row.person != viewer.id and not devices.manages(viewer):
        raise NotFound
    return row


def known(connection: Connection, id_: str) -> bool:
    return connection.scalar(select(C.id).where(C.id == id_)) is not None


def listed(
    connection: Connection, viewer: Viewer, after: str, sweeps: bool = False
) -> tuple[list[Any], str | None]:
    """Imports, or changes of many records; the latest first, and where the next page begins."""
    kind = C.format == SWEEP if sweeps else C.format != SWEEP
    query = select(IMPORTING).where(C.org == viewer.org, kind)
    query = query.order_by(C.id.desc()).limit(PAGE + 1)
    query = query if devices.manages(viewer) else query.where(C.person == viewer.id)
    rows = list(connection.execute(query.where(C.id < after) if after else query))
    return rows[:PAGE], rows[PAGE - 1].id if len(rows) > PAGE else None


def put(connection: Connection, id_: str, **values: Any) -> None:
    connection.execute(update(IMPORTING).where(C.id == id_).values(**values))


def begin(
    viewer: Viewer, kind: str, name: str, found: dict[str, Any], id_: str | None = None
) -> str:
    """A new draft; its id."""
    id_ = id_ or str(uuid7())
    counts = dict.fromkeys(COUNTS, 0)
    row = {"id": id_, "org": viewer.org, "person": viewer.id, "type": kind, "name": name,
           "status": DRAFT, "error": None, "at": datetime.now(UTC), **counts, **found}  # fmt: skip
    with writing() as connection:
        connection.execute(insert(IMPORTING).values(row))
    return id_


def keep_files(org: int, id_: str, original: Path, table: Path) -> None:
    store.put(key(org, id_, "original"), original)
    keep_rows(org, id_, table)


def keep_rows(org: int, id_: str, table: Path) -> None:
    store.put(key(org, id_, "rows"), table)


def key(org: int, id_: str, name: str) -> str:
    return f"imports/{org}/{id_}/{name}"


@contextmanager
def file_of(row: Any, name: str) -> Iterator[Path]:
    """A copy on this machine: `original` or `rows`. Raises Unfit if it is kept no longer."""
    with scratch() as path:
        try:
            with path.open("wb") as file:
                for piece in store.read(key(row.org, row.id, name)):
                    file.write(piece)
        except FileNotFoundError:
            raise Unfit("gone") from None
        yield path


def remove(org: int, id_: str) -> None:
    with writing() as connection:
        connection.execute(delete(ROWS).where(ROWS.c.importing == id_))
        connection.execute(delete(IMPORTING).where(C.org == org, C.id == id_))
    store.remove(key(org, id_, name) for name in ("original", "rows"))


@job("purge-imports")
def purge_imports() -> None:
    """Forget drafts that nobody went on with, and after three months the files. What became of
    each row stays, so that an import can be undone as long as it is in the list."""
    now = datetime.now(UTC)
    with reading() as connection:
        drafts = select(C.org, C.id).where(C.status == DRAFT, C.at < now - KEPT_DRAFTS)
        old = connection.execute(drafts).all()
        span = (C.at < now - KEPT_FILES, C.at > now - KEPT_FILES - timedelta(days=2))
        files = connection.execute(select(C.org, C.id).where(*span)).all()
    for org, id_ in old:
        remove(org, id_)
    for org, id_ in files:
        store.remove(key(org, id_, name) for name in ("original", "rows"))


def templates(connection: Connection, viewer: Viewer, kind: str) -> list[Any]:
    """Everybody in the organisation may use them."""
    t = TEMPLATES.c
    query = select(TEMPLATES).where(t.org == viewer.org, t.type == kind)
    return list(connection.execute(query.order_by(t.name, t.id).limit(PAGE)))


def keep_template(viewer: Viewer, kind: str, name: str, body: dict[str, Any]) -> None:
    """One of the same name is replaced, if it is one's own."""
    t = TEMPLATES.c
    row = {"id": str(uuid7()), "org": viewer.org, "person": viewer.id, "type": kind, "name": name}
    mine = (t.org == viewer.org, t.type == kind, t.name == name, t.person == viewer.id)
    with writing() as connection:
        connection.execute(delete(TEMPLATES).where(*mine))
        connection.execute(insert(TEMPLATES).values(row | {"body": body}))


def forget_template(viewer: Viewer, id_: str) -> None:
    t = TEMPLATES.c
    mine = () if devices.manages(viewer) else (t.person == viewer.id,)
    with writing() as connection:
        connection.execute(delete(TEMPLATES).where(t.org == viewer.org, t.id == id_, *mine))
