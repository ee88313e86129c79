"""What no index knows, such as a word in a note, is looked for along the order of a list, and not
through all of it at once: a page ends where so many records have been looked at, also with nothing
found, and the next one goes on from there."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import Select, select

from .conditions import looked_up
from .entity import Entity
from .opening import opened_by
from .roads import Road
from .seeking import NEAR, Seeker

if TYPE_CHECKING:
    from .reading import Asked, Row

AHEAD = 4  # times as many as a page has, where a look at the beginning is to do
LOOKED_AT = 20_000  # records of a stretch for one page
Place = list[Any]


def is_walk(entity: Entity, asked: Asked) -> bool:
    """May nearly all have to be looked at for a page? `asked` is eased."""
    known = looked_up(entity.table)
    named = (n for n in asked.filters if n not in known and n not in entity.custom)
    return bool((asked.where and asked.where["of"]) or any(named))


class Walker(Seeker):
    """Reads a page of what is asked for, as far as it comes."""

    size = NEAR

    def page(self, limit: int) -> tuple[list[Row], Place | None]:
        """Rows, and from where to go on if the walk has ended before there were so many."""
        rows: list[Row] = []
        for road in self.reader.roads(self.entity, self.asked):
            found, place = self._stretch(road, limit - len(rows))
            rows += found
            if place or len(rows) >= limit:
                return rows, place
        return rows, None

    def _stretch(self, road: Road, limit: int) -> tuple[list[Row], Place | None]:
        for self.size in (max(NEAR, AHEAD * limit), LOOKED_AT):
            found = self.near(road, limit)
            end = self._end(road)
            if len(found) >= limit or end is None:
                return found, None
        # Only of what is open somebody may learn where it stands.
        place = self._last_open(road)
        return (found, place) if place else self._stretch(replace(road, after=end), limit)

    def _beginning(self, road: Road) -> Select[Any]:
        return road.first(self._living(self.t.n), self.size)

    def _living(self, *columns: Any) -> Select[Any]:
        here = self.entity.here(self.reader.viewer.org)
        return select(*columns).where(*here, self.t.deleted.is_(False))

    def _end(self, road: Road) -> Place | None:
        """The last record of the beginning, if there are more."""
        two = road.walked(self._living(road.id.label("rec"))).offset(self.size - 1).limit(2)
        found = self.reader.connection.execute(two).all()
        return [found[0].at, found[0].rec] if len(found) > 1 else None

    def _last_open(self, road: Road) -> Place | None:
        some = self._living(road.id.label("rec")).where(self.t.n.in_(self._beginning(road)))
        some = opened_by(self.reader.viewer.org, self.entity, some, self.opened)
        each = road.walked(some).order_by(None).subquery()
        order = replace(road, down=not road.down, id_down=not road.id_down)
        query = select(each.c.at, each.c.rec).order_by(*order.order(each.c.at, each.c.rec))
        found = self.reader.connection.execute(query.limit(1)).first()
        return [found.at, found.rec] if found else None
