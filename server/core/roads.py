"""Stretches of an order: what a list walks along, see reading.py."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import Select, func, select, union_all

from .conditions import beyond
from .custom.values import walked
from .entity import Entity

if TYPE_CHECKING:
    from .reading import Asked

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
        query = query.add_columns(self.column.label("at")).where(*self.within)
        if self.after is not None:
            start = beyond(self.column, self.id, self.after, self.down, self.id_down)
            query = query.where(start)
        return query.order_by(*self.order(self.column, self.id))

    def order(self, column: Any, id_: Any) -> list[Any]:
        return [column.desc() if self.down else column.asc(), id_.desc() if self.id_down else id_]


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
