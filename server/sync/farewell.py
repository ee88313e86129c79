"""What a device is told that may go on no longer, and what it confirms."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import update

from server.core.db import asking, writing
from server.core.devices import DEVICE, SIGNED_OUT, WIPED, by_name, is_doomed

from .asking import Asked


def rows_of(asked: Asked, people: Sequence[str]) -> list[Any]:
    with asking() as connection:
        return by_name(connection, asked.device, people)


def still_to_wipe(asked: Asked, others: list[Any], wipe: list[str]) -> list[str]:
    """Whom it has wiped as it was told to is noted; the rest it is told again."""
    done = [row.id for row in others if row.person in asked.wiped and row.person in wipe]
    note_wiped(done)
    return [person for person in wipe if person not in asked.wiped]


def note_wiped(ids: list[str]) -> None:
    if ids:
        now = datetime.now(UTC)
        with writing() as connection:
            these = update(DEVICE).where(DEVICE.c.id.in_(ids))
            connection.execute(these.values(state=WIPED, state_at=now, pending=0, held=0))


def farewell(asked: Asked) -> str:
    """What a device is told whose session is gone: a code of PROTOCOL.md. The device's own name
    for itself, which nobody else knows, is enough to be told that it has been ended."""
    people = [*asked.whose, *asked.wiped]
    rows = rows_of(asked, people) if people else []
    note_wiped([row.id for row in rows if row.person in asked.wiped and is_doomed(row)])
    here = next((row for row in rows if row.person == people[0]), None)
    if here is not None and (is_doomed(here) or here.state == WIPED):
        return "wiped"
    return "ended" if here is not None and here.state == SIGNED_OUT else "signed_out"
