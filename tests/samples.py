"""Valid values for any entity, made from its declaration: what is typed, and what is kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from uuid_utils.compat import uuid7

import server.app  # noqa: F401  (declares every entity)
from server.core.entity import Entity, Field
from server.core.registry import Registry, registry


@dataclass(frozen=True)
class Sample:
    typed: list[str]
    value: Any


@dataclass(frozen=True)
class Whose:
    """What references may name: a person, a team, and records by type."""

    person: str
    team: str
    records: dict[str, str]


def product(known: Registry = registry) -> list[Entity]:
    """Every entity that has forms; those that others refer to come first. What is attached to
    other records is made of a file, not in a form."""
    waiting = [e for e in known.entities.values() if not e.system and not e.attached]
    found: list[Entity] = []
    while waiting:
        ready = next(e for e in waiting if not targets(e) & {w.type for w in waiting if w is not e})
        found.append(ready)
        waiting.remove(ready)
    return found


def targets(entity: Entity) -> set[str]:
    return {f.target for f in entity.fields.values() if f.kind == "ref" and f.target}


def offered(entity: Entity) -> list[Field]:
    """The fields of its form."""
    return [f for f in entity.fields.values() if f.in_form and not f.readonly]


def samples(entity: Entity, whose: Whose, n: int = 0, word: str = "Sample") -> dict[str, Sample]:
    """A value for every field of the form; another `n` gives other values."""
    return {f.name: sample(f, whose, n, word) for f in offered(entity)}


def sample(field: Field, whose: Whose, n: int = 0, word: str = "Sample") -> Sample:
    if field.kind in ("ref", "person", "people", "team"):
        return _reference(field, whose)
    if field.choices:
        return _choice(field, n)
    return _plain(field, n, word)


def _reference(field: Field, whose: Whose) -> Sample:
    if field.kind == "ref":
        id_ = whose.records[field.target or ""]
    else:
        id_ = whose.team if field.kind == "team" else whose.person
    return Sample([id_], [id_] if field.kind == "people" else id_)


def _choice(field: Field, n: int) -> Sample:
    values = [value for value, _ in field.choices or ()]
    if field.kind == "choices":
        return Sample(values, values)
    value = field.default if field.kind == "state" else values[n % len(values)]
    return Sample([value], value)


def _plain(field: Field, n: int, word: str) -> Sample:
    low = field.min or 0
    line = f"{word} {field.name} {n}"[: field.max]
    known: dict[str, tuple[list[str], Any]] = {
        "text": ([f"  {line} "], line),
        "longtext": ([f"{word}\r\n{n}"], f"{word}\n{n}"),
        "email": ([f"n{n}@example.org"], f"n{n}@example.org"),
        "url": ([f"example.org/{n}"], f"https://example.org/{n}"),
        "phone": (["052-123-4567"], "+972521234567"),
        "phones": (["052-123-4567", "", "+98 912 123 4567"], ["+972521234567", "+989121234567"]),
        "tags": (["red, blue"], ["red", "blue"]),
        "bool": (["1"] if n % 2 == 0 else [], n % 2 == 0),
        "integer": ([str(low + n)], low + n),
        "money": ([f"{low + n:,}.5"], (low + n) * 100 + 50),
        "number": ([f"1,000.5{n + 1}"], float(f"1000.5{n + 1}")),
        "date": ([f"2026-03-{n % 28 + 1:02}"], f"2026-03-{n % 28 + 1:02}"),
        "instant": (["2026-03-21", f"{n % 24:02}:30"], f"2026-03-21T{n % 24:02}:30:00Z"),
    }
    typed, value = known[field.kind]
    return Sample(typed, value)


def row(entity: Entity, whose: Whose, n: int = 0, word: str = "Sample") -> tuple[str, Any]:
    """A whole record for `bulk`, owned by the person and of the team."""
    values = {name: one.value for name, one in samples(entity, whose, n, word).items()}
    return entity.type, {"id": str(uuid7()), **values}


def file(whose: Whose, n: int = 0, word: str = "Sample") -> list[tuple[str, Any]]:
    """One record of every entity, each referring to those before it."""
    found: list[tuple[str, Any]] = []
    for entity in product():
        ids = {kind: values["id"] for kind, values in found}
        found.append(row(entity, Whose(whose.person, whose.team, whose.records | ids), n, word))
    return found
