"""Which records the lines of a file are about, by the keys of the plan."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from server.core.entity import Entity
from server.core.reading import Row
from server.core.text import fold

from .plan import Plan
from .preparing import Line

Token = tuple[str, str]  # a key and a value by which it finds


class Known:
    """Records by what they are found by; those that are made on the way are added."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.docs: dict[str, Row] = {}
        self.found: dict[Token, set[str]] = {}

    def tokens(self, line: Line) -> Iterator[Token]:
        for name, one in told(self.plan, line):
            yield name, token(self.plan.entity, name, one)

    def record(self, line: Line) -> set[str]:
        """Ids by the first key that finds anything."""
        for name in self.plan.keys:
            meant = [self.found.get(one, set()) for one in self.tokens(line) if one[0] == name]
            if ids := set[str]().union(*meant):
                return ids
        return set()

    def add(self, id_: str, doc: Row, line: Line) -> None:
        self.docs[id_] = doc
        for one in self.tokens(line):
            self.found.setdefault(one, set()).add(id_)

    def read(self, row: Row) -> None:
        """A record as it is now."""
        self.docs[row["id"]] = row
        for name in self.plan.keys:
            for one in listed(row[name]):
                found = self.found.setdefault((name, token(self.plan.entity, name, one)), set())
                found.add(row["id"])


def told(plan: Plan, line: Line) -> Iterator[tuple[str, Any]]:
    """What a line says of the keys."""
    for name in plan.keys:
        for one in listed(line.marks.get(name, line.values.get(name))):
            yield name, one


def listed(value: Any) -> list[Any]:
    return [one for one in (value if isinstance(value, list) else [value]) if one is not None]


def token(entity: Entity, name: str, value: Any) -> str:
    """The form in which values of a key are compared."""
    field = entity.fields.get(name)
    if field is None or field.kind in ("phone", "phones"):
        return str(value)
    return fold(str(value))
