"""Values as they stand in a file: in the person's language and calendar, and readable again."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from server.core import money, phones
from server.core.almanac import calendar_of, to_jalali
from server.core.entity import Field
from server.core.i18n import _l
from server.core.kinds import REFERENCES
from server.core.zones import instant_of, local
from server.web.templating import said

Titles = Callable[[str, str], str]  # (kind, id) → what the record is called, or nothing
ID = _l("ID")
YES, NO = _l("Yes"), _l("No")


class Voice:
    """Says values to one person; `title` knows what references are called."""

    def __init__(self, me: dict[str, Any], title: Titles) -> None:
        self.me, self.title = me, title
        self.say: Callable[[str], str] = partial(said, me["lang"])
        self.jalali = calendar_of(me) == "jalali"

    def text(self, field: Field, value: Any) -> str:
        if value is None or value == []:
            return ""
        if isinstance(value, list):
            return ", ".join(self._one(field, one) for one in value)
        return self._one(field, value)

    def _one(self, field: Field, value: Any) -> str:
        if field.kind in REFERENCES and field.target:
            return self.title(field.target, value)
        if known := (*(field.choices or ()), *field.retired):
            return next((self.say(label) for one, label in known if one == value), value)
        if field.kind in ("phone", "phones"):
            return number(value)
        if field.kind == "bool":
            return self.say(YES if value else NO)
        if field.kind == "date":
            return self.day(value)
        if field.kind == "money":
            return money.plain(value, field.currency)
        return self.instant(value) if field.kind == "instant" else str(value)

    def day(self, iso: str) -> str:
        """Year first, in ASCII digits: no program takes the month for the day."""
        there = to_jalali(iso) if self.jalali else None
        return "{}/{:02}/{:02}".format(*there) if there else iso

    def instant(self, iso: str) -> str:
        """To the second, in the person's zone."""
        there, at = local(iso, self.me["zone"]), instant_of(iso)
        return f"{self.day(there[0])} {there[1]}:{at.second:02}" if there and at else iso


def number(e164: str) -> str:
    """With spaces: a spreadsheet takes +972521234567 for a sum and drops its sign."""
    return phones.show(e164, None)
