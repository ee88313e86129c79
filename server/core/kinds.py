"""The kinds of field: the column that keeps a value and the check that a JSON value passes.

A check is a marshmallow field whose only messages are the codes of `errors.py`, so that a page, a
phone and a program are told the same thing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from functools import cached_property
from typing import Any

from marshmallow import fields as ma
from sqlalchemy import Boolean, Float, String, Text
from sqlalchemy.types import BigInteger, TypeEngine

from .rights import ACTIONS, LEVELS, STATES
from .text import clean

UUID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}")
EMAIL = re.compile(r"[^\s@\"<>(),;:\\\[\]]+@[^\s@\"<>(),;:\\\[\].]+(\.[^\s@\"<>(),;:\\\[\].]+)+")
URL = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)
PICTURE = re.compile(r"data:image/(?:webp|jpeg|png);base64,[A-Za-z0-9+/]+={0,2}")
PHONE = re.compile(r"\+[1-9][0-9]{6,14}")
DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
INSTANT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")
NAME = re.compile(r"\*|[a-z][a-z0-9_]{0,59}")  # of a kind of record or a field
MOST_ELEMENTS = 100
LARGEST, DECIMALS = 10**9, 6  # of a number with decimals: exact in binary to the last of them


class Value(ma.Field):
    """A value that may be null; anything else must be of the kind's Python type."""

    python: type = str
    default_error_messages = {  # noqa: RUF012 (the base class has it so)
        "null": "required",
        "required": "required",
        "kind": "wrong_kind",
    }

    def __init__(self, spec: Any) -> None:
        super().__init__(allow_none=not spec.required, required=spec.required)
        self.spec = spec

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **_: Any
    ) -> Any:
        if type(value) is not self.python:
            raise self.make_error("kind")
        return self.checked(value)

    def checked(self, value: Any) -> Any:
        return value

    def refuse(self, code: str) -> Exception:
        self.error_messages[code] = code
        return self.make_error(code)


class TextValue(Value):
    """A line of text: cleaned, never empty, at most `max` characters."""

    pattern: re.Pattern[str] | None = None

    def checked(self, value: str) -> str | None:
        text = clean(value)
        if self.spec.kind != "longtext":
            text = " ".join(text.split())
        if not text:
            if self.spec.required:
                raise self.make_error("required")
            return None
        if self.spec.max and len(text) > self.spec.max:
            raise self.refuse("too_long")
        if self.pattern and not self.pattern.fullmatch(text):
            raise self.refuse(self.wrong)
        return text

    wrong = "wrong_kind"


class EmailValue(TextValue):
    pattern, wrong = EMAIL, "bad_email"


class UrlValue(TextValue):
    pattern, wrong = URL, "bad_url"


class PhoneValue(TextValue):
    pattern, wrong = PHONE, "bad_phone"


class PictureValue(TextValue):
    """A small picture as a data: address, so that it travels within its record."""

    pattern = PICTURE


class IdValue(TextValue):
    pattern, wrong = UUID, "bad_reference"


class DateValue(TextValue):
    pattern, wrong = DATE, "bad_date"

    def checked(self, value: str) -> str | None:
        text = super().checked(value)
        try:
            return text and date.fromisoformat(text).isoformat()
        except ValueError:
            raise self.refuse("bad_date") from None


class InstantValue(TextValue):
    pattern, wrong = INSTANT, "bad_date"

    def checked(self, value: str) -> str | None:
        text = super().checked(value)
        try:
            if text:
                datetime.fromisoformat(text)
        except ValueError:
            raise self.refuse("bad_date") from None
        return text


class ChoiceValue(TextValue):
    def checked(self, value: str) -> str | None:
        text = super().checked(value)
        if text is not None and text not in self.spec.values:
            raise self.refuse("not_a_choice")
        return text


class NeverNull(Value):
    """A value whose emptiness is not null: false, or an empty list."""

    def __init__(self, spec: Any) -> None:
        super().__init__(spec)
        self.allow_none = False
        self.error_messages["null"] = "wrong_kind"


class BoolValue(NeverNull):
    python = bool


class IntegerValue(Value):
    python = int

    def checked(self, value: int) -> int:
        low = -(2**53) + 1 if self.spec.min is None else self.spec.min
        high = 2**53 - 1 if self.spec.max is None else self.spec.max
        if not low <= value <= high:
            raise self.refuse("bounds")
        return value


