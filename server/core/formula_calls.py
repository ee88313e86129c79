"""The functions of formulas; see formulas.py. Equal to pwa/store/formula_calls.js."""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from .kinds import DATE

LARGEST, MILLION = 10**9, 1_000_000


class Unfit(Exception):
    """It can't be done with these values."""


def same(a: Any, b: Any) -> bool:
    if isinstance(a, list) and isinstance(b, list):
        return len(a) == len(b) and all(map(same, a, b))
    return type(a) is type(b) and bool(a == b)


def number(value: Any) -> float:
    if type(value) is not float or not math.isfinite(value):
        raise Unfit
    return value


def rounded(value: float, digits: int = 6) -> float:
    unit = 10.0**digits
    return math.floor(value * unit + 0.5) / unit


def shown(value: float) -> str:
    """A number within a text."""
    if not math.isfinite(value) or abs(value) > LARGEST * MILLION:
        raise Unfit
    text = f"{rounded(value):.6f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def _size(value: Any) -> float:
    if not isinstance(value, (str, list)):
        raise Unfit
    return float(len(value))


def _within(value: Any, part: Any) -> bool:
    if isinstance(value, list):
        return any(same(one, part) for one in value)
    return _text(part) in _text(value)


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise Unfit
    return value


def _string(value: Any) -> str:
    if type(value) is bool:
        return "true" if value else "false"
    return shown(value) if type(value) is float else _text(value)


def _round(value: Any, digits: Any = 0.0) -> float:
    if not 0 <= number(digits) <= 6:
        raise Unfit
    return rounded(number(value), int(digits))


def is_day(text: str) -> bool:
    try:
        return DATE.fullmatch(text) is not None and bool(date.fromisoformat(text))
    except ValueError:
        return False


def _day(value: Any) -> date:
    """Of a date, or the day (in UTC) of an instant."""
    text = _text(value)[:10]
    if not is_day(text):
        raise Unfit
    return date.fromisoformat(text)


def _add_days(value: Any, n: Any) -> str:
    return (_day(value) + timedelta(days=math.floor(number(n)))).isoformat()


DIGITS = frozenset("0123456789")


def _double(value: Any) -> float:
    text = _text(value) if not isinstance(value, float) else shown(value)
    whole, _, part = text.removeprefix("-").partition(".")
    if not whole or not {*whole, *part} <= DIGITS or len(text) > 15 or text.endswith("."):
        raise Unfit
    return float(text)


CALLS: dict[str, Callable[..., Any]] = {
    "size": _size, "contains": _within, "string": _string, "double": _double, "round": _round,
    "startsWith": lambda a, b: _text(a).startswith(_text(b)),
    "endsWith": lambda a, b: _text(a).endswith(_text(b)),
    "abs": lambda a: abs(number(a)), "floor": lambda a: float(math.floor(number(a))),
    "ceil": lambda a: float(math.ceil(number(a))),
    "min": lambda *all_: min(map(number, all_)), "max": lambda *all_: max(map(number, all_)),
    "days": lambda a, b: float((_day(b) - _day(a)).days), "addDays": _add_days,
    "year": lambda a: float(_day(a).year), "month": lambda a: float(_day(a).month),
    "day": lambda a: float(_day(a).day),
}  # fmt: skip
