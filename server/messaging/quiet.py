"""A person's quiet hours, on their own clock: nothing wakes them until those are over."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlalchemy import Connection

from server.core.zones import instant_from_local, instant_of, local

from .recipient import recipient


def quiet_until(connection: Connection, person: str, now: datetime) -> datetime | None:
    """When the quiet hours that now are will end; None outside them."""
    found = recipient(connection, person)
    return ends(found.doc["quiet_from"], found.doc["quiet_to"], found.zone, now) if found else None


def ends(start: str | None, end: str | None, zone: str, now: datetime) -> datetime | None:
    """`start` and `end` are HH:MM; from 22:00 to 07:00 goes over midnight."""
    there = local(now.strftime("%Y-%m-%dT%H:%M:%SZ"), zone)
    if not start or not end or start == end or not there:
        return None
    day, clock = there
    night = start > end
    if not (clock >= start or clock < end if night else start <= clock < end):
        return None
    if night and clock >= start:
        day = (date.fromisoformat(day) + timedelta(days=1)).isoformat()
    return instant_of(instant_from_local(day, end, zone))
