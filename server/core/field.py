"""The declaration of one field; and of a column that keeps one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from dataclasses import field as attribute
from functools import cached_property
from typing import Any

from sqlalchemy.orm import MappedColumn, mapped_column

from .i18n import _l
from .kinds import KINDS

Choices = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Field:
    """What a person, a form, a phone and a permission need to know about one field."""

    kind: str
    label: str
    name: str = ""
    required: bool = False
    readonly: bool = False  # set by the server or by an action, never by a form or an operation
    max: int | None = None  # characters of a text, largest number
    min: int | None = None
    choices: Choices | None = None
    retired: Choices = ()  # choices that records of before have; they are not offered
    states: dict[str, tuple[str, ...]] | None = None  # from → the states it may move to
    merge: str = "latest"  # latest device office set counter text own append state
    search: bool = False
    sensitive: bool = False  # masked, and shown at a tap that is logged; see sights.py
    target: str | None = None  # the entity that a reference points to
    group: str = _l("Details")
    help: str | None = None
    default: Any = None  # a value, or the word of its kind in USUAL
    grants: str | None = None  # "u" or "s": a person named here gets that key to the record
    in_form: bool = True
    personal: bool = False  # of a person: everybody may change their own
    former: Mapping[str, str] = attribute(default_factory=dict)  # choices of before → today's
    kind_in: str | None = None  # of a reference: the field that says what kind of record it names
    aside: bool = False  # a fact for programs: pages don't list it, the change log is silent on it
    custom: bool = False  # made by the organisation; it has no column of its own
    currency: str | None = None  # of money: what all its amounts are in
    sole: bool = False  # whoever types what another record has is told of it
    formula: Any = None  # [kind, decimals, tree]: what its value is reckoned by; see formulas.py
    seen_if: Any = None  # the tree of a condition, without which forms don't ask for it
    needed_if: Any = None  # of one with which it is required
    pattern: str | None = None  # of an autonumber: see numbering.py

    @cached_property
    def values(self) -> frozenset[str]:
        return frozenset(value for value, _ in (*(self.choices or ()), *self.retired))

    @property
    def empty(self) -> Any:
        return [] if KINDS[self.kind].is_list else (False if self.kind == "bool" else None)

    @property
    def word(self) -> str | None:
        """Its default, if that is a word for a value."""
        return self.default if self.default == USUAL.get(self.kind, ()) else None

    def element(self) -> Field:
        """The declaration of one element of a list field."""
        return replace(self, required=False, max=self.max or 100)

    def describe(self) -> dict[str, Any]:
        """FIELD of the manifest."""
        return {
            "name": self.name, "label": self.label, "kind": self.kind, "required": self.required,
            "readonly": self.readonly, "max": self.max, "min": self.min,
            "choices": [list(pair) for pair in self.choices] if self.choices else None,
            "states": {k: list(v) for k, v in self.states.items()} if self.states else None,
            "merge": self.merge, "search": self.search and not self.sensitive,
            "sensitive": self.sensitive, "tapped": self.sensitive, "held": False,
            "target": self.target, "group": self.group, "help": self.help,
            "default": self.default, "in_form": self.in_form, "grants": self.grants,
            "aside": self.aside, "custom": self.custom, "currency": self.currency,
            "formula": self.formula, "seen_if": self.seen_if, "needed_if": self.needed_if,
            "sole": self.sole, "retired": [list(pair) for pair in self.retired],
        }  # fmt: skip


# Defaults that are told by a word, each of one kind: a text may well begin with "now".
USUAL = {"person": "me", "team": "my_team", "date": "today", "instant": "now"}
MERGE = {"phones": "set", "tags": "set", "choices": "set", "people": "set", "refs": "set",
         "state": "state", "longtext": "text"}  # fmt: skip
TARGET = {"person": "person", "people": "person", "team": "team"}
LENGTH = {"text": 200, "longtext": 10_000, "email": 254, "url": 500}


def make_field(kind: str, label: str, **options: Any) -> Field:
    options.setdefault("merge", MERGE.get(kind, "latest"))
    options.setdefault("target", TARGET.get(kind))
    options.setdefault("max", LENGTH.get(kind))
    return Field(kind, label, **options)


def field(
    kind: str, label: str, *, index: bool = False, column: str | None = None, **options: Any
) -> MappedColumn[Any]:
    """A column of an entity together with its declaration. `column` is the kind that it was when
    the column was made, if it has become another since: what stands in it is kept."""
    spec = make_field(kind, label, **options)
    made = KINDS[column or kind].column
    return mapped_column(made, nullable=True, index=index, info={"field": spec})
