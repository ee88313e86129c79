"""Words that too many records have to be fetched and sorted, along the order of a list.

A frequent word shows soon; it may yet be in none of a stretch, as a Hebrew word among Latin names.
So a look at the beginning of the order comes first. Where the word does not show there, its index
leads to it: in SQLite as a sieve along the stretch. PostgreSQL, whose planner makes worse of that
than of the walk, fetches all of the stretch that has the word and sorts it, unless that is too
much.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from sqlalchemy import Select, func, select, true

from .entity import Entity
from .opening import EVERYTHING, opened_by
from .permissions import Opened
from .roads import SHORTEST, Road
from .telling import by_words

if TYPE_CHECKING:
    from .reading import Asked, Reader, Row

NEAR = 1_000  # records at the beginning of a stretch
SIFTED = 40_000  # that an index may name, to be looked for along another
GATHERED = 40_000  # of a stretch that PostgreSQL may fetch and sort
# For where a million records are, which would else be remembered by the page, and all looked at
ROOM = select(func.set_config("work_mem", "64MB", True))


class Seeker:
    """Reads a page of what has frequent words. Its queries have no order yet."""

    def __init__(self, reader: Reader, entity: Entity, asked: Asked, opened: Opened) -> None:
        self.reader, self.entity, self.asked, self.opened = reader, entity, asked, opened
        self.t = entity.table.c
        self.sifted: list[Select[Any]] = []
        self.begun = self.has_room = False

    @cached_property
    def queries(self) -> list[Select[Any]]:
        """What is asked for and open."""
        return self.reader.opened(self.entity, self.asked, self.opened, None)

    @cached_property
    def found_by(self) -> list[Select[Any]]:
        """What is asked for, whether it is open or not."""
        return self.reader.queries(self.entity, self.asked, None)

    def along(self, road: Road, limit: int) -> list[Row]:
        """The first rows of a stretch."""
        if not self.reader.lite:
            if self.begun:  # the reader has looked where it begins
                near = self.near(road, limit)
                if len(near) >= limit or not self._is_longer(road):
                    return near
            self.begun = True
            found = self._gathered(road, limit)
            return self._walk(road, self.queries, limit) if found is None else found
        if not self.sifted:
            found = self.near(road, limit)
            if len(found) >= limit or not self._is_longer(road):
                return found
            self.sifted = self._through_sieve()
        return self._walk(road, self.sifted, limit)

    def near(self, road: Road, limit: int) -> list[Row]:
        """Those at the beginning of it."""
        if self.reader.lite:
            near = self._beginning(road)
            some = self.reader.opened(self.entity, self.asked, self.opened, near)
        else:  # whose planner would walk along the order if it could
            first = self._beginning(road).cte("near").prefix_with("MATERIALIZED")
            if self.opened != EVERYTHING and self._is_plain():
                found = self._places(road.column).join(first, first.c.n == self.t.n)
                return self._opened(road, found, limit) or []
            some = [query.join(first, first.c.n == self.t.n) for query in self.queries]
            # Else it says which values are whose, or is no column at all.
            if getattr(road.column, "table", None) is self.entity.table:
                road = replace(road, within=[], after=None)
        return self._walk(road, some, limit)

    def _gathered(self, road: Road, limit: int) -> list[Row] | None:
        """What has the words on a stretch, sorted, for PostgreSQL; None if it is more than should
        be fetched. Two indexes together tell where there is nothing at all, without a look at a
        record. What is open is asked of what was found alone, not of all."""
        if not self._is_plain() or all(len(word) < SHORTEST for word in self.asked.words):
            return None
        if not self.has_room:
            self.reader.connection.execute(ROOM)
            self.has_room = True
        return self._opened(road, self._places(road.column).where(*road.inside()), limit)

    def _opened(self, road: Road, some: Select[Any], limit: int) -> list[Row] | None:
        """The first of some places that are open; None if they are more than should be sorted."""
        t, found = self.t, some.limit(GATHERED + 1).cte("found").prefix_with("MATERIALIZED")
        how_many = select(func.count().label("how_many")).select_from(found).subquery()
        sorted_ = replace(road, column=found.c.at, id=found.c.id, within=[], after=None)
        first = self._open(sorted_, found).limit(limit).subquery()
        query = select(t.id, t.ver, t.doc, t.sort, first.c.at, how_many.c.how_many)
        joined = how_many.outerjoin(first, true()).outerjoin(self.entity.table, t.n == first.c.n)
        query = query.select_from(joined).order_by(*road.order(first.c.at, first.c.id))
        rows = self.reader.connection.execute(query).all()
        if rows[0].how_many > GATHERED:
            return None
        return [self.reader.row(self.entity, row) for row in rows if row.id]

    def _places(self, column: Any) -> Select[Any]:
        """Where what is asked for stands, whether it is open or not."""
        return self.found_by[0].with_only_columns(self.t.n, column.label("at"), self.t.id)

    def _open(self, road: Road, found: Any) -> Select[Any]:
        """Of what was found that which is open, along a road: put in order before it is asked
        whether it is open, as only the first are wanted."""
        some = road.walked(select(found.c.n, found.c.id)).offset(0).subquery()
        query = select(some.c.n, some.c.id, some.c.at)
        if self.opened != EVERYTHING:
            query = query.join(self.entity.table, self.t.n == some.c.n)
            query = opened_by(self.reader.viewer.org, self.entity, query, self.opened)
        return query.order_by(*road.order(some.c.at, some.c.id))

    def _walk(self, road: Road, queries: list[Select[Any]], limit: int) -> list[Row]:
        return list(self.reader.records(self.entity, road.along(queries, limit), limit))

    def _beginning(self, road: Road) -> Select[Any]:
        living = select(self.t.n).where(*self.entity.here(self.reader.viewer.org))
        return road.first(living.where(self.t.deleted.is_(False)), NEAR)

    def _is_longer(self, road: Road) -> bool:
        last = self._beginning(road).offset(NEAR - 1)
        return self.reader.connection.execute(last).first() is not None

    def _through_sieve(self) -> list[Select[Any]]:
        sieve = next(by_words(self.reader, self.entity, self.asked.words, SIFTED), None)
        if sieve is None:
            return self.queries
        return [query.where((self.t.n + 0).in_(sieve)) for query in self.queries]

    def _is_plain(self) -> bool:
        """Is it one question, and the order that of a column?"""
        sorted_by = self.entity.fields.get(self.asked.sort)
        return len(self.found_by) == 1 and not (sorted_by and sorted_by.custom)
