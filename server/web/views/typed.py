"""Values as they stand in a form, and what people type as values. Equal to pwa/views/typed.js."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from server.core import calendars, money, phones, text

from .cells import is_empty
from .manifest import Json

Read = tuple[Any, str | None]  # a value, or the code of what is wrong with what was typed
BETWEEN = re.compile("[,،;؛\n]")
INSTANT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")
WITH_TIME = re.compile(r"(.*)[ ]([0-9]{1,2}[:.][0-9]{2})")
DECIMAL = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,6})?")
GROUPED = re.compile(r"-?[0-9]{1,3}([,٬][0-9]{3})+(\.[0-9]+)?")
LISTS = ("phones", "tags", "choices", "people")
TRUE = ("1", "true", "on", "yes")


def shown(field: Json, value: Any, me: Json) -> Any:
    """What the inputs hold: a string, or a list of strings."""
    kind = field["kind"]
    if kind in LISTS:
        return list(value or [])
    if kind == "bool":
        return "1" if value else ""
    if is_empty(value):
        return ""
    if kind == "date":
        return calendars.show_date(value, me, "input")
    if kind == "instant":
        return _shown_instant(value, me)
    if kind == "number":
        return decimal(value)
    if kind == "money":
        return money.plain(value, field["currency"])
    return str(value)


def decimal(value: float) -> str:
    """Without an exponent, and no more decimals than it has."""
    return f"{value:.6f}".rstrip("0").rstrip(".")


def _shown_instant(value: str, me: Json) -> str:
    there = calendars.local(value, me["zone"])
    return f"{calendars.show_date(there[0], me, 'input')} {there[1]}" if there else ""


def raw(field: Json, typed: list[str]) -> Any:
    """What was typed, to be shown again as it is."""
    if field["kind"] in LISTS:
        return [one for one in typed if one]
    if field["kind"] == "instant":
        return _raw_instant(typed)
    return typed[0] if typed else ""


def _raw_instant(typed: list[str]) -> str:
    """The form's template takes the last six characters for the time."""
    day, time = _day_and_time(typed)
    return f"{day} {calendars.parse_time(time) or '00:00'}" if day else ""


def _day_and_time(typed: list[str]) -> tuple[str, str]:
    day = text.clean(typed[0] if typed else "")
    if len(typed) > 1:
        return day, text.clean(typed[1])
    both = WITH_TIME.fullmatch(text.digits(day))
    return (both[1], both[2]) if both else (day, "")


def read(field: Json, typed: list[str], me: Json) -> Read:
    """The value of what was typed into the inputs of one name."""
    return READERS.get(field["kind"], _text)(field, typed, me)


def _first(typed: list[str]) -> str:
    return text.clean(typed[0] if typed else "")


def _text(field: Json, typed: list[str], me: Json) -> Read:
    return _first(typed) or None, None


def _url(field: Json, typed: list[str], me: Json) -> Read:
    address = _first(typed)
    bare = address and not re.match("[A-Za-z][A-Za-z0-9+.-]*:", address)
    return (f"https://{address}" if bare else address) or None, None


def _bool(field: Json, typed: list[str], me: Json) -> Read:
    return any(one in TRUE for one in typed), None


def _integer(field: Json, typed: list[str], me: Json) -> Read:
    number = text.digits(_first(typed))
    if not number:
        return None, None
    if not re.fullmatch("-?[0-9]{1,15}", number):
        return None, "bad_number"
    return int(number), None


def _number(field: Json, typed: list[str], me: Json) -> Read:
    """Decimals after a point or a comma; thousands may be set apart."""
    number = text.digits(_first(typed)).replace("٫", ".")
    if GROUPED.fullmatch(number):
        number = re.sub("[,٬]", "", number)
    number = number.replace(",", ".")
    if not number:
        return None, None
    if not DECIMAL.fullmatch(number):
        return None, "bad_number"
    value = float(number)
    return int(value) if value == int(value) else value, None


def _money(field: Json, typed: list[str], me: Json) -> Read:
    amount = _first(typed)
    return money.parse(amount, field["currency"]) if amount else (None, None)


def _date(field: Json, typed: list[str], me: Json) -> Read:
    day = _first(typed)
    value = calendars.parse_date(day, calendars.calendar_of(me)) if day else None
    return value, "bad_date" if day and not value else None


def _instant(field: Json, typed: list[str], me: Json) -> Read:
    if INSTANT.fullmatch(_first(typed)):
        return _first(typed), None
    day, time = _day_and_time(typed)
    if not day and not time:
        return None, None
    date = calendars.parse_date(day, calendars.calendar_of(me))
    at = calendars.instant_from_local(date, time or "00:00", me["zone"])
    return at, None if at else "bad_date"


def _phone(field: Json, typed: list[str], me: Json) -> Read:
    number = _first(typed)
    value = phones.normalise(number, me["region"]) if number else None
    return value, "bad_phone" if number and not value else None


def _phones(field: Json, typed: list[str], me: Json) -> Read:
    numbers = [phones.normalise(one, me["region"]) for one in _parts(typed)]
    return (None, "bad_phone") if None in numbers else (numbers, None)


def _list(field: Json, typed: list[str], me: Json) -> Read:
    return _parts(typed) if field["kind"] == "tags" else [one for one in typed if one], None


def _parts(typed: list[str]) -> list[str]:
    """Lists may be typed with commas or on lines of their own."""
    parts = [text.clean(part) for one in typed for part in BETWEEN.split(one)]
    return [part for part in parts if part]


READERS: dict[str, Callable[[Json, list[str], Json], Read]] = {
    "url": _url, "bool": _bool, "integer": _integer, "number": _number, "money": _money,
    "date": _date,
    "instant": _instant, "phone": _phone, "phones": _phones, "tags": _list, "choices": _list,
    "people": _list,
}  # fmt: skip
