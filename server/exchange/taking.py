"""A file that somebody chose: read once, made into a table, kept with a guess at its meaning."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from werkzeug.datastructures import FileStorage

from server.core.db import writing
from server.core.entity import Entity
from server.core.permissions import Viewer
from server.files.arriving import scratch
from server.files.posting import name_of

from . import keeping
from .faults import Unfit
from .guessing import guess
from .plan import usual_keys
from .sources.reading import Table, read
from .sources.table import Options

MEGABYTES = 200
LARGEST = MEGABYTES * 1024 * 1024


def take(viewer: Viewer, entity: Entity, sent: FileStorage) -> str:
    """The id of the draft. Raises Unfit."""
    if not sent.filename:
        raise Unfit("no_file")
    with scratch() as path, scratch() as target:
        with path.open("wb") as file:
            shutil.copyfileobj(sent.stream, file)
        if path.stat().st_size > LARGEST:
            raise Unfit("too_large")
        table = read(path, target, {})
        found = _said(table) | {"plan": _plan(entity, table, viewer)}
        id_ = keeping.begin(viewer, entity.type, name_of(sent.filename), found)
        keeping.keep_files(viewer.org, id_, path, target)
    return id_


def again(viewer: Viewer, row: Any, entity: Entity, options: Options) -> None:
    """The same file read otherwise: another encoding, separator or sheet. Raises Unfit."""
    with keeping.file_of(row, "original") as path, scratch() as target:
        table = read(path, target, options)
        keeping.keep_files(row.org, row.id, Path(path), target)
    found = _said(table)
    if table.columns != row.columns:
        found["plan"] = _plan(entity, table, viewer)
    with writing() as connection:
        keeping.put(connection, row.id, **found)


def _said(table: Table) -> dict[str, Any]:
    return {
        "format": table.format, "options": table.options, "columns": table.columns,
        "sample": table.sample, "sheets": table.sheets, "total": table.total,
    }  # fmt: skip


def _plan(entity: Entity, table: Table, viewer: Viewer) -> dict[str, Any]:
    targets = guess(entity, table.columns, table.sample, viewer)
    owner = "column" if "owner" in targets else "me"
    return {"targets": targets, "keys": usual_keys(entity, targets), "owner": owner}
