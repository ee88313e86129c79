"""Begun, paused, gone on with, taken back: the turns of an import and of a change of many."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection
from werkzeug.exceptions import Conflict

from server.core.db import writing
from server.core.jobs import enqueue
from server.core.permissions import Viewer

from . import keeping, running, undoing

STARTABLE = (keeping.DRAFT, keeping.PAUSED, keeping.FAILED)
UNDOABLE = (keeping.DONE, keeping.PAUSED, keeping.FAILED)

JOBS = {keeping.RUNNING: running.JOB, keeping.UNDOING: undoing.JOB}


def start(connection: Connection, row: Any, status: str) -> None:
    """Have a worker carry it out, or take it back, from where it stands."""
    turn = row.turn + 1
    keeping.put(connection, row.id, status=status, turn=turn, error=None)
    enqueue(connection, JOBS[status], org=row.org, import_=row.id, turn=turn)


def run(viewer: Viewer, id_: str) -> None:
    """Begin, or go on after a pause. Raises NotFound, Conflict."""
    with writing() as connection:
        row = _in(connection, viewer, id_, STARTABLE)
        if row.status == keeping.DRAFT:
            keeping.put(connection, id_, at=datetime.now(UTC))
        start(connection, row, keeping.RUNNING)


def pause(viewer: Viewer, id_: str) -> None:
    """Too late is no error."""
    with writing() as connection:
        row = keeping.one(connection, viewer, id_, lock=True)
        if row.status == keeping.RUNNING:
            keeping.put(connection, id_, status=keeping.PAUSED)


def undo(viewer: Viewer, id_: str) -> None:
    """Take it back, as far as it came. Raises NotFound, Conflict."""
    with writing() as connection:
        row = _in(connection, viewer, id_, UNDOABLE)
        start(connection, row, keeping.UNDOING)


def _in(connection: Connection, viewer: Viewer, id_: str, statuses: tuple[str, ...]) -> Any:
    row = keeping.one(connection, viewer, id_, lock=True)
    if row.status not in statuses:
        raise Conflict
    return row
