"""Which records the lines of a file are about: found by the keys of the plan, many at once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from server.core.entity import Entity
from server.core.kinds import UUID
from server.core.reading import Reader, Row
from server.core.text import fold, sort_key

from .plan import Plan
from .preparing import Line
from .referring import chunks, has_one

Token = tuple[str, str]  # a key and a value by which it finds
MOST = 20  # records that one value may find before it is of no use


class Known:
    """Records by what they are found by; those that are made on the way are added."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.docs: dict[str, Row] = {}
        self.found: dict[Token, set[str]] = {}

    def tokens(self, line: Line) -> Iterator[Token]:
        for name in self.plan.keys:
            value = line.marks.get(name, line.values.get(name))
            for one in value if isinstance(value, list) else [value]:
                if one is not None:
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


def token(entity: Entity, name: str, value: Any) -> str:
    """The form in which values of a key are compared."""
    field = entity.fields.get(name)
    if field is None or field.kind in ("phone", "phones"):
        return str(value)
    return fold(str(value))


def find(reader: Reader, lang: str, plan: Plan, lines: list[Line]) -> Known:
    known = Known(plan)
    wanted: dict[str, set[str]] = {}
    for line in lines:
        for name in plan.keys:
            value = line.marks.get(name, line.values.get(name))
            values = value if isinstance(value, list) else [value]
            wanted.setdefault(name, set()).update(str(one) for one in values if one is not None)
    for name, texts in wanted.items():
        for some in chunks(texts):
            clause = _clause(reader, lang, plan.entity, name, some)
            for row in reader.related(plan.entity, [clause], [], MOST * len(some)):
                known.docs[row["id"]] = row
                value = row[name]
                for one in value if isinstance(value, list) else [value]:
                    found = known.found.setdefault((name, token(plan.entity, name, one)), set())
                    found.add(row["id"])
    return known


def _clause(reader: Reader, lang: str, entity: Entity, name: str, texts: list[str]) -> Any:
    c = entity.table.c
    if name == "id":
        return c.id.in_([text for text in texts if UUID.fullmatch(text)])
    if name == entity.title:
        return c.sort.in_(sorted({sort_key(text, lang) for text in texts}))
    return has_one(reader, entity, entity.fields[name], texts)
