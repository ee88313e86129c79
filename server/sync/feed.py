"""Queries over the feed. Docs are ready JSON text in the tables, and are joined as text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from itertools import starmap
from typing import Any, NamedTuple

import orjson
from sqlalchemy import (
    Connection,
    Select,
    String,
    and_,
    bindparam,
    column,
    func,
    literal,
    or_,
    select,
    values,
)

from server.core.ledger import Feed, Organisation
from server.core.permissions import Viewer
from server.core.prepared import by_ids
from server.core.registry import registry
from server.core.rights import REST, Rights
from server.core.veiling import is_covered, veiled_text
from server.core.work import chunks

from .keyset import Keyset

FEED: Any = Feed.__table__
F: Any = FEED.c
ORGANISATIONS: Any = Organisation.__table__
LARGE = 20_000  # records


class Row(NamedTuple):
    """A record on its way out: `text` is the JSON text of [id, type, ver, doc]."""

    type: str
    rec: str
    text: str


class Entry(NamedTuple):
    """When a record was last written under some keys, or left one of them."""

    type: str
    rec: str
    ver: int


def state(connection: Connection, org: int) -> tuple[int, str]:
    """The organisation's version, and the shape of its records."""
    ver, shape = connection.execute(STATE, {"org": org}).one()
    return ver, shape


def fill(
    connection: Connection, viewer: Viewer, keys: Keyset, after: tuple[str, str], limit: int
) -> list[Row]:
    """The next `limit` records under any of the keys, by (type, id)."""
    found: list[Row] = []
    for kind, start in kinds_from(connection, viewer.org, keys, after):
        query = holding(viewer.org, kind, keys, start, limit - len(found))
        found += starmap(rows_of(viewer.rights, kind), connection.execute(query))
        if len(found) >= limit:
            break
    return found


def is_large(connection: Connection, org: int, keys: Keyset) -> bool:
    """Whether there are so many records that nobody reads them before they are kept; looks at no
    more of the feed than that. Most records are told of under two keys."""
    asked = {"org": org, "keys": sorted(keys.any)}
    return connection.execute(BEYOND, asked).first() is not None


def kinds_from(
    connection: Connection, org: int, keys: Keyset, after: tuple[str, str] = ("", "")
) -> Iterator[tuple[str, str]]:
    """The kinds of record still to come of which there are any, each with the id to go on from."""
    kinds = [(kind,) for kind in sorted(registry.entities) if kind >= after[0]]
    if keys.any and kinds:
        asked = {"org": org, "keys": sorted(keys.any)}
        for kind in sorted(connection.execute(_kinds(tuple(kinds)), asked).scalars()):
            yield kind, after[1] if kind == after[0] else ""


@lru_cache(100)
def _kinds(kinds: tuple[tuple[str], ...]) -> Select[Any]:
    """Those of the kinds that are in the feed: one question, where most kinds have no record. Not
    EXISTS, for which PostgreSQL may read all that is held."""
    these = values(column("type", String), name="kinds").data(kinds).cte()
    here = (*MINE, F.type == these.c.type, F.gone == 0)
    any_ = select(literal(1)).where(*here).limit(1).scalar_subquery()
    return select(these.c.type).where(any_ == 1)


def holding(org: int, kind: str, keys: Keyset, after: str, limit: int | None) -> Select[Any]:
    """(id, ver, doc) of the records of one kind under any of the keys, by id."""
    mine = (F.org == org, under(org, kind, keys), F.type == kind, F.gone == 0, F.rec > after)
    chosen = select(F.rec).distinct().where(*mine).order_by(F.rec).limit(limit)
    entity = registry[kind]
    c = entity.table.c
    # Not a join: of that SQLite sorts the whole records before it gives the first.
    return select(c.id, c.ver, c.doc).where(*entity.here(org), c.id.in_(chosen)).order_by(c.id)


def under(org: int, kind: str, keys: Keyset) -> Any:
    """Rows of the feed of one kind that are under the keys for what they are about."""
    usual, abouts = F.key.in_(sorted(keys.of(kind))), keys.abouts(kind)
    if not abouts:
        return usual
    c = registry[kind].table.c
    here = select(c.id).where(c.org == org)
    special = [
        and_(F.key.in_(sorted(keys.of(kind, about))), F.rec.in_(here.where(c.of == about)))
        for about in abouts
    ]
    return or_(*special, and_(usual, F.rec.in_(here.where(c.of.not_in(abouts)))))


def rows_of(rights: Rights, kind: str) -> Callable[[str, int, str], Row]:
    """Makes records of a kind, (id, ver, doc), into what this person may read of them."""
    if not is_covered(rights, kind):
        return lambda id_, ver, doc: Row(kind, id_, f'["{id_}","{kind}",{ver},{doc}]')

    def row(id_: str, ver: int, doc: str) -> Row:
        return Row(kind, id_, f'["{id_}","{kind}",{ver},{veiled_text(rights, kind, doc)}]')

    return row


def log(
    connection: Connection, org: int, keys: Keyset, after: int, limit: int
) -> tuple[list[Entry], bool]:
    """What happened after a version, in order, at most `limit` records; and is there more?

    A version is never split: less than `limit` is given, or nothing if the first does not fit."""
    asked = {"org": org, "keys": sorted(keys.any), "after": after, "limit": limit + 1}
    query = LOG.where(_by_kind(keys)) if keys.by_kind else LOG
    found = [Entry(*one) for one in connection.execute(query, asked).all()]
    if len(found) <= limit:
        return found, False
    return [entry for entry in found if entry.ver < found[limit].ver], True


