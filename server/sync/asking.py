"""A request as it arrives, see "The request" in PROTOCOL.md."""

from __future__ import annotations

import json
import math
import re
from dataclasses import dataclass, field
from typing import Any

from .pull import MOST

VERSION = 1  # of the protocol
MOST_OPS = 1000
MOST_PEOPLE = 20  # that a device may name
LARGEST = 8 * 1024 * 1024  # bytes of a request
COUNTS = ("pending", "failed", "held")
DEVICE = re.compile(r"(?!web:)[A-Za-z0-9:._-]{1,64}")


class Unreadable(Exception):
    """This is no request: `status`, a stable `code`, and what to do."""

    def __init__(self, status: int, code: str, detail: str) -> None:
        super().__init__(detail)
        self.status, self.code, self.detail = status, code, detail


@dataclass(frozen=True)
class Asked:
    v: int
    device: str
    cursor: Any
    ops: list[Any]
    have_more: bool = False
    schema: str | None = None
    me: str | None = None
    limit: int = MOST
    want_sums: bool = False
    whose: list[str] = field(default_factory=list)
    wiped: list[str] = field(default_factory=list)
    has: dict[str, int] = field(default_factory=dict)
    tickets: bool = False  # does it know of tickets?
    ticket: str | None = None
    opened: list[Any] = field(default_factory=list)


def read(body: bytes) -> Asked:
    """Raises Unreadable. A cursor of whatever kind is let through: a bad one means a reset."""
    data = _json(body)
    if not isinstance(data, dict):
        raise Unreadable(400, "not_an_object", "The body must be a JSON object.")
    ops = _get(data, "ops", list, [])
    if len(ops) > MOST_OPS:
        detail = f"Send at most {MOST_OPS} operations in a request, and `have_more`."
        raise Unreadable(413, "too_many_operations", detail)
    asked = Asked(
        _get(data, "v", int, None), _get(data, "device", str, None), data.get("cursor"), ops,
        _get(data, "have_more", bool, False), _get(data, "schema", str, ""),
        _get(data, "me", str, ""), _get(data, "limit", int, MOST),
        _get(data, "want_sums", bool, False), _ids(data, "whose"), _ids(data, "wiped"),
        _counts(data), "ticket" in data, _get(data, "ticket", str, "") or None,
        _get(data, "opened", list, []),
    )  # fmt: skip
    if asked.v < 1:
        raise Unreadable(400, "bad_v", f"`v` is the version of the protocol, now {VERSION}.")
    if not DEVICE.fullmatch(asked.device):
        detail = "`device` is up to 64 of A-Z a-z 0-9 : . _ - and does not begin with `web:`."
        raise Unreadable(400, "bad_device", detail)
    if not 1 <= asked.limit <= MOST:
        raise Unreadable(400, "bad_limit", f"`limit` is a number from 1 to {MOST}.")
    return asked


def _ids(data: dict[str, Any], name: str) -> list[str]:
    ids: list[str] = _get(data, name, list, [])
    if len(ids) > MOST_PEOPLE or not all(isinstance(i, str) and len(i) <= 64 for i in ids):
        raise Unreadable(400, f"bad_{name}", f"`{name}` is a list of at most {MOST_PEOPLE} ids.")
    return ids


def _counts(data: dict[str, Any]) -> dict[str, int]:
    """What the device says of itself; what can't be so is left out."""
    has = _get(data, "has", dict, {})
    return {k: has[k] for k in COUNTS if type(has.get(k)) is int and 0 <= has[k] < 2**31}


def _get(data: dict[str, Any], name: str, kind: type, otherwise: Any) -> Any:
    value = data.get(name)
    if value is None and otherwise is not None:
        return otherwise
    if type(value) is not kind:
        raise Unreadable(400, f"bad_{name}", f"`{name}` must be given as a JSON {_NAMES[kind]}.")
    return value


_NAMES = {int: "integer", str: "string", list: "array", bool: "boolean", dict: "object"}


def _json(body: bytes) -> Any:
    """Strict JSON: what other parsers do not read (NaN, 1e999) is refused."""
    try:
        return json.loads(body, parse_constant=_finite, parse_float=_finite)
    except (ValueError, RecursionError):
        raise Unreadable(400, "bad_json", "The body can't be read as JSON in UTF-8.") from None


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError(text)
    return number
