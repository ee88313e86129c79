"""The one door for writes. Pages, sync, import, jobs: everybody who changes a record comes here.

`write` is the push of server/sync/PROTOCOL.md, `bulk` its wide wing for many new records.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from .db import writing
from .operations import Result
from .push import Author, Push

__all__ = ["Author", "write"]
MOST = 200  # operations in one transaction


def write(author: Author, raw_ops: list[Any]) -> list[Result]:
    """Authorise, validate, merge, apply and log operations; one Result for each, in order.

    Never raises for what an operation says: that becomes its Result. Large lists are taken in
    several transactions; operations of one group stay together."""
    results: list[Result] = []
    failed: set[str] = set()
    for some in _portions(raw_ops):
        with writing() as connection:
            results += Push(connection, author, failed).run(some)
    return results


def _portions(raw_ops: list[Any]) -> Iterator[list[Any]]:
    portion: list[Any] = []
    for raw in raw_ops:
        group = raw.get("g") if isinstance(raw, dict) else None
        goes_on = bool(group) and portion and _group_of(portion[-1]) == group
        if len(portion) >= MOST and not goes_on:
            yield portion
            portion = []
        portion.append(raw)
    if portion:
        yield portion


def _group_of(raw: Any) -> Any:
    return raw.get("g") if isinstance(raw, dict) else None
