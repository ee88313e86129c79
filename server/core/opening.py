"""What is open to a person, as clauses: records that carry one of the keys."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, and_, bindparam, cast, false, func, or_, select, true
from sqlalchemy.dialects.postgresql import JSONB

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


def seen_by(entity: Entity, opened: Opened, lite: bool) -> Any:
    """The same by what stands in the records themselves, for whoever looks at very many of them."""
    carried: Any = entity.table.c["keys"]
    each = func.json_each(carried) if lite else func.jsonb_array_elements_text(cast(carried, JSONB))
    one = each.table_valued("value")
    clauses = []
    for about, keys in opened:
        mine = select(1).select_from(one).where(one.c.value.in_(sorted(keys or ()))).exists()
        clauses.append(and_(_about(entity, about), true() if keys is None else mine))
    return or_(false(), *clauses)


def _about(entity: Entity, kinds: frozenset[str] | None) -> Any:
    return true() if kinds is None else entity.table.c.of.in_(sorted(kinds))


def _carrying(
    org: int, entity: Entity, about: frozenset[str] | None, keys: frozenset[str] | None
) -> Any:
    t = entity.table.c
    of = _about(entity, about)
    if keys is None:
        return of
    key_is = FEED.c.key.in_(bindparam("keys", sorted(keys), expanding=True, unique=True))
    carried = select(1).where(
        FEED.c.org == org, key_is, FEED.c.type == entity.type,
        FEED.c.rec == t.id, FEED.c.gone == 0,
    )  # fmt: skip
    return and_(of, carried.exists())
