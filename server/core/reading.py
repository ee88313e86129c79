"""Lists of records, seen through a person's eyes and quick at any size.

A list walks the index of the sort order and tests each row; or, when a search or a person's keys
single out few enough records, it takes those alone and sorts them. Which of the two is asked of
the indexes with a bounded probe, never with a count over everything.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import orjson
from sqlalchemy import ColumnElement, Connection, Select, and_, bindparam, or_, select, text

from . import permissions
from .entity import Entity, Field
from .kinds import KINDS
from .ledger import Feed
from .permissions import Viewer
from .text import script_ranges

FEW = 2_000  # records that are cheaper fetched and sorted than found along an index
SHORTEST = 3  # letters of a trigram: shorter words can't be looked up
FEED: Any = Feed.__table__
Row = dict[str, Any]


@dataclass(frozen=True)
class Asked:
    """What a list is asked for. `keys` None means all of the organisation."""

    words: list[str] = field(default_factory=list)
    filters: dict[str, str] = field(default_factory=dict)
    sort: str = ""
    descending: bool = False
    after: list[Any] | None = None
    limit: int = 50


class Reader:
    """Reads records of one organisation as one person, over one connection."""

    def __init__(self, connection: Connection, viewer: Viewer, lang: str) -> None:
        self.connection, self.viewer, self.lang = connection, viewer, lang
        self.lite = connection.dialect.name == "sqlite"

    def get(self, entity: Entity, id_: str) -> Row | None:
        """The record, deleted or not, or None when it is not there for this person."""
        t = entity.table.c
        query = select(t.ver, t.doc, t["keys"]).where(t.org == self.viewer.org, t.id == id_)
        row = self.connection.execute(query).first()
        keys = permissions.keys(self.viewer, entity.type, "see")
        if row is None or (keys is not None and keys.isdisjoint(json.loads(row.keys))):
            return None
        return record(entity, id_, row.ver, row.doc)

    def many(self, entity: Entity, ids: list[str]) -> dict[str, Row]:
        """Those of the records that are there for this person, by id."""
        t = entity.table.c
        query = self._select(entity).where(t.id.in_(ids))
        return {r["id"]: r for r in self._records(entity, self._visible(entity, query))}

    def related(self, entity: Entity, clause: Any, order: list[Any], limit: int) -> list[Row]:
        """Undeleted records that satisfy a clause over the entity's table."""
        query = self._select(entity).where(entity.table.c.deleted.is_(False), clause)
        return list(self._records(entity, self._visible(entity, query.order_by(*order)), limit))

    def page(self, entity: Entity, asked: Asked, held: bool) -> tuple[list[Row], list[Any] | None]:
        """A page and the cursor of the next one. `held`: only what the person's phone holds."""
        keys = permissions.keys(self.viewer, entity.type, "see")
        if held:
            own = permissions.held_keys(self.viewer)
            keys = own if keys is None else keys & own
        query = self._filtered(entity, asked)
        few = self._few(entity, asked, keys)
        if few is not None:
            query = query.where(entity.table.c.n.in_(few) if few else text("1 = 0"))
        query = self._opened_by(entity, query, keys)
        rows: list[Row] = []
        for some in self._roads(entity, asked, query):
            rows += self._records(entity, some, asked.limit + 1 - len(rows))
            if len(rows) > asked.limit:
                rows = rows[: asked.limit]
                return rows, [rows[-1]["_at"], rows[-1]["id"]]
        return rows, None

    def _select(self, entity: Entity) -> Select[Any]:
        t = entity.table.c
        return select(t.id, t.ver, t.doc, t.sort).where(t.org == self.viewer.org)

    def _records(self, entity: Entity, query: Select[Any], limit: int = 500) -> Iterator[Row]:
        for row in self.connection.execute(query.limit(limit)):
            found = record(entity, row.id, row.ver, row.doc)
            found["_at"] = row._mapping.get("at", row.sort)
            yield found

    def _visible(self, entity: Entity, query: Select[Any]) -> Select[Any]:
        return self._opened_by(entity, query, permissions.keys(self.viewer, entity.type, "see"))

    def _opened_by(
        self, entity: Entity, query: Select[Any], keys: frozenset[str] | None
    ) -> Select[Any]:
        """Only records that carry one of the keys."""
        if keys is None:
            return query
        t = entity.table.c
        key_is = FEED.c.key.in_(bindparam("keys", sorted(keys), expanding=True))
        carried = select(1).where(
            FEED.c.org == self.viewer.org, key_is, FEED.c.type == entity.type,
            FEED.c.rec == t.id, FEED.c.gone == 0,
        )  # fmt: skip
        return query.where(carried.exists())

    def _filtered(self, entity: Entity, asked: Asked) -> Select[Any]:
        t = entity.table.c
        query = self._select(entity).where(t.deleted.is_(False))
        for word in asked.words:
            query = query.where(t.search.contains(word, autoescape=True))
        for name, value in asked.filters.items():
            query = query.where(condition(entity.fields[name], t[name], value))
        return query

    def _few(self, entity: Entity, asked: Asked, keys: frozenset[str] | None) -> list[int] | None:
        """`n` of the only records that can be meant, if they are few; else None."""
        for probe in self._probes(entity, asked, keys):
            found = list(self.connection.execute(probe.limit(FEW + 1)).scalars())
            if len(found) <= FEW:
                return found
        return None

    def _probes(
        self, entity: Entity, asked: Asked, keys: frozenset[str] | None
    ) -> Iterator[Select[Any]]:
        t = entity.table.c
        long = [word for word in asked.words if len(word) >= SHORTEST]
        if long and self.lite:
            phrase = " AND ".join(f'"{three}"' for word in long for three in trigrams(word))
            match = text(f"{entity.table.name}_fts MATCH :phrase").bindparams(phrase=phrase)
            source = text(f"{entity.table.name}_fts")
            yield select(text("rowid")).select_from(source).where(match)
        elif long:
            clauses = [t.search.contains(word, autoescape=True) for word in long]
            yield select(t.n).where(*clauses)
        if keys is not None:
            mine = and_(FEED.c.org == self.viewer.org, FEED.c.key.in_(sorted(keys)))
            join = and_(t.org == FEED.c.org, t.id == FEED.c.rec)
            yield (
                select(t.n).select_from(FEED).join(entity.table, join)
                .where(mine, FEED.c.type == entity.type, FEED.c.gone == 0)
            )  # fmt: skip

    def _roads(self, entity: Entity, asked: Asked, query: Select[Any]) -> Iterator[Select[Any]]:
        """The query in order, from the cursor on; by title one stretch per script, the person's
        own script first."""
        t = entity.table.c
        column = t.sort if asked.sort in ("", entity.title) else t[asked.sort]
        if asked.sort not in ("", entity.title):
            yield self._ordered(query.add_columns(column.label("at")), column, t.id, asked)
            return
        stretches = script_ranges(self.lang)
        if asked.descending:
            stretches = stretches[::-1]
        passed = asked.after is None
        for low, high in stretches:
            inside = asked.after is not None and low <= asked.after[0] < high
            if not passed and not inside:
                continue
            here = query.where(column >= low, column < high)
            yield self._ordered(here, column, t.id, asked if inside else _fresh(asked))
            passed = True

    def _ordered(self, query: Select[Any], column: Any, id_: Any, asked: Asked) -> Select[Any]:
        """Nulls come last in either direction; ties are broken by id."""
        if asked.after is not None:
            query = query.where(_beyond(column, id_, asked.after, asked.descending))
        direction = column.desc() if asked.descending else column.asc()
        if column.name == "sort":
            return query.order_by(direction, id_.desc() if asked.descending else id_.asc())
        return query.order_by(direction.nulls_last(), id_.asc())


