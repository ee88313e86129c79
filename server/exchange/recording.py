"""The log of exports: written before the first record leaves, and closed with the last."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from flask import request
from sqlalchemy import Connection, insert, select, update
from uuid_utils.compat import uuid7

from server.core import deeds
from server.core.db import writing
from server.core.identity import Signed
from server.core.permissions import Viewer

from .leaving import Wish
from .tables import EXPORTED

LONGEST = 2_000  # characters of a query that are kept
PAGE = 50


def opened(signed: Signed, wish: Wish, form: str) -> str:
    """Its number in the log."""
    row = {
        "id": str(uuid7()), "org": signed.viewer.org, "person": signed.viewer.id,
        "type": wish.entity.type, "format": form,
        "asked": request.query_string.decode("ascii", "replace")[:LONGEST],
        "fields": json.dumps([one.name for one in wish.fields]),
        "at": datetime.now(UTC), "address": request.remote_addr or "",
    }  # fmt: skip
    with writing() as connection:
        connection.execute(insert(EXPORTED).values(row))
        about = f"{wish.entity.path}.{form} {row['asked']}".rstrip()
        viewer = signed.viewer
        deeds.note(connection, viewer.org, viewer.id, "exported", about, signed.via)
    return str(row["id"])


def closed(id_: str, n: int) -> None:
    with writing() as connection:
        connection.execute(update(EXPORTED).where(EXPORTED.c.id == id_).values(n=n))


def listed(
    connection: Connection, viewer: Viewer, everybody: bool, after: str | None
) -> tuple[list[Any], str | None]:
    """The latest exports, one's own or all, and where the next page begins."""
    c = EXPORTED.c
    query = select(EXPORTED).where(c.org == viewer.org).order_by(c.id.desc()).limit(PAGE + 1)
    query = query if everybody else query.where(c.person == viewer.id)
    rows = list(connection.execute(query.where(c.id < after) if after else query))
    return rows[:PAGE], rows[PAGE - 1].id if len(rows) > PAGE else None
