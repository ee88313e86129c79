"""Lists of records, seen through a person's eyes and quick at any size.

A list walks the index of the sort order and tests each row; or, when a search or a person's keys
single out few enough records, it takes those alone and sorts them, as a bounded probe tells.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from typing import Any

import orjson
from sqlalchemy import Connection, Select, func, select

from . import permissions
from .conditions import Wanted, condition, custom_condition, place
from .criteria import Tree, named
from .custom.values import value_in
from .easing import eased
from .entity import Entity
from .kinds import KINDS
from .ledger import Organisation
from .matching import matching
from .opening import any_of, opened_by
from .pairs import Known
from .permissions import Viewer
from .picking import guessed, sought
from .prepared import numbered
from .probing import by_keys, count_keyed, probes
from .roads import SMALL, Road, has, in_turn, stretches
from .sights import masked
from .sought import is_behind
from .veiling import Covered, has_words, hides_search, veiled
from .walking import Walker, is_walk

FEW = 2_000  # records that are cheaper fetched and sorted than found along an index
LOOKED = 200  # rows looked through at a time where words are hidden
ORGANISATIONS: Any = Organisation.__table__
Row = dict[str, Any]
Some = list[int] | Select[Any] | None  # numbers of rows


@dataclass(frozen=True)
class Asked:
    """What a list is asked for. `keys` None means all of the organisation."""

    words: list[str] = field(default_factory=list)
    filters: dict[str, Wanted] = field(default_factory=dict)
    sort: str = ""
    descending: bool = False
    after: list[Any] | None = None
    limit: int = 50
    where: Tree | None = None  # conditions, see matching.py


class Reader:
    """Reads records of one organisation as one person, over one connection."""

    def __init__(self, connection: Connection, viewer: Viewer, lang: str) -> None:
        self.connection, self.viewer, self.lang = connection, viewer, lang
        self.lite = connection.dialect.name == "sqlite"
        self.probed: dict[tuple[Any, str], tuple[int, list[int]]] = {}
        self.terms: Known = {}

    def get(self, entity: Entity, id_: str, covered: Covered = masked) -> Row | None:
        """The record, deleted or not, or None when it is not there for this person."""
        t = entity.table.c
        query = select(t.ver, t.doc, t["keys"]).where(*entity.here(self.viewer.org), t.id == id_)
        row = self.connection.execute(query).first()
        if row is None:
            return None
        found, carried = record(entity, id_, row.ver, row.doc), json.loads(row.keys)
        if not permissions.is_open(self.viewer, entity.type, "see", found.get("of"), carried):
            return None
        return veiled(self.viewer.rights, entity.type, found, covered)

    def many(self, entity: Entity, ids: list[str], limit: int = 500) -> dict[str, Row]:
        """Those of the records that are there for this person, by id."""
        t = entity.table.c
        query = self._select(entity).where(t.id.in_(ids))
        return {r["id"]: r for r in self.records(entity, self._visible(entity, query), limit)}

    def related(
        self, entity: Entity, clauses: list[Any], order: list[Any], limit: int
    ) -> list[Row]:
        """Undeleted records that satisfy clauses over the entity's table, found by the first."""
        living = func.coalesce(entity.table.c.deleted, False).is_(False)
        query = self._select(entity).where(living, *clauses)
        return list(self.records(entity, self._visible(entity, query.order_by(*order)), limit))

    def titles(
        self, entity: Entity, clause: Any, order: list[Any], limit: int
    ) -> Iterator[tuple[str, str | None]]:
        """Ids and titles alone of such records."""
        t = entity.table.c
        query = select(t.id, t[entity.title]).where(*entity.here(self.viewer.org), clause)
        query = query.where(func.coalesce(t.deleted, False).is_(False)).order_by(*order)
        for row in self.connection.execute(self._visible(entity, query).limit(limit)):
            yield row[0], row[1]

    def where(self, entity: Entity, name: str, wanted: Wanted) -> Any:
        """A filter as a clause."""
        field = entity.fields[name]
        if field.custom:
            return custom_condition(self.viewer.org, entity, field, wanted)
        return condition(field, entity.table.c[name], wanted, self.lite)

    def ordering(self, entity: Entity, name: str) -> Any:
        """What records are ordered by when they are ordered by a field."""
        field = entity.fields[name]
        if field.custom:
            return value_in(self.viewer.org, entity, field)
        return entity.table.c.sort if name == entity.title else entity.table.c[name]

    def page(
        self, entity: Entity, asked: Asked, held: bool, action: str = "see"
    ) -> tuple[list[Row], list[Any] | None]:
        """A page and the cursor of the next one. `held`: only what the person's phone holds.
        `action`: only records to which the person may do this."""
        if self.would_tell(entity, asked):
            return [], None
        asked = replace(eased(entity, asked), after=place(entity, asked.sort, asked.after))
        further = None
        if asked.words and self.hides_words(entity):
            look = partial(self._unhidden, entity, self.asked_for(entity, asked, held, action)[0])
            rows = self._by_stretches(entity, asked, partial(look, asked))
        else:
            rows, further = self._rows(entity, asked, held, action)
        if len(rows) <= asked.limit:
            return rows, further
        rows = rows[: asked.limit]
        return rows, [rows[-1]["_at"], rows[-1]["id"]]

    def _rows(
        self, entity: Entity, asked: Asked, held: bool, action: str
    ) -> tuple[list[Row], list[Any] | None]:
        """One more than a page has, if there are so many, and where to look further for them."""
        queries, few = self.asked_for(entity, asked, held, action)
        opened, most = self._keys(entity, held, action), asked.limit + 1
        if few is None and not asked.words and is_walk(entity, asked):
            return Walker(self, entity, asked, opened).page(most)
        if few is None and asked.words:
            return sought(self, entity, asked, opened), None
        if (few is not None or entity.type in SMALL) and len(queries) == 1:
            query = in_turn([*self.roads(entity, asked)], queries[0])
            if query is not None:
                return list(self.records(entity, query, most)), None
        return self._by_stretches(
            entity, asked, lambda road, n: self.records(entity, road.along(queries, n), n)
        ), None

    def _by_stretches(
        self, entity: Entity, asked: Asked, look: Callable[[Road, int], Iterable[Row]]
    ) -> list[Row]:
        rows: list[Row] = []
        for road in self.roads(entity, asked):
            rows += look(road, asked.limit + 1 - len(rows))
            if len(rows) > asked.limit:
                break
        return rows

    def asked_for(
        self, entity: Entity, asked: Asked, held: bool, action: str = "see"
    ) -> tuple[list[Select[Any]], list[int] | None]:
        """What is there of it for this person, as queries without an order, and the numbers of the
        rows that can be meant where they are few."""
        opened = self._keys(entity, held, action)
        few = self._few(entity, asked, any_of(opened))
        return self.opened(entity, asked, opened, few), few

    def _keys(self, entity: Entity, held: bool, action: str) -> permissions.Opened:
        look = permissions.opened_on_phones if held else permissions.opened
        return look(self.viewer, entity.type, action)

    def opened(
        self, entity: Entity, asked: Asked, opened: permissions.Opened, few: Some
    ) -> list[Select[Any]]:
        org = self.viewer.org
        return [opened_by(org, entity, q, opened) for q in self.queries(entity, asked, few)]

    def would_tell(self, entity: Entity, asked: Asked, *names: str) -> bool:
        """Would it tell what is hidden from this person that a record is found, or where?"""
        rights = self.viewer.rights
        hidden = rights.hidden(entity.type) | masked(rights, entity.type)
        return not hidden.isdisjoint({*asked.filters, *named(asked.where), asked.sort, *names})

    def hides_words(self, entity: Entity) -> bool:
        """Would a search find records by words that this person may not read?"""
        behind = is_behind(self.connection, self.viewer.org, entity)
        return behind or hides_search(self.viewer.rights, entity)

    def _unhidden(
        self, entity: Entity, queries: list[Select[Any]], asked: Asked, road: Road, limit: int
    ) -> list[Row]:
        """Rows of a stretch, without those that only hidden words have found."""
        found: list[Row] = []
        while len(found) <= limit:
            rows = list(self.records(entity, road.along(queries, LOOKED), LOOKED))
            found += [row for row in rows if has_words(entity, row, asked.words, self.region)]
            if len(rows) < LOOKED:
                break
            road = replace(road, after=[rows[-1]["_at"], rows[-1]["id"]])
        return found[:limit]

    @cached_property
    def region(self) -> str:
        """Where the organisation is, which says how phone numbers are searched."""
        query = select(ORGANISATIONS.c.region).where(ORGANISATIONS.c.id == self.viewer.org)
        return str(self.connection.execute(query).scalar_one())

    def _select(self, entity: Entity) -> Select[Any]:
        t = entity.table.c
        return select(t.id, t.ver, t.doc, t.sort).where(*entity.here(self.viewer.org))

    def records(self, entity: Entity, query: Select[Any], limit: int = 500) -> Iterator[Row]:
        for row in self.connection.execute(query.limit(limit)):
            yield self.row(entity, row)

    def row(self, entity: Entity, row: Any) -> Row:
        """The record, without what is hidden from this person."""
        found = record(entity, row.id, row.ver, row.doc)
        found = veiled(self.viewer.rights, entity.type, found)
        found["_at"] = row._mapping.get("at")
        return found

    def _visible(self, entity: Entity, query: Select[Any]) -> Select[Any]:
        opened = permissions.opened(self.viewer, entity.type)
        return opened_by(self.viewer.org, entity, query, opened)

    def queries(self, entity: Entity, asked: Asked, few: Some) -> list[Select[Any]]:
        """What is asked for; where that is any of some values, and many records, a query for each
        of them, because one index can lead through each in order but not through all."""
        t = entity.table.c
        if few is None:
            query = self._select(entity).where(t.deleted.is_(False))
        else:
            # As sums, which no index has: a database might rather walk one than take these rows.
            columns: list[Any] = [t.id, t.ver, t.doc, t.sort]
            query = select(*columns).where(t.org + 0 == self.viewer.org)
            living = func.coalesce(t.deleted, False).is_(False)
            query = query.where(living, numbered(t.n, few))
            query = query.where(t.type == entity.type) if entity.own else query
        for word in asked.words:
            query = query.where(has(entity.table, word, self.lite))
        if asked.where and asked.where["of"]:
            query = query.where(matching(self.viewer.org, entity, asked.where, self.lite))
        queries = [query]
        for name, wanted in asked.filters.items():
            apart = few is None and not KINDS[entity.fields[name].kind].is_list
            each = list(dict.fromkeys(wanted)) if apart and isinstance(wanted, list) else [wanted]
            queries = [q.where(self.where(entity, name, one)) for q in queries for one in each]
        return queries

    def _few(self, entity: Entity, asked: Asked, keys: frozenset[str] | None) -> list[int] | None:
        """`n` of the only records that can be meant, if they are few; else None."""
        each = probes(self, entity, asked, FEW)
        if asked.words and not self.lite and guessed(self, entity, asked.words) > 2 * FEW:
            next(each)
        for probe in each:
            found = self._if_few(probe)
            if found is not None:
                return found
        org = self.viewer.org
        if keys is None or self.some(count_keyed(org, entity, keys, FEW + 1))[0] > FEW:
            return None
        return self._if_few(by_keys(org, entity, keys))

    def _if_few(self, probe: Select[Any]) -> list[int] | None:
        found = self.some(probe)
        return found if len(found) <= FEW else None

    def some(self, probe: Select[Any], most: int | None = None) -> list[int]:
        """What it tells, as far as that may be few. The columns of a board ask the same."""
        key: Any = probe._generate_cache_key()
        asked = key.key, repr([given.effective_value for given in key.bindparams])
        most = most or FEW + 1
        limit, known = self.probed.get(asked, (0, []))
        if limit < most and len(known) == limit:
            known = list(self.connection.execute(probe.limit(most)).scalars())
            self.probed[asked] = most, known
        return known[:most]

    def column(self, entity: Entity, asked: Asked) -> Any:
        """What a list is ordered by."""
        return self.ordering(entity, asked.sort or entity.title)

    def roads(self, entity: Entity, asked: Asked) -> Iterator[Road]:
        """Stretches of the order, from the cursor on."""
        return stretches(self.viewer.org, self.lang, entity, asked, self.column(entity, asked))


def record(entity: Entity, id_: str, ver: int, doc: str) -> Row:
    """The flat record of design.md."""
    return entity.blank() | orjson.loads(doc) | {"id": id_, "type": entity.type, "ver": ver}