def trigrams(word: str) -> list[str]:
    """Every three letters in a row, quoted for FTS5."""
    return [word[i : i + 3].replace('"', '""') for i in range(len(word) - SHORTEST + 1)]


def _fresh(asked: Asked) -> Asked:
    return Asked(asked.words, asked.filters, asked.sort, asked.descending, None, asked.limit)


def _beyond(column: Any, id_: Any, after: list[Any], descending: bool) -> ColumnElement[bool]:
    value, last = after
    if value is None:
        return and_(column.is_(None), id_ > last)
    further = column < value if descending else column > value
    if column.name == "sort":
        return or_(further, and_(column == value, id_ < last if descending else id_ > last))
    return or_(further, and_(column == value, id_ > last), column.is_(None))


def condition(field: Field, column: Any, value: str) -> ColumnElement[bool]:
    """A filter of the address bar as a clause. Lists are asked for one of their elements;
    `a..b` asks for a stretch of dates or numbers."""
    if KINDS[field.kind].is_list:
        quoted = json.dumps(value, ensure_ascii=False)
        found: ColumnElement[bool] = column.contains(quoted, autoescape=True)
        return found
    if field.kind == "bool":
        return column.is_(value == "true")  # type: ignore[no-any-return]
    if field.kind in ("date", "instant") and ".." in value:
        low, _, high = value.partition("..")
        return and_(column >= low, column <= high + "~") if high else column >= low
    return column == value  # type: ignore[no-any-return]


def record(entity: Entity, id_: str, ver: int, doc: str) -> Row:
    """The flat record of design.md."""
    return entity.blank() | orjson.loads(doc) | {"id": id_, "type": entity.type, "ver": ver}
