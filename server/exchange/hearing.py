"""Texts of a file as values: what people write in any of our languages, and what we write."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from server.core import money, phones
from server.core.calendars import instant_from_local, parse_date
from server.core.checking import check
from server.core.entity import Field
from server.core.errors import Refused
from server.core.field import Choices
from server.core.i18n import LANGUAGES
from server.core.kinds import KINDS, REFERENCES
from server.core.text import clean, digits, fold
from server.web.templating import said

from .saying import NO, YES

BETWEEN = re.compile("[,،;؛\n]")
BETWEEN_PHONES = re.compile("[,،;؛\n/|]")
INSTANT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")
MOMENT = re.compile(r"(.+?)[ T]+([0-9]{1,2})[:.]([0-9]{2})(?::([0-9]{2})(?:\.[0-9]+)?)?")
MONTH_FIRST = re.compile(r"([0-9]{1,2})([-/.])([0-9]{1,2})([-/.][0-9]{4})")
NUMBER = re.compile(r"(-?[0-9]{1,15})(?:\.0+)?")
DECIMAL = re.compile(r"-?[0-9]{1,15}(?:\.[0-9]{1,15})?")
THOUSANDS = re.compile(r"(?<=[0-9])[,٬'\u00a0\u202f ](?=[0-9]{3}(?:[^0-9]|$))")
TRUE, FALSE = {"1", "true", "on", "y", "x", "✓", "✔", "v"}, {"0", "false", "off", "n", "-"}


def in_all(text: str) -> set[str]:
    """A text of ours in every language, as texts are compared."""
    return {fold(said(lang, text)) for lang in LANGUAGES}


@lru_cache(500)
def words_of(choices: Choices) -> dict[str, str]:
    """What stands for a choice: its value, its label in any language; what is unclear is none."""
    found: dict[str, str | None] = {}
    for value, label in choices:
        for word in in_all(label):
            found[word] = value if found.get(word, value) == value else None
    found |= {fold(value): value for value, _ in choices}
    return {word: value for word, value in found.items() if value is not None}


class Ear:
    """Hears one person: their calendar, zone and country. `month_first`: 3/21/2026."""

    def __init__(self, me: dict[str, Any], month_first: bool = False) -> None:
        self.me, self.month_first = me, month_first
        self.yes, self.no = TRUE | in_all(YES), FALSE | in_all(NO)
        self.kinds: dict[str, Callable[[Field, str], Any]] = {
            "bool": self._bool, "integer": self._integer, "money": self._money,
            "number": self._decimal,
            "date": self._date, "instant": self._instant, "url": self._url,
            "phone": self._phone, "phones": self._phones, "tags": self._tags,
        }  # fmt: skip

    def value(self, field: Field, text: str) -> Any:
        """What the text means, checked; of references still the text. Raises Refused."""
        if field.kind in REFERENCES:
            return self._parts(text) if KINDS[field.kind].is_list else clean(text)
        read = self.kinds.get(field.kind)
        if read is None:
            read = self._choice if field.choices else self._text
        return check(field, read(field, text))

    def _text(self, field: Field, text: str) -> str:
        return text.removeprefix("mailto:") if field.kind == "email" else text

    def _url(self, field: Field, text: str) -> str:
        text = clean(text)
        return text if re.match("[A-Za-z][A-Za-z0-9+.-]*:", text) else f"https://{text}"

    def _choice(self, field: Field, text: str) -> Any:
        words = words_of(field.choices or ())
        if KINDS[field.kind].is_list:
            return [self._chosen(field, words, one) for one in self._parts(text)]
        return self._chosen(field, words, text)

    def _chosen(self, field: Field, words: dict[str, str], text: str) -> str:
        found = words.get(fold(text)) or field.former.get(clean(text))
        if found is None:
            raise Refused("not_a_choice")
        return found

    def _bool(self, field: Field, text: str) -> bool:
        word = fold(text)
        if word not in self.yes | self.no:
            raise Refused("not_a_choice")
        return word in self.yes

    def _integer(self, field: Field, text: str) -> int:
        found = NUMBER.fullmatch(THOUSANDS.sub("", digits(clean(text))))
        if not found:
            raise Refused("bad_number")
        return int(found[1])

    def _money(self, field: Field, text: str) -> int:
        value, code = money.parse(THOUSANDS.sub("", digits(clean(text))), field.currency)
        if value is None:
            raise Refused(code or "bad_number")
        return value

    def _decimal(self, field: Field, text: str) -> float:
        plain = THOUSANDS.sub("", digits(clean(text)).replace("٫", "."))
        if not DECIMAL.fullmatch(plain):
            raise Refused("bad_number")
        return float(plain)

    def day(self, text: str) -> str:
        """Any calendar: a year before 1700 is Jalali. Raises Refused."""
        plain = digits(clean(text))
        if self.month_first:
            plain = MONTH_FIRST.sub(r"\3\2\1\4", plain)
        found = parse_date(plain, "jalali")
        if not found:
            raise Refused("bad_date")
        return found

    def _date(self, field: Field, text: str) -> str:
        moment = MOMENT.fullmatch(digits(clean(text)).removesuffix("Z"))
        return self.day(moment[1] if moment else text)

    def _instant(self, field: Field, text: str) -> str:
        plain = digits(clean(text))
        if INSTANT.fullmatch(plain):
            return plain
        moment = MOMENT.fullmatch(plain)
        day, hour, minute, second = moment.groups() if moment else (plain, "0", "00", None)
        at = instant_from_local(self.day(day), f"{int(hour):02}:{minute}", self.me["zone"])
        if not at:
            raise Refused("bad_date")
        return f"{at[:17]}{second or '00'}Z"

    def _phone(self, field: Field, text: str) -> str:
        found = phones.normalise(text, self.me["region"])
        if not found:
            raise Refused("bad_phone")
        return found

    def _phones(self, field: Field, text: str) -> list[str]:
        parts = (clean(part) for part in BETWEEN_PHONES.split(text))
        return [self._phone(field, part) for part in parts if part]

    def _tags(self, field: Field, text: str) -> list[str]:
        return self._parts(text)

    def _parts(self, text: str) -> list[str]:
        parts = (clean(part) for part in BETWEEN.split(text))
        return [part for part in parts if part]
