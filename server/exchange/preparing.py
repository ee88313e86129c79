"""Rows of a file as lines: what each says about which fields, and what is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from server.core.errors import Refused
from server.core.text import clean

from .hearing import Ear
from .plan import Plan
from .sources.table import Row

Fault = tuple[str | None, str]  # field, code
MOST = 60  # characters of a number or an ID


@dataclass
class Line:
    """`n` counts from 1 below the heading; `marks` are values by which it is found, unwritten."""

    n: int
    values: dict[str, Any] = field(default_factory=dict)
    marks: dict[str, Any] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)


class Reading:
    """Reads rows by a plan."""

    def __init__(self, plan: Plan, ear: Ear) -> None:
        self.plan, self.ear = plan, ear
        self.fields, self.fills = plan.entity.fields, plan.fills
        self.seen: dict[tuple[str, str], Any] = {}  # the same texts come again and again
        self.defaults = self._defaults()

    def line(self, n: int, row: Row) -> Line:
        found = Line(n)
        if len(row) > len(self.plan.targets):
            found.faults.append((None, "too_many_cells"))
        for name, cell in zip(self.plan.targets, row, strict=False):
            if not name or not cell or cell.isspace() or self._is_moot(name):
                continue
            spec = self.fields.get(name)
            if spec is None or spec.kind == "autonumber":
                found.marks[name] = clean(cell)[:MOST]
                continue
            into = found.values if name in self.fills else found.marks
            try:
                _take(into, name, self._value(name, cell))
            except Refused as refusal:
                found.faults.append((name, refusal.code))
        return found

    def _is_moot(self, name: str) -> bool:
        """Whose records are is said by a rule instead."""
        return name == "owner" and self.plan.owner != "column"

    def _value(self, name: str, cell: str) -> Any:
        spec = self.fields[name]
        if not spec.choices and spec.kind != "date":
            return self.ear.value(spec, cell)
        if (name, cell) not in self.seen:
            if len(self.seen) > 10_000:
                self.seen.clear()
            self.seen[name, cell] = self.ear.value(spec, cell)
        return self.seen[name, cell]

    def _defaults(self) -> dict[str, Any]:
        """Raises Refused for what can't be read."""
        found = {}
        for name, text in self.plan.defaults.items():
            try:
                found[name] = self.ear.value(self.fields[name], text)
            except Refused as refusal:
                raise Refused(refusal.code, name) from None
        return {n: v for n, v in found.items() if v not in (None, [])}


def _take(into: dict[str, Any], name: str, value: Any) -> None:
    if value is None or value == []:
        return
    before = into.get(name)
    if isinstance(value, list) and before:
        value = list(dict.fromkeys([*before, *value]))
    into[name] = value
