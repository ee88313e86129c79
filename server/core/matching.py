"""Conditions of a tree (criteria.py) as SQL. pwa/store/matching.js has the same meaning.

Of operators there are is, not, has, lacks, starts, empty and filled; `is` takes what a filter
takes, also `a..b`. What has no value is not anything: `not` and `lacks` hold for it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, func, literal, not_, or_, true

from .conditions import condition, custom_condition
from .criteria import Tree
from .custom import values
from .custom.values import column_of
from .entity import Entity, Field
from .kinds import KINDS
from .text import SOFT, soft

Clause = ColumnElement[bool]
# For translate(): letters without a counterpart go away, so those come last.
_LETTERS = sorted(SOFT, key=lambda c: (SOFT[c] is None, c))
FROM, TO = "".join(map(chr, _LETTERS)), "".join(SOFT[c] or "" for c in _LETTERS)


@dataclass(frozen=True)
class Place:
    """Where the value of a field is: in a column, or beside the record."""

    org: int
    entity: Entity
    field: Field
    lite: bool

    @property
    def column(self) -> Any:
        return column_of(self.field) if self.field.custom else self.entity.table.c[self.field.name]

    def holds(self, clause: Any) -> Any:
        """A clause over `column`, never null."""
        if self.field.custom:
            return values.matching(self.org, self.entity, self.field, clause)
        return func.coalesce(clause, False)


def matching(org: int, entity: Entity, tree: Tree, lite: bool) -> Clause:
    """A whole tree over the entity's table."""
    parts = [
        matching(org, entity, one, lite) if "of" in one else _leaf(org, entity, one, lite)
        for one in tree["of"]
    ]
    return or_(*parts) if tree["join"] == "or" else and_(*parts)


def _leaf(org: int, entity: Entity, leaf: Tree, lite: bool) -> Clause:
    place = Place(org, entity, entity.fields[leaf["field"]], lite)
    op: str = TURNED.get(leaf["op"]) or leaf["op"]
    found = TESTS[op](place, leaf["values"])
    return not_(found) if leaf["op"] in TURNED else found


def _is(place: Place, wanted: list[str]) -> Any:
    if place.field.custom:
        return custom_condition(place.org, place.entity, place.field, wanted)
    return func.coalesce(condition(place.field, place.column, wanted, place.lite), False)


def _empty(place: Place, wanted: list[str]) -> Any:
    if place.field.custom:
        return not_(place.holds(true()))
    nothing = place.column.is_(None)
    return or_(nothing, place.column == "[]") if KINDS[place.field.kind].is_list else nothing


def _has(place: Place, wanted: list[str]) -> Any:
    return place.holds(or_(*(_where(place, one) > 0 for one in wanted)))


def _starts(place: Place, wanted: list[str]) -> Any:
    return place.holds(or_(*(_where(place, one) == 1 for one in wanted)))


def _where(place: Place, wanted: str) -> Any:
    """Where the text stands, from 1."""
    if place.lite:
        return func.instr(func.soft(place.column), soft(wanted))
    softened = func.translate(place.column, literal(FROM), literal(TO))
    return func.strpos(softened, soft(wanted))


TURNED = {"not": "is", "lacks": "has", "filled": "empty"}
TESTS: dict[str, Callable[[Place, list[str]], Any]] = {
    "is": _is, "has": _has, "starts": _starts, "empty": _empty,
}  # fmt: skip
