"""Stretches of days by name, in the person's own calendar and week. Equal to ranges.js."""

from __future__ import annotations

from datetime import date

from server.core.almanac import day_of
from server.core.calendars import (
    calendar_of,
    instant_from_local,
    month_of,
    month_range,
    today,
    week_start,
)
from server.core.i18n import _l

from .manifest import Json
from .moments import later, plus_days

DATED = ("date", "instant")
# An instant of a record is past, a date may be to come.
NAMES = (
    ("today", _l("Today"), DATED),
    ("week", _l("This week"), DATED),
    ("month", _l("This month"), DATED),
    ("overdue", _l("Overdue"), ("date",)),
    ("next7", _l("Next 7 days"), ("date",)),
)


def named_ranges(field: Json) -> list[Json]:
    """[{value, label}] of what can be asked of a field with days, else none."""
    return [{"value": v, "label": label} for v, label, kinds in NAMES if field["kind"] in kinds]


def is_range(field: Json, value: str) -> bool:
    """A name, or days with `..` between them of which one may be missing."""
    if value in [pair["value"] for pair in named_ranges(field)]:
        return True
    low, dots, high = value.partition("..")
    return bool(dots and (low or high)) and all(day_of(end) for end in (low, high) if end)


def resolve(field: Json, value: str, me: Json, now: str) -> str:
    """What the store is asked: `a..b` of days, or for instants of the instants of those days."""
    low, _, high = (_days(value, me, now) if ".." not in value else value).partition("..")
    if field["kind"] == "date":
        return f"{low}..{high}"
    start = instant_from_local(low, "00:00", me["zone"]) if low else ""
    end = instant_from_local(plus_days(high, 1), "00:00", me["zone"]) if high else ""
    return f"{start}..{later(end, -1) if end else ''}"


def _days(name: str, me: Json, now: str) -> str:
    day = today(now, me["zone"])
    if name == "week":
        past = (date.fromisoformat(day).weekday() - week_start(me["lang"], me["region"])) % 7
        return f"{plus_days(day, -past)}..{plus_days(day, 6 - past)}"
    if name == "month":
        calendar = calendar_of(me)
        month = month_of(day, calendar)
        ends = month_range(*month, calendar) if month else None
        return f"{ends[0]}..{ends[1]}" if ends else f"{day}..{day}"
    if name == "overdue":
        return f"..{plus_days(day, -1)}"
    return f"{day}..{plus_days(day, 6) if name == 'next7' else day}"
