"""Ending a device: signed out, or wiped, from afar or by the person who holds it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, delete, select, update

from .devices import ACTIVE, DEVICE, SIGNED_OUT, WIPED, WIPING, reach
from .people import Session, Token
from .permissions import Viewer

SESSION: Any = Session.__table__
TOKEN: Any = Token.__table__


def sign_out(connection: Connection, viewer: Viewer, id_: str) -> bool:
    """It drops what it holds at its next contact, and keeps unsent work for its person."""
    this = reach(viewer) & (DEVICE.c.id == id_) & (DEVICE.c.state == ACTIVE)
    return _end(connection, this, SIGNED_OUT)


def wipe(connection: Connection, viewer: Viewer, id_: str) -> bool:
    """Everything of its person goes from it at its next contact, unsent work as well."""
    this = reach(viewer) & (DEVICE.c.id == id_) & (DEVICE.c.state != WIPED)
    return _end(connection, this, WIPING)


def spare(connection: Connection, viewer: Viewer, id_: str) -> bool:
    """Call off a wipe that was not carried out yet. It stays signed out."""
    this = reach(viewer) & (DEVICE.c.id == id_) & (DEVICE.c.state == WIPING)
    change = update(DEVICE).where(this).values(state=SIGNED_OUT, state_at=datetime.now(UTC))
    return bool(connection.execute(change).rowcount)


def left(connection: Connection, session: str) -> None:
    """The person has signed out there."""
    _end(connection, (DEVICE.c.session == session) & (DEVICE.c.state == ACTIVE), SIGNED_OUT)


def _end(connection: Connection, these: Any, state: str) -> bool:
    """The one way for a device to end: without its session or token, and in `state`. Nothing is
    known of a browser that never synced, so nothing has to be told to it."""
    query = select(DEVICE.c.id, DEVICE.c.session, DEVICE.c.token, DEVICE.c.device).where(these)
    rows = connection.execute(query).all()
    ids = [row.id for row in rows]
    sessions = [row.session for row in rows if row.session]
    tokens = [row.token for row in rows if row.token]
    connection.execute(delete(SESSION).where(SESSION.c.id.in_(sessions)))
    connection.execute(delete(TOKEN).where(TOKEN.c.hash.in_(tokens)))
    connection.execute(delete(DEVICE).where(DEVICE.c.id.in_(ids), DEVICE.c.device.is_(None)))
    ended = {"state": state, "state_at": datetime.now(UTC), "session": None, "token": None}
    connection.execute(update(DEVICE).where(DEVICE.c.id.in_(ids)).values(ended))
    return bool(ids)
