"""A device shows itself: who it belongs to, whether it is a copy, and what it has to be told.

Before the push, in a short transaction of its own, and only where something has changed: see
"Devices" in PROTOCOL.md.
"""

from __future__ import annotations

import secrets
from datetime import UTC, datetime, timedelta
from typing import Any

from flask import request
from sqlalchemy import and_, bindparam, delete, update

from server.core.agents import name_of
from server.core.db import writing
from server.core.devices import ACTIVE, DEVICE, WIPING, blank, is_doomed
from server.core.identity import Signed
from server.core.persisting import upsert

from .asking import Asked
from .farewell import note_wiped, rows_of, still_to_wipe

SELDOM = timedelta(seconds=60)  # how often a device without news is noted
TRIES = 3
# A device's row, unless somebody else has noted something of it meanwhile
UNCHANGED = update(DEVICE).where(
    DEVICE.c.id == bindparam("this"), DEVICE.c.ticket.is_not_distinct_from(bindparam("shown"))
)


class Ended(Exception):
    """The device may not sync: `code` says why, and what it has to do."""

    def __init__(self, status: int, code: str) -> None:
        super().__init__(code)
        self.status, self.code = status, code


Name = dict[str, str]  # {id, name} of a device


def meet(signed: Signed, asked: Asked) -> tuple[dict[str, Any], Name | None]:
    """What the answer has to say besides, a new `ticket` and whom to `wipe`; and what the device is
    called. Raises Ended."""
    if asked.whose and asked.whose[0] != signed.viewer.id:
        raise Ended(401, "signed_out")  # the work of one person is never taken as another's
    mine: Any = None
    for _ in range(TRIES):
        rows = rows_of(asked, [signed.viewer.id, *asked.whose])
        others = [row for row in rows if row.person != signed.viewer.id]
        mine = next((row for row in rows if row not in others), None)
        if mine is None:
            noted = _first(signed, asked)
        else:
            told = _note(signed, asked, mine)
            noted = None if told is None else (told, _named(mine))
        if noted:
            wipe = [row.person for row in others if is_doomed(row)]
            more = {"wipe": still_to_wipe(asked, others, wipe)} if wipe else {}
            return noted[0] | more, noted[1]
    # Others are at it: what they note of this device is as true
    return {}, None if mine is None else _named(mine)


def _named(row: Any) -> Name:
    return {"id": row.id, "name": row.name}


def _note(signed: Signed, asked: Asked, mine: Any) -> dict[str, Any] | None:
    """None where somebody else was quicker."""
    now = datetime.now(UTC)
    if mine.state == WIPING:
        note_wiped([mine.id] if mine.person in asked.wiped else [])
        raise Ended(401, "wiped")
    if asked.ticket and mine.ticket and asked.ticket != mine.ticket:
        if (asked.ticket, _first_op(asked)) != (mine.ticket_before, mine.ticket_op):
            raise Ended(409, "cloned")
        return {"ticket": mine.ticket}  # it did not get our last answer
    values = _values(signed, asked, mine)
    if not _is_news(values, asked, mine, now):
        return {}
    values |= {"last_sync": now, **_ticket(asked, mine.ticket)}
    if mine.state != ACTIVE:
        values |= {"state": ACTIVE, "state_at": now}
    with writing() as connection:
        this = {"this": mine.id, "shown": mine.ticket}
        if not connection.execute(UNCHANGED, values | this).rowcount:
            return None
        if signed.session != mine.session:
            _forget_browser(connection, signed)
    return {"ticket": values["ticket"]} if asked.tickets else {}


def _first(signed: Signed, asked: Asked) -> tuple[dict[str, Any], Name] | None:
    """A device not seen before. What its browser was called at signing in is now its row."""
    now = datetime.now(UTC)
    row = blank(signed.viewer.org, signed.viewer.id, name_of(request.headers))
    row |= {"device": asked.device, "last_sync": now, "pending": 0, "failed": 0, "held": 0}
    row |= _values(signed, asked, None) | _ticket(asked, None)
    with writing() as connection:
        made = connection.execute(upsert(connection, DEVICE).values(row).on_conflict_do_nothing())
        if not made.rowcount:
            return None
        _forget_browser(connection, signed)
    told = {"ticket": row["ticket"]} if asked.tickets else {}
    return told, {"id": row["id"], "name": row["name"]}


def _forget_browser(connection: Any, signed: Signed) -> None:
    this = and_(DEVICE.c.session == signed.session, DEVICE.c.device.is_(None))
    if signed.session:
        connection.execute(delete(DEVICE).where(this))


def _values(signed: Signed, asked: Asked, mine: Any) -> dict[str, Any]:
    version = request.headers.get("X-App-Version", "")[:40] or (mine.version if mine else "")
    return {"session": signed.session, "token": signed.token, "version": version, **asked.has}


def _is_news(values: dict[str, Any], asked: Asked, mine: Any, now: datetime) -> bool:
    if asked.ops or mine.state != ACTIVE or (asked.tickets and asked.ticket is None):
        return True
    changed = any(_differs(name, getattr(mine, name), one) for name, one in values.items())
    return changed or mine.last_sync is None or now - mine.last_sync >= SELDOM


def _differs(name: str, before: Any, after: Any) -> bool:
    """How many records it holds is another number with each that comes: a tenth of them is news."""
    if name == "held" and before:
        return bool(abs(after - before) * 10 > before)
    return bool(before != after)


def _ticket(asked: Asked, before: str | None) -> dict[str, Any]:
    """A new one for those who know of tickets; the last one is remembered with what it brought."""
    if not asked.tickets:
        return {}
    new = secrets.token_urlsafe(12)
    return {"ticket": new, "ticket_before": before, "ticket_op": _first_op(asked)}


def _first_op(asked: Asked) -> str:
    """What a device sends again if it got no answer begins with the same operation."""
    first = asked.ops[0] if asked.ops else {}
    return str(first.get("id", ""))[:64] if isinstance(first, dict) else ""
