"""A look at which records the lines of many portions may be about.

To find them by a key reads through all records of their kind, so it is done once for them all,
without any lock. What was written meanwhile is looked up before each portion.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import orjson
from sqlalchemy import Select, select

from server.core import permissions
from server.core.custom.values import column_of, of_records
from server.core.entity import Entity
from server.core.kinds import KINDS, UUID
from server.core.opening import opened_by
from server.core.reading import Reader, Row
from server.core.text import sort_key

from .matching import Known, Token, listed, token, told
from .plan import Plan
from .preparing import Line
from .referring import chunks, has_key, is_one

MOST = 20  # records that one value may find before it is of no use


class Ahead:
    """The records that some lines may be about, of all that there was at the version `ver` of the
    organisation. `lang` is the organisation's, by which titles are in order."""

    def __init__(self, plan: Plan, lang: str, lines: list[Line]) -> None:
        self.plan, self.lang, self.ver = plan, lang, 0
        self.texts: dict[str, set[str]] = {}
        for line in lines:
            for name, one in told(plan, line):
                self.texts.setdefault(name, set()).add(str(one))
        self.likely: dict[Token, set[str]] = {}

    def look(self, reader: Reader, ver: int) -> None:
        """At what was written since it looked last."""
        if ver != self.ver:
            for name in self.texts.keys() - {"id"}:
                for id_, way in self._having(reader, name):
                    self._note(name, way, id_)
        self.ver = ver

    def wrote(self, docs: Iterable[Row], ver: int) -> None:
        """What was written by whoever looks here, up to a version."""
        for doc in docs:
            for name in self.texts.keys() - {"id"}:
                for one in listed(doc[name]):
                    self._note(name, self._way(name, one), doc["id"])
        self.ver = ver

    def _note(self, name: str, way: str, id_: str) -> None:
        ids = self.likely.setdefault((name, way), set())
        if len(ids) < MOST:
            ids.add(id_)

    def _way(self, name: str, value: Any) -> str:
        """By which it is found: titles by their place in the order, which has an index."""
        entity = self.plan.entity
        if name == entity.title:
            return sort_key(str(value), self.lang)
        return token(entity, name, value)

    def known(self, reader: Reader, lines: list[Line]) -> Known:
        """What lines of one portion are about, as it is now."""
        known, ids = Known(self.plan), set[str]()
        for name, one in (one for line in lines for one in told(self.plan, line)):
            if name != "id":
                ids |= self.likely.get((name, self._way(name, one)), set())
            elif UUID.fullmatch(one):
                ids.add(one)
        c = self.plan.entity.table.c
        for some in chunks(ids):
            for row in reader.related(self.plan.entity, [c.id.in_(some)], [], len(some)):
                known.read(row)
        return known

    def _having(self, reader: Reader, name: str) -> Iterator[tuple[str, str]]:
        """Ids of records that have one of the texts, and by which way."""
        entity, texts, lite = self.plan.entity, sorted(self.texts[name]), reader.lite
        c, field = entity.table.c, entity.fields[name]
        column, beside = column_of(field) if field.custom else c[name], list[Any]()
        if name == entity.title:
            column = c.sort
            clause = has_key(column, {sort_key(text, self.lang) for text in texts}, lite)
        else:
            clause = is_one(column, field, texts, lite)
            beside = of_records(reader.viewer.org, entity, field) if field.custom else beside
        late = [c.ver > self.ver] if self.ver else []
        is_list = KINDS[field.kind].is_list and not field.custom
        query = select(c.id, column).where(c.deleted.is_(False), *late, *beside, clause)
        for id_, value in _seen(reader, entity, query):
            for one in orjson.loads(value) if is_list else [value]:
                yield id_, one if name == entity.title else token(entity, name, one)


def _seen(reader: Reader, entity: Entity, query: Select[Any]) -> Any:
    """Of what its person may see."""
    org, opened = reader.viewer.org, permissions.opened(reader.viewer, entity.type)
    return reader.connection.execute(opened_by(org, entity, query.where(*entity.here(org)), opened))
