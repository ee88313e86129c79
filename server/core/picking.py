"""Words that many have, but not very many: all places in the order at which they stand are read
and sorted, whatever the stretch, and only the first records are looked at.

SQLite has an index of the places beside the numbers by which its index of words knows records.
PostgreSQL has to look at the records for both.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import Boolean, Integer, Select, String, Text, and_, column, func, or_, select, text

from .entity import Entity
from .permissions import Opened
from .roads import SHORTEST, has, stretches, turns
from .seeking import Seeker
from .telling import by_words

if TYPE_CHECKING:
    from .reading import Asked, Reader, Row

QUICK = 6_000  # records that are picked before anything else is tried
MOST = 20_000  # in SQLite; to PostgreSQL each costs five times as much
FIRST = 400  # places that are read before all are
MORE = 24  # records than are wanted, that are looked at first
SAMPLED = 400  # of what an index names, where that are many
PORTION = 1_000  # of all others
PLACES = "SELECT n, org, deleted, sort, id FROM {t} INDEXED BY ix_{t}_place_search"
COLUMNS = {"n": Integer, "org": Integer, "deleted": Boolean, "sort": Text, "id": String}


def guessed(reader: Reader, entity: Entity, words: list[str]) -> int:
    """In how many records PostgreSQL has the words: it names them as they stand, so the last of
    some tells how densely."""
    named = next(by_words(reader, entity, words, MOST), None)
    found = [] if named is None else reader.some(named, SAMPLED + 1)
    if len(found) <= SAMPLED:
        return len(found)
    last = reader.some(select(entity.table.c.n).order_by(entity.table.c.n.desc()), 1)
    return len(found) * last[0] // max(1, *found)


def sought(reader: Reader, entity: Entity, asked: Asked, opened: Opened) -> list[Row]:
    """One more than a page of what has words that are not rare, if there is so much."""
    most, roads = asked.limit + 1, [*reader.roads(entity, asked)]
    if not roads:  # somebody made up a place in the order
        return []
    picker = Picker(reader, entity, asked, opened)
    if picker.many <= QUICK:
        return picker.page(most)
    seeker = Seeker(reader, entity, asked, opened)
    rows = seeker.near(roads[0], most)
    if len(rows) >= most:
        return rows
    if reader.lite and picker.many <= MOST:
        return picker.page(most)
    rows = []
    for road in roads:
        rows += seeker.along(road, most - len(rows))
        if len(rows) >= most:
            break
    return rows


class Picker:
    """Reads a page of what has the words; they are in about so `many` records."""

    def __init__(self, reader: Reader, entity: Entity, asked: Asked, opened: Opened) -> None:
        self.reader, self.entity, self.asked, self.opened = reader, entity, asked, opened
        ordered = asked.sort in ("", entity.title) and not entity.fields[entity.title].custom
        # To PostgreSQL two letters cost as much to find as a walk past all.
        ordered &= reader.lite or any(len(word) >= SHORTEST for word in asked.words)
        self.named = next(by_words(reader, entity, asked.words, MOST), None) if ordered else None
        self.many = self._how_many()

    def page(self, limit: int) -> list[Row]:
        """The first rows."""
        places, rows = self._places(), list[Any]()
        for part in self._parts(places, limit + MORE):
            rows += self._look(part, limit - len(rows))
            if len(rows) >= limit:
                break
        return rows

    def _parts(self, places: Select[Any], few: int) -> Iterator[list[int]]:
        """Numbers in order, at first only as many as a page mostly needs."""
        ask = self.reader.connection.execute
        numbers = list(ask(places.limit(FIRST)).scalars())
        yield numbers[:few]
        yield numbers[few:]
        numbers = list(ask(places.offset(FIRST)).scalars()) if len(numbers) == FIRST else []
        for start in range(0, len(numbers), PORTION):
            yield numbers[start : start + PORTION]

    def _how_many(self) -> int:
        if self.named is None:
            return MOST + 1
        if self.reader.lite:
            some = select(func.count()).select_from(self.named.limit(MOST + 1).subquery())
            return int(self.reader.connection.execute(some).scalar_one())
        return guessed(self.reader, self.entity, self.asked.words)

    def _places(self) -> Select[Any]:
        """Numbers of what has the words, in the order of the list."""
        t, org = self.entity.table, self.reader.viewer.org
        if self.reader.lite:
            some: Any = text(PLACES.format(t=t.name))
            some = some.columns(*(column(n, kind) for n, kind in COLUMNS.items())).subquery("place")
            here = [some.c.org == org, some.c.deleted.is_(False), some.c.n.in_(self.named)]  # type: ignore[arg-type]
        else:
            some = select(t.c.n, t.c.sort, t.c.id).where(*self.entity.here(org))
            worded = [has(t, word, lite=False) for word in self.asked.words]
            some = some.where(t.c.deleted.is_(False), *worded)
            some, here = some.cte("place").prefix_with("MATERIALIZED"), []
        roads = stretches(org, self.reader.lang, self.entity, self.asked, some.c.sort)
        each = [replace(road, id=some.c.id) for road in roads]
        # Without a place to go on from they lead past everything.
        beyond = [or_(*(and_(*road.inside()) for road in each))] if self.asked.after else []
        return select(some.c.n).where(*here, *beyond).order_by(*turns(each))

    def _look(self, numbers: list[int], limit: int) -> list[Row]:
        """Those of them that are open and all that is asked for."""
        reader, roads = self.reader, [*self.reader.roads(self.entity, self.asked)]
        query = reader.opened(self.entity, self.asked, self.opened, numbers)[0]
        query = query.add_columns(roads[0].column.label("at")).order_by(*turns(roads))
        return list(reader.records(self.entity, query, limit))
