"""Dates as people enter and pick them, and the front door to all that is about time.

pwa/views/calendars.js gives equal results. A calendar is gregorian, jalali or gregorian+hebrew
(which is entered and picked like gregorian).
"""

import re
from datetime import date, timedelta
from typing import Any, NamedTuple

from server.core.almanac import (
    Person,
    calendar_of,
    from_jalali,
    hebrew_day,
    hebrew_text,
    localise,
    make,
    table,
    to_jalali,
    week_start,
    weekend,
)
from server.core.dates import ago, show_date, show_instant, show_time
from server.core.text import fold
from server.core.zones import instant_from_local, local, parse_time, today

__all__ = [
    "Person", "ago", "calendar_of", "from_jalali", "hebrew_day", "hebrew_text",
    "instant_from_local", "local", "localise", "month_grid", "month_of", "month_range",
    "parse_date", "parse_time", "show_date", "show_instant",
    "show_time", "table", "to_jalali", "today", "week_start", "weekend",
]

_PARTS = re.compile(r"([0-9]{1,4}) ?[-/. ] ?([0-9]{1,2}) ?[-/. ] ?([0-9]{1,4})")


class Month(NamedTuple):
    year: int
    month: int


def parse_date(text: str | None, calendar: str | None) -> str | None:
    """ISO date of a typed one in any digits, else None.

    Year first or day first, the year in four digits: 1403/12/30, 2025-03-20, 20.3.2025. In a
    Jalali calendar a year below 1700 is Jalali and a later one is not.
    """
    match = _PARTS.fullmatch(fold(text))
    if not match:
        return None
    first, m, last = match.groups()
    if len(first) == 4 and len(last) <= 2:
        y, d = int(first), int(last)
    elif len(last) == 4 and len(first) <= 2:
        y, d = int(last), int(first)
    else:
        return None
    return _iso(y, int(m), d, "jalali" if calendar == "jalali" and y < 1700 else "gregorian")


def _iso(year: int, month: int, day: int, calendar: str) -> str | None:
    if calendar == "jalali":
        return from_jalali(year, month, day)
    made = make(year, month, day)
    return made.isoformat() if made else None


def month_of(iso: str | None, calendar: str) -> Month | None:
    """Year and month of a date in the calendar."""
    if calendar == "jalali":
        jalali = to_jalali(iso)
        return Month(jalali[0], jalali[1]) if jalali else None
    day = parse_date(iso, "gregorian")
    return Month(int(day[:4]), int(day[5:7])) if day else None


def month_range(year: int, month: int, calendar: str) -> tuple[str, str] | None:
    """First and last day, ISO; None for a month that is not."""
    first = _iso(year, month, 1, calendar)
    lasts = (_iso(year, month, day, calendar) for day in (31, 30, 29, 28))
    last = next((iso for iso in lasts if iso), None)
    return (first, last) if first and last else None


def month_grid(
    year: int, month: int, calendar: str, first_weekday: int
) -> list[list[dict[str, Any]]]:
    """Weeks of seven {date, day, inside}: ISO date, day of the calendar's month, whether of this.

    Empty for a month that is not. `first_weekday` is 0 for Monday.
    """
    ends = month_range(year, month, calendar)
    if not ends:
        return []
    first, last = map(date.fromisoformat, ends)
    start = first - timedelta((first.weekday() - first_weekday) % 7)
    weeks = ((last - start).days + 7) // 7
    return [
        [_cell(start + timedelta(7 * week + i), first, last, calendar) for i in range(7)]
        for week in range(weeks)
    ]


def _cell(day: date, first: date, last: date, calendar: str) -> dict[str, Any]:
    iso = day.isoformat()
    jalali = to_jalali(iso) if calendar == "jalali" else None
    return {"date": iso, "day": jalali[2] if jalali else day.day, "inside": first <= day <= last}
