"""Stretches of days by name, in the person's own calendar and week. Equal to ranges.js."""

from __future__ import annotations

from datetime import date
from typing import Any

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
# An instant of a record is past, a date may be to come. The first few are offered at one tap.
NAMES = (
    ("today", _l("Today"), DATED),
    ("week", _l("This week"), DATED),
    ("month", _l("This month"), DATED),
    ("overdue", _l("Overdue"), ("date",)),
    ("next7", _l("Next 7 days"), ("date",)),
)
MORE = (
    ("today", _l("Today"), DATED),
    ("yesterday", _l("Yesterday"), DATED),
    ("tomorrow", _l("Tomorrow"), ("date",)),
    ("this-week", _l("This week"), DATED),
    ("last-week", _l("Last week"), DATED),
    ("next-week", _l("Next week"), ("date",)),
    ("this-month", _l("This month"), DATED),
    ("last-month", _l("Last month"), DATED),
    ("next-month", _l("Next month"), ("date",)),
    ("this-quarter", _l("This quarter"), DATED),
    ("last-quarter", _l("Last quarter"), DATED),
    ("next-quarter", _l("Next quarter"), ("date",)),
    ("this-year", _l("This year"), DATED),
    ("last-year", _l("Last year"), DATED),
    ("next-year", _l("Next year"), ("date",)),
    ("overdue", _l("Overdue"), ("date",)),
)
STEPS = {"last": -1, "this": 0, "next": 1}
DAYS = {"today": (0, 0), "yesterday": (-1, -1), "tomorrow": (1, 1), "next7": (0, 6)}
MONTHS = {"month": 1, "quarter": 3, "year": 12}


def named_ranges(field: Json) -> list[Json]:
    """[{value, label}] of what can be asked of a field with days, else none."""
    return _offered(field, NAMES)


def all_ranges(field: Json) -> list[Json]:
    """The same of all names there are."""
    return _offered(field, MORE)


def _offered(field: Json, names: Any) -> list[Json]:
    return [{"value": v, "label": label} for v, label, kinds in names if field["kind"] in kinds]


def is_range(field: Json, value: str) -> bool:
    """A name, or days with `..` between them of which one may be missing."""
    if value in [pair["value"] for pair in _offered(field, (*NAMES, *MORE))]:
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


def last_days(n: int, me: Json, now: str) -> str:
    """The last so many days, today among them; with a number below zero the next."""
    day = today(now, me["zone"])
    return f"{plus_days(day, 1 - n)}..{day}" if n > 0 else f"{day}..{plus_days(day, -n - 1)}"


def _days(name: str, me: Json, now: str) -> str:
    day = today(now, me["zone"])
    if name == "overdue":
        return f"..{plus_days(day, -1)}"
    if name in DAYS:
        return "..".join(plus_days(day, n) for n in DAYS[name])
    step, _, unit = name.rpartition("-")
    if unit in MONTHS:
        return _months(day, MONTHS[unit], STEPS.get(step, 0), me)
    first = week_start(me["lang"], me["region"], calendar_of(me))
    past = (date.fromisoformat(day).weekday() - first) % 7
    start = 7 * STEPS.get(step, 0) - past
    return f"{plus_days(day, start)}..{plus_days(day, start + 6)}"


def _months(day: str, span: int, step: int, me: Json) -> str:
    """So many months in a row as the year is divided into them."""
    calendar = calendar_of(me)
    month = month_of(day, calendar)
    start = (month[0] * 12 + month[1] - 1) // span * span + step * span if month else 0
    last = start + span - 1
    first = month_range(start // 12, start % 12 + 1, calendar) if month else None
    end = month_range(last // 12, last % 12 + 1, calendar)
    return f"{first[0]}..{end[1]}" if first and end else f"{day}..{day}"
