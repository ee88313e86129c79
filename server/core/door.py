"""The one door for writes. Pages, sync, import, jobs: everybody who changes a record comes here.

`write` is the push of server/sync/PROTOCOL.md, `bulk` its wide wing for many new records.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from itertools import zip_longest
from typing import Any

from sqlalchemy.exc import InterfaceError, InternalError, OperationalError, ProgrammingError

from .ahead import Ahead
from .db import writing
from .operations import Result
from .push import Author, Push

__all__ = ["Author", "write"]
MOST = 200  # operations in one transaction
# Faults of the database, not of what is written: the caller has to try again
PASSING = (InterfaceError, InternalError, OperationalError, ProgrammingError)
log = logging.getLogger(__name__)


def write(author: Author, raw_ops: list[Any]) -> list[Result]:
    """Authorise, validate, merge, apply and log operations; one Result for each, in order.

    Never raises for what an operation says: that becomes its Result. Large lists are taken in
    several transactions; operations of one group stay together."""
    results: list[Result] = []
    failed: set[str] = set()
    portions = [*_portions(raw_ops)]
    with Ahead() as ahead:
        for some, coming in zip_longest(portions, portions[1:]):
            results += _take(author, some, failed, ahead, coming)
    return results


def _take(
    author: Author, raw_ops: list[Any], failed: set[str], ahead: Ahead,
    coming: list[Any] | None = None,
) -> list[Result]:  # fmt: skip
    """One transaction. Should it fail as a whole, each group gets one of its own, so that the
    guilty one is refused and does not hold up the others for ever."""
    before = set(failed)
    try:
        with writing() as connection:
            return Push(connection, author, failed, ahead=ahead, coming=coming).run(raw_ops)
    except PASSING:
        raise
    except Exception:
        log.exception("a transaction of %d operations failed", len(raw_ops))
        failed.intersection_update(before)
    groups = list(_portions(raw_ops, most=1))
    if len(groups) > 1:
        return [result for group in groups for result in _take(author, group, failed, ahead)]
    with writing() as connection:
        return Push(connection, author, failed, poisoned=True).run(raw_ops)


def _portions(raw_ops: list[Any], most: int = MOST) -> Iterator[list[Any]]:
    portion: list[Any] = []
    for raw in raw_ops:
        group = raw.get("g") if isinstance(raw, dict) else None
        goes_on = bool(group) and portion and _group_of(portion[-1]) == group
        if len(portion) >= most and not goes_on:
            yield portion
            portion = []
        portion.append(raw)
    if portion:
        yield portion


def _group_of(raw: Any) -> Any:
    return raw.get("g") if isinstance(raw, dict) else None
