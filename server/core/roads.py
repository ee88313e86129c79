"""Stretches of an order: what a list walks along, see reading.py."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import Select, and_, case, func, or_, select, union_all

from .conditions import beyond
from .custom.values import walked
from .entity import Entity
from .text import script_ranges

if TYPE_CHECKING:
    from .reading import Asked

SMALL = {"team", "branch", "role"}  # kinds of which no organisation has many
SHORTEST = 3  # letters of a trigram: shorter words can't be looked up


@dataclass(frozen=True)
class Road:
    """A stretch of an order, walked from a place in it; ties are broken by id."""

    column: Any
    id: Any
    within: list[Any]
    after: list[Any] | None
    down: bool = False
    id_down: bool = False

    def along(self, queries: list[Select[Any]], limit: int) -> Select[Any]:
        """The queries in this order, the first few of them all."""
        some = [self.walked(query).limit(limit) for query in queries]
        if len(some) == 1:
            return some[0]
        all_: Any = union_all(*(select(query.subquery()) for query in some)).subquery()
        return select(all_).order_by(*self.order(all_.c.at, all_.c.id))

    def first(self, query: Select[Any], most: int) -> Select[Any]:
        """What the query has at the beginning of the stretch; it asks for `n` alone."""
        return select(self.walked(query).limit(most).subquery().c.n)

    def walked(self, query: Select[Any]) -> Select[Any]:
        """The query in this order."""
        query = query.add_columns(self.column.label("at")).where(*self.inside())
        return query.order_by(*self.order(self.column, self.id))

    def inside(self) -> list[Any]:
        """What is on it."""
        if self.after is None:
            return self.within
        start = beyond(self.column, self.id, self.after, self.down, self.id_down)
        return [*self.within, start]

    def order(self, column: Any, id_: Any) -> list[Any]:
        return [column.desc() if self.down else column.asc(), id_.desc() if self.id_down else id_]


def in_turn(roads: list[Road], query: Select[Any]) -> Select[Any] | None:
    """What few rows the query finds, along one road after another in one statement; None where
    roads lead through different columns."""
    first = roads[0] if roads else None
    if first is None or any(road.column is not first.column for road in roads):
        return None
    some = query.add_columns(first.column.label("at"))
    return some.where(or_(*(and_(*road.inside()) for road in roads))).order_by(*turns(roads))


def turns(roads: list[Road]) -> list[Any]:
    """What roads through one column are ordered by: one after another."""
    first, each = roads[0], [and_(*road.inside()) for road in roads[:-1]]
    order = first.order(first.column, first.id)
    turn = [case(*((inside, n) for n, inside in enumerate(each)), else_=len(each))] if each else []
    return [*turn, *order]


def trigrams(word: str) -> list[str]:
    """Every three letters in a row, quoted for FTS5."""
    return [word[i : i + 3].replace('"', '""') for i in range(len(word) - SHORTEST + 1)]


def has(table: Any, word: str, lite: bool) -> Any:
    """A word that is too short to be looked up must not lead PostgreSQL through the whole index of
    trigrams, as it would if it were asked with LIKE."""
    search = table.c.search
    if lite or len(word) >= SHORTEST:
        return search.contains(word, autoescape=True)
    return func.strpos(search, word) > 0


def valued(org: int, entity: Entity, asked: Asked, column: Any, id_: Any) -> Road:
    """What has a value in the field that a list is ordered by."""
    field, within = entity.fields[asked.sort], [column.is_not(None)]
    if field.custom:
        column, id_, within = walked(org, entity, field)
    return Road(column, id_, within, asked.after, asked.descending)


def stretches(org: int, lang: str, entity: Entity, asked: Asked, at: Any) -> Iterator[Road]:
    """By title one per script, the person's own first; by anything else what has a value, and
    then what has none."""
    id_, after, down = entity.table.c.id, asked.after, asked.descending
    if asked.sort not in ("", entity.title):
        if after is None or after[0] is not None:
            yield valued(org, entity, asked, at, id_)
        rest = after if after and after[0] is None else None
        yield Road(at, id_, [at.is_(None)], rest)
        return
    scripts = script_ranges(lang)
    for low, high in scripts[::-1] if down else scripts:
        inside = after is not None and low <= after[0] < high
        if after is None or inside:
            within = [at >= low, at < high]
            yield Road(at, id_, within, after if inside else None, down, id_down=down)
            after = None
