"""Dates and instants as a person reads them. Equal to pwa/views/dates.js.

Styles: short, long, weekday, month (as the head of a month), input (what parse_date accepts).
What is no date is shown as it is; None as nothing.
"""

from collections.abc import Callable
from datetime import date

from server.core.almanac import (
    Person,
    calendar_of,
    day_of,
    hebrew_text,
    language,
    localise,
    table,
    to_jalali,
)
from server.core.zones import instant_of, local

Gettext = Callable[[str], str]
Ngettext = Callable[[str, str, int], str]

COMMA = {"fa": "، ", "ar": "، "}


def show_date(iso: str | None, person: Person, style: str = "short") -> str:
    day = day_of(iso)
    if not day or not iso:
        return iso or ""
    lang, calendar = language(person), calendar_of(person)
    jalali = to_jalali(iso) if calendar == "jalali" else None
    shown = _styled(day, jalali, lang, style)
    if calendar == "gregorian+hebrew" and style in ("long", "weekday"):
        hebrew = hebrew_text(iso, lang)
        return f"{shown} · {hebrew}" if hebrew else shown
    return shown


def _styled(day: date, jalali: tuple[int, int, int] | None, lang: str, style: str) -> str:
    y, m, d = jalali or (day.year, day.month, day.day)
    if style in ("short", "input"):
        numeric = f"{y}/{m:02d}/{d:02d}" if jalali else _numeric(day, lang, style)
        return localise(numeric, lang)
    month = table()["jalali" if jalali else "months"][lang][m - 1]
    if style == "month":
        return f"{month} {localise(y, lang)}"
    text = localise(f"{d} {'ב' if lang == 'he' else ''}{month} {y}", lang)
    if style != "weekday":
        return text
    comma = " " if lang == "fa" else COMMA.get(lang, ", ")
    return f"{table()['weekdays'][lang][day.weekday()]}{comma}{text}"


def _numeric(day: date, lang: str, style: str) -> str:
    if lang == "en":
        short = table()["short"]["en"][day.month - 1]
        return f"{day.day} {short} {day.year}" if style == "short" else day.isoformat()
    if lang == "fa":
        return f"{day.year}/{day.month:02d}/{day.day:02d}"
    mark = "." if lang == "he" else "/"
    return f"{day.day}{mark}{day.month}{mark}{day.year}"


def show_instant(iso: str | None, person: Person, style: str = "short") -> str:
    """Date and 24-hour time in the person's zone."""
    there = local(iso, person.get("zone"))
    if not there:
        return iso or ""
    lang = language(person)
    return f"{show_date(there[0], person, style)}{COMMA.get(lang, ', ')}{localise(there[1], lang)}"


def show_time(iso: str | None, person: Person) -> str:
    """24-hour time in the person's zone, of an instant; of a bare time, the time itself."""
    there = local(iso, person.get("zone"))
    return localise(there[1] if there else iso or "", language(person))


def ago(
    iso: str | None, now: str, person: Person, gettext: Gettext, ngettext: Ngettext
) -> str:
    """How long before or after `now`; a date when that is a week or more."""
    then, at = instant_of(iso), instant_of(now)
    if not then or not at:
        return iso or ""
    seconds = int((at - then).total_seconds())
    minutes = abs(seconds) // 60
    if minutes == 0:
        return gettext("just now")
    if minutes < 24 * 60:
        text, n = _clock_ago(minutes, seconds > 0, ngettext)
    else:
        zone = person.get("zone")
        days = max(1, abs(_ordinal(now, zone) - _ordinal(iso, zone)))
        if days > 6:
            return show_date((local(iso, zone) or ("", ""))[0], person)
        if days == 1:
            return gettext("yesterday") if seconds > 0 else gettext("tomorrow")
        text, n = _days_ago(days, seconds > 0, ngettext), days
    return text.replace("%(num)s", localise(n, language(person)))


def _clock_ago(minutes: int, past: bool, ngettext: Ngettext) -> tuple[str, int]:
    n = minutes // 60
    if n and past:
        return ngettext("%(num)s h ago", "%(num)s h ago", n), n
    if n:
        return ngettext("in %(num)s h", "in %(num)s h", n), n
    if past:
        return ngettext("%(num)s min ago", "%(num)s min ago", minutes), minutes
    return ngettext("in %(num)s min", "in %(num)s min", minutes), minutes


def _days_ago(days: int, past: bool, ngettext: Ngettext) -> str:
    if past:
        return ngettext("%(num)s day ago", "%(num)s days ago", days)
    return ngettext("in %(num)s day", "in %(num)s days", days)


def _ordinal(iso: str | None, zone: str | None) -> int:
    day = day_of((local(iso, zone) or ("", ""))[0])
    return day.toordinal() if day else 0
