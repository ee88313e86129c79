"""Instants ('YYYY-MM-DDTHH:MM:SSZ', UTC) and a person's clock. Equal to pwa/views/zones.js."""

import re
from datetime import UTC, datetime, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo

from server.core.almanac import day_of
from server.core.text import fold

_INSTANT = re.compile(
    r"([1-8][0-9]{3}-[0-9]{2}-[0-9]{2})T((?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9])(?:\.[0-9]+)?Z"
)
_TIME = re.compile(r"([0-9]{1,2})[:.]([0-9]{2})(?:[:.][0-5][0-9])?")


@lru_cache(maxsize=1024)
def _zone(name: str | None) -> tzinfo:
    """UTC for a zone that does not exist."""
    try:
        return ZoneInfo(name or "UTC")
    except (KeyError, ValueError, OSError):
        return UTC


def instant_of(iso: str | None) -> datetime | None:
    match = _INSTANT.fullmatch(iso or "")
    if not match or not day_of(match[1]):
        return None
    return datetime.fromisoformat(f"{match[1]}T{match[2]}+00:00")


def local(iso: str | None, zone: str | None) -> tuple[str, str] | None:
    """Date and HH:MM on the clocks of the zone; None for what is no instant."""
    at = instant_of(iso)
    if not at:
        return None
    there = at.astimezone(_zone(zone))
    return there.date().isoformat(), there.strftime("%H:%M")


def today(now: str, zone: str | None) -> str:
    """The date in the zone at an instant; empty for what is no instant."""
    there = local(now, zone)
    return there[0] if there else ""


def parse_time(text: str | None) -> str | None:
    """HH:MM of a typed 24-hour time in any digits, 9:05 or 09.05; else None."""
    match = _TIME.fullmatch(fold(text))
    if not match or int(match[1]) > 23 or int(match[2]) > 59:
        return None
    return f"{int(match[1]):02d}:{match[2]}"


def instant_from_local(date: str | None, time: str | None, zone: str | None) -> str | None:
    """The instant that the zone's clocks show as this date and time; None for what is neither.

    A time that a change of clocks repeats is its first; one that it skips is read with the offset
    before the change (02:30 becomes 03:30), as RFC 5545 says.
    """
    day, clock = day_of(date), parse_time(time)
    if not day or not clock:
        return None
    there = datetime.fromisoformat(f"{day.isoformat()}T{clock}").replace(tzinfo=_zone(zone))
    return there.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