def giant(connection: Connection, org: int, keys: Keyset, after: int) -> list[Entry]:
    """The first version after one, whole."""
    asked = {"org": org, "keys": sorted(keys.any), "after": after}
    if not keys.by_kind:
        return [Entry(*one) for one in connection.execute(GIANT, asked)]
    first = select(func.min(F.ver)).where(*MINE, LATER, _by_kind(keys)).scalar_subquery()
    query = _log().where(_by_kind(keys), F.ver == first)
    return [Entry(*one) for one in connection.execute(query, asked)]


def _by_kind(keys: Keyset) -> Any:
    """Rows of the log under the keys of their kind; of records about others, whatever they are
    about: those that are not to be held are told apart when they are loaded."""
    kinds = {part.partition(":")[0] for part in keys.parts if part != REST}
    each = []
    for kind in sorted(kinds):
        any_ = keys.of(kind).union(*(keys.of(kind, about) for about in keys.abouts(kind)))
        each.append(and_(F.type == kind, F.key.in_(sorted(any_))))
    return or_(*each, and_(F.type.not_in(sorted(kinds)), F.key.in_(sorted(keys.of(REST)))))


def _log() -> Select[Any]:
    """Only what the index by version covers: with another column SQLite reads all that is held."""
    return select(F.type, F.rec, func.max(F.ver)).where(*MINE).group_by(F.type, F.rec)


# Asked at every pull: built once.
MINE = (F.org == bindparam("org"), F.key.in_(bindparam("keys", expanding=True)))
LATER = F.ver > bindparam("after")
STATE = select(ORGANISATIONS.c.ver, ORGANISATIONS.c.shape)
STATE = STATE.where(ORGANISATIONS.c.id == bindparam("org"))
LOG = _log().where(LATER).order_by(func.max(F.ver), F.rec).limit(bindparam("limit"))
FIRST = select(func.min(F.ver)).where(*MINE, LATER).scalar_subquery()
GIANT = _log().where(F.ver == FIRST)
BEYOND = select(literal(1)).where(*MINE, F.gone == 0).limit(1).offset(2 * LARGE)


def load(
    connection: Connection, viewer: Viewer, keys: Keyset, entries: Iterable[Entry]
) -> tuple[list[Row], list[str]]:
    """The records behind these entries, by type; and the ids of those under none of the keys."""
    ids: dict[str, list[str]] = {}
    for entry in entries:
        ids.setdefault(entry.type, []).append(entry.rec)
    rows: list[Row] = []
    gone: list[str] = []
    for kind in sorted(ids.keys() & registry.entities.keys()):
        query = by_ids(registry[kind], "id", "ver", "doc", "keys", "of")
        row, held = rows_of(viewer.rights, kind), dict[tuple[str | None, str], bool]()
        for some in chunks(ids[kind]):
            asked = {"org": viewer.org, "ids": some}
            for id_, ver, doc, carried, of in connection.execute(query, asked).all():
                if (at := (of, carried)) not in held:  # many have the same
                    held[at] = is_under(keys.of(kind, of), _carried(carried))
                if held[at]:
                    rows.append(row(id_, ver, doc))
                else:
                    gone.append(id_)
    return rows, gone


def is_under(keys: frozenset[str], carried: frozenset[str]) -> bool:
    """Does a record with these keys belong to what is held?"""
    return not keys.isdisjoint(carried)


@lru_cache(10_000)
def _carried(text: str) -> frozenset[str]:
    """The keys of a record: those of its owner and team, mostly, so that many have the same."""
    return frozenset(orjson.loads(text))


def only_under(connection: Connection, org: int, lost: Keyset, kept: Keyset) -> list[str]:
    """Records that are, or once were, under a lost key and are under none of the kept."""
    found: set[str] = set()
    for clauses, gone, left in _lost(org, lost, kept):
        other = FEED.alias()
        seen = select(other.c.rec).where(
            other.c.org == org, other.c.key.in_(sorted(left)), other.c.type == F.type,
            other.c.rec == F.rec, other.c.gone == 0,
        )  # fmt: skip
        query = select(F.rec).distinct().where(F.org == org, F.key.in_(sorted(gone)), *clauses)
        found |= set(connection.execute(query.where(~seen.exists())).scalars())
    return sorted(found)


def _lost(
    org: int, lost: Keyset, kept: Keyset
) -> Iterator[tuple[list[Any], frozenset[str], frozenset[str]]]:
    """Rows of the feed, as clauses, with the keys lost and kept there; where any were lost."""
    if not (lost.by_kind or kept.by_kind):
        yield [], lost.any, kept.any
        return
    for kind in registry.entities:
        abouts = sorted({*lost.abouts(kind), *kept.abouts(kind)})
        for about in (*abouts, None):
            clauses = [F.type == kind]
            if abouts:
                c = registry[kind].table.c
                these = c.of.not_in(abouts) if about is None else c.of == about
                clauses.append(F.rec.in_(select(c.id).where(c.org == org, these)))
            if gone := lost.of(kind, about):
                yield clauses, gone, kept.of(kind, about)
