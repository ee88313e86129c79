"""Fields whose values follow from others of the record: reckoned at the end of each transaction,
and kept like any value, so that lists are ordered and filtered by them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from .formulas import result
from .registry import registry
from .work import Work


def following(kind: str, names: frozenset[str]) -> frozenset[str]:
    """The fields that follow from any of these: who may not see these may not see them."""
    entity = registry.get(kind)
    reckoned = entity.reckoned if entity else ()
    return frozenset(f.name for f in reckoned if not names.isdisjoint(names_in(f.formula[2])))


def reckon(works: Iterable[Work], clock: list[Any]) -> None:
    """`clock` is that of the transaction. The change log is silent on what follows by itself."""
    for work in works:
        for field in work.entity.reckoned:
            value = result(field.formula, work.doc)
            if work.doc[field.name] != value:
                work.put(field.name, value, clock)


def names_in(tree: Any) -> list[str]:
    """The fields that a tree names."""
    if not isinstance(tree, list) or not tree:
        return []
    if tree[0] in ("get", "amount"):
        return [tree[1]]
    return [] if tree[0] in ("lit", "num") else [n for one in tree for n in names_in(one)]
