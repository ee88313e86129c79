"""The days of a calendar, in the person's own. Equal to pwa/views/weeks.js."""

from __future__ import annotations

from server.core.almanac import calendar_of, day_of, table, week_start
from server.core.calendars import month_grid, month_of, today

from .manifest import Json
from .moments import plus_days

AGENDA = 28  # days


def weeks_of(me: Json, now: str, span: str, wanted: str) -> tuple[str, list[list[Json]]]:
    """The day that is asked for, and weeks of {date, day, inside}; an agenda is one long week."""
    calendar, day = calendar_of(me), wanted
    month = month_of(wanted, calendar) if wanted else None
    if month is None:
        day = today(now, me["zone"])
        month = month_of(day, calendar)
    if span == "agenda":
        return day, [[_plain(plus_days(day, n)) for n in range(AGENDA)]]
    first = week_start(me["lang"], me["region"], calendar)
    weeks = month_grid(*month, calendar, first) if month else []
    if span == "week":
        weeks = [[{**one, "inside": True} for one in week] for week in weeks
                 if any(one["date"] == day for one in week)]  # fmt: skip
    return day, weeks or [[_plain(day)]]


def _plain(date: str) -> Json:
    return {"date": date, "day": int(date[8:]), "inside": True}


def names_of(me: Json, week: list[Json]) -> list[Json]:
    found = []
    for one in week:
        day = day_of(one["date"])
        at = day.weekday() if day else 0
        wide, narrow = table()["weekdays"][me["lang"]], table()["narrow"][me["lang"]]
        found.append({"wide": wide[at], "narrow": narrow[at]})
    return found


def has_hebrew(me: Json) -> bool:
    """Whoever reads Hebrew knows its days beside those of the calendar that is worked by."""
    calendar = calendar_of(me)
    return calendar == "gregorian+hebrew" or (me["lang"] == "he" and calendar == "gregorian")