class NumberValue(Value):
    """A number with at most six decimals; a whole one is kept as an integer."""

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **_: Any
    ) -> Any:
        if type(value) not in (int, float):
            raise self.make_error("kind")
        low = -LARGEST if self.spec.min is None else self.spec.min
        high = LARGEST if self.spec.max is None else self.spec.max
        if not low <= value <= high:
            raise self.refuse("bounds")
        if round(value, DECIMALS) != value:
            raise self.refuse("bad_number")
        return int(value) if value == int(value) else value


class ListValue(NeverNull):
    """A list without repeats, in the order of adding; an element is checked as its own kind."""

    python = list
    element: type[TextValue] = TextValue

    def _deserialize(self, value: Any, attr: Any, data: Any, **_: Any) -> Any:
        if type(value) is not list:
            raise self.make_error("kind")
        if len(value) > MOST_ELEMENTS:
            raise self.refuse("too_long")
        found = [self.one.deserialize(element) for element in value]
        return list(dict.fromkeys(element for element in found if element is not None))

    @cached_property
    def one(self) -> TextValue:
        return self.element(self.spec.element())


class PhonesValue(ListValue):
    element = PhoneValue


class ChoicesValue(ListValue):
    element = ChoiceValue


class IdsValue(ListValue):
    element = IdValue


class JsonValue(Value):
    """Whatever the server itself put there."""

    def _deserialize(self, value: Any, attr: Any, data: Any, **_: Any) -> Any:
        return value


class RightsValue(Value):
    """What a role gives: levels and rights on fields, by kind of record; see rights.py."""

    def _deserialize(self, value: Any, attr: Any, data: Any, **_: Any) -> Any:
        if value is None:
            return None
        if not isinstance(value, dict) or len(value) > MOST_ELEMENTS:
            raise self.make_error("kind")
        if not all(NAME.fullmatch(kind) and _is_row(row) for kind, row in value.items()):
            raise self.refuse("not_a_choice")
        return value


def _is_row(row: Any) -> bool:
    if not isinstance(row, dict):
        return False
    levels, fields = {k: v for k, v in row.items() if k != "fields"}, row.get("fields", {})
    return (
        all(k in ACTIONS and v in LEVELS for k, v in levels.items())
        and isinstance(fields, dict)
        and all(NAME.fullmatch(k) and v in STATES for k, v in fields.items())
    )


class Kind:
    """What a kind of field means for a table and for a check."""

    def __init__(self, column: TypeEngine[Any], value: type[Value], empty: Any = None) -> None:
        self.column, self.value, self.empty = column, value, empty
        self.is_list = isinstance(empty, list)
        self.is_encoded = self.is_list or value in (JsonValue, RightsValue)


def _plain(kind: type[String], size: int | None = None) -> TypeEngine[Any]:
    """Text compared by code point on both engines, as the phone does."""
    return kind(size).with_variant(kind(size, collation="C"), "postgresql")


def _kinds() -> dict[str, Kind]:
    text, line, ident = _plain(Text), _plain(String, 500), _plain(String, 36)
    return {
        "text": Kind(line, TextValue),
        "longtext": Kind(text, TextValue),
        "email": Kind(line, EmailValue),
        "url": Kind(line, UrlValue),
        "phone": Kind(_plain(String, 20), PhoneValue),
        "phones": Kind(text, PhonesValue, []),
        "tags": Kind(text, ListValue, []),
        "choice": Kind(_plain(String, 60), ChoiceValue),
        "choices": Kind(text, ChoicesValue, []),
        "state": Kind(_plain(String, 60), ChoiceValue),
        "language": Kind(_plain(String, 10), ChoiceValue),
        "bool": Kind(Boolean(), BoolValue),
        "integer": Kind(BigInteger(), IntegerValue),
        "money": Kind(BigInteger(), IntegerValue),
        "number": Kind(Float(), NumberValue),
        "date": Kind(_plain(String, 10), DateValue),
        "instant": Kind(_plain(String, 20), InstantValue),
        "ref": Kind(ident, IdValue),
        "person": Kind(ident, IdValue),
        "people": Kind(text, IdsValue, []),
        "team": Kind(ident, IdValue),
        "picture": Kind(text, PictureValue),
        "autonumber": Kind(_plain(String, 60), TextValue),
        "json": Kind(text, JsonValue),
        "refs": Kind(text, IdsValue, []),
        "rights": Kind(text, RightsValue),
    }


KINDS = _kinds()
NUMBERS = ("integer", "money", "number")
REFERENCES = {"ref", "person", "team", "people", "refs"}
