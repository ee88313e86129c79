"""Fields whose values follow from others of the record: reckoned at the end of each transaction,
and kept like any value, so that lists are ordered and filtered by them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from .formulas import result
from .work import Work


def reckon(works: Iterable[Work], clock: list[Any]) -> None:
    """`clock` is that of the transaction. The change log is silent on what follows by itself."""
    for work in works:
        for field in work.entity.reckoned:
            value = result(field.formula, work.doc)
            if work.doc[field.name] != value:
                work.put(field.name, value, clock)
