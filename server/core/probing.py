"""Questions that name, by an index, rows among which all are that a list can mean."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from sqlalchemy import Select, and_, func, literal, select

from .conditions import looked_up
from .easing import empties
from .entity import Entity
from .ledger import Feed
from .telling import by_words

if TYPE_CHECKING:
    from .reading import Asked, Reader

FEED: Any = Feed.__table__


def probes(
    reader: Reader, entity: Entity, asked: Asked, most: int
) -> Iterator[Select[Any]]:
    """What the words and each of the filters name; asks for `n`. `most`: so many are few."""
    org, t = reader.viewer.org, entity.table.c
    yield from by_words(reader, entity, asked.words, most)
    known = looked_up(entity.table)
    clauses = [
        reader.where(entity, name, asked.filters[name])
        for name in asked.filters if name in known or name in entity.custom
    ]  # fmt: skip
    clauses += [t[name].is_(None) for name in sorted(empties(asked.where) & known)]
    for clause in clauses:
        yield select(t.n).where(*entity.here(org), t.deleted.is_(False), clause)


def by_keys(org: int, entity: Entity, keys: frozenset[str]) -> Select[Any]:
    """What carries one of the keys; some of it more than once."""
    t = entity.table.c
    join = and_(t.org == FEED.c.org, t.id == FEED.c.rec)
    return select(t.n).select_from(FEED).join(entity.table, join).where(*_keyed(org, entity, keys))


def count_keyed(org: int, entity: Entity, keys: frozenset[str], most: int) -> Select[Any]:
    """How many times something carries one of them; no more than the most."""
    some = select(literal(1)).where(*_keyed(org, entity, keys)).limit(most)
    return select(func.count()).select_from(some.subquery())


def _keyed(org: int, entity: Entity, keys: frozenset[str]) -> list[Any]:
    mine = [FEED.c.org == org, FEED.c.key.in_(sorted(keys))]
    return [*mine, FEED.c.type == entity.type, FEED.c.gone == 0]
