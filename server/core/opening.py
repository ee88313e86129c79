"""What is open to a person, as clauses: records that carry one of the keys."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, and_, bindparam, false, or_, select, true

from .entity import Entity
from .ledger import Feed
from .permissions import Opened

FEED: Any = Feed.__table__
EVERYTHING: Opened = ((None, None),)


def any_of(opened: Opened) -> frozenset[str] | None:
    """Keys of which every record that is open carries one, or None."""
    found: frozenset[str] = frozenset()
    for _, keys in opened:
        if keys is None:
            return None
        found |= keys
    return found


def opened_by(org: int, entity: Entity, query: Select[Any], opened: Opened) -> Select[Any]:
    """Only records that are open."""
    if opened == EVERYTHING:
        return query
    clauses = [_carrying(org, entity, *one) for one in opened]
    return query.where(or_(*clauses) if clauses else false())


def _carrying(
    org: int, entity: Entity, about: frozenset[str] | None, keys: frozenset[str] | None
) -> Any:
    t = entity.table.c
    of = true() if about is None else t.of.in_(sorted(about))
    if keys is None:
        return of
    key_is = FEED.c.key.in_(bindparam("keys", sorted(keys), expanding=True, unique=True))
    carried = select(1).where(
        FEED.c.org == org, key_is, FEED.c.type == entity.type,
        FEED.c.rec == t.id, FEED.c.gone == 0,
    )  # fmt: skip
    return and_(of, carried.exists())
