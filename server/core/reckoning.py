"""Fields whose values follow from others of the record: reckoned at the end of each transaction,
and kept like any value, so that lists are ordered and filtered by them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from .entity import Entity
from .formulas import names_of, result
from .registry import registry
from .work import Work


def following(kind: str, names: frozenset[str]) -> frozenset[str]:
    """The fields that follow from any of these: who may not see these may not see them."""
    entity = registry.get(kind)
    found: frozenset[str] = frozenset()
    for field in entity.reckoned if entity else ():
        if not (names | found).isdisjoint(names_of(field)):
            found |= {field.name}
    return found


def reckon(works: Iterable[Work], clock: list[Any]) -> None:
    """`clock` is that of the transaction. The change log is silent on what follows by itself."""
    for work in works:
        for name, value in reckoned(work.entity, work.doc):
            if work.doc[name] != value:
                work.put(name, value, clock)


def reckoned(entity: Entity, doc: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Fields and what they ought to hold."""
    for field in entity.reckoned:
        yield field.name, result(field.formula, doc)
