"""Filters for previews, until `server.web.filters` can be imported. Formats are rough."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from jinja2 import pass_context
from jinja2.runtime import Context
from persiantools.jdatetime import JalaliDate

PERSIAN = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
NOW = datetime(2026, 11, 22, 8, 30, tzinfo=UTC)


def _fa(context: Context) -> bool:
    return context.get("lang") == "fa"


@pass_context
def digits(context: Context, value: Any) -> str:
    return str(value).translate(PERSIAN) if _fa(context) else str(value)


def _when(value: str) -> datetime:
    full = value if "T" in value else f"{value}T00:00:00Z"
    return datetime.fromisoformat(full.replace("Z", "+00:00"))


@pass_context
def day_of(context: Context, value: str | None) -> str:
    if not value:
        return ""
    when: date = _when(value).date()
    if _fa(context):
        return digits(context, JalaliDate(when).strftime("%Y/%m/%d"))
    return when.strftime("%d/%m/%Y" if context.get("lang") == "he" else "%-d %b %Y")


@pass_context
def time(context: Context, value: str | None) -> str:
    return digits(context, _when(value).strftime("%H:%M")) if value else ""


@pass_context
def instant(context: Context, value: str | None) -> str:
    return f"{day_of(context, value)} {time(context, value)}" if value else ""


@pass_context
def day(context: Context, value: str | None) -> str:
    if not value:
        return ""
    gap = (_when(value).date() - NOW.date()).days
    near = {-1: "Yesterday", 0: "Today", 1: "Tomorrow"}
    return near.get(gap) or day_of(context, value)


@pass_context
def ago(context: Context, value: str | None) -> str:
    if not value:
        return ""
    minutes = int((NOW - _when(value)).total_seconds() // 60)
    if minutes < 60:
        return digits(context, f"{minutes} min ago")
    return digits(context, f"{minutes // 60} h ago") if minutes < 1440 else day_of(context, value)


@pass_context
def number(context: Context, value: int | None) -> str:
    return digits(context, f"{value:,}") if value is not None else ""


def phone(value: str | None) -> str:
    text = value or ""
    if text.startswith("+972"):
        return f"0{text[4:6]}-{text[6:9]}-{text[9:]}"
    return f"0{text[3:6]} {text[6:9]} {text[9:]}" if text.startswith("+98") else text


def initials(value: str | None) -> str:
    words = (value or "").split()
    return "".join(word[0] for word in words[:2]).upper()


FILTERS = {
    "date": day_of,
    "day": day,
    "instant": instant,
    "time": time,
    "ago": ago,
    "number": number,
    "digits": digits,
    "phone": phone,
    "tel": lambda value: value or "",
    "initials": initials,
    "duration": lambda value: f"{value} min",
}
