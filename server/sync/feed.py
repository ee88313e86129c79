"""Queries over the feed. Docs are ready JSON text in the tables, and are joined as text."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Any, NamedTuple

import orjson
from sqlalchemy import Connection, Select, bindparam, func, select

from server.core.ledger import Feed, Organisation
from server.core.registry import registry
from server.core.work import chunks

FEED: Any = Feed.__table__
F: Any = FEED.c
ORGANISATIONS: Any = Organisation.__table__


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


def version(connection: Connection, org: int) -> int:
    found: int = connection.execute(VERSION, {"org": org}).scalar_one()
    return found


def fill(
    connection: Connection, org: int, keys: Collection[str], after: tuple[str, str], limit: int
) -> list[Row]:
    """The next `limit` records under any of the keys, by (type, id)."""
    found: list[Row] = []
    for kind, start in kinds_from(after) if keys else ():
        query = holding(org, kind, keys, start, limit - len(found))
        found += [row_of(kind, *one) for one in connection.execute(query)]
        if len(found) >= limit:
            break
    return found


def kinds_from(after: tuple[str, str]) -> Iterator[tuple[str, str]]:
    """The kinds of record still to come, each with the id to go on from."""
    for kind in sorted(registry.entities):
        if kind >= after[0]:
            yield kind, after[1] if kind == after[0] else ""


def holding(
    org: int, kind: str, keys: Collection[str], after: str, limit: int | None
) -> Select[Any]:
    """(id, ver, doc) of the records of one kind under any of the keys, by id."""
    mine = (F.org == org, F.key.in_(sorted(keys)), F.type == kind, F.gone == 0, F.rec > after)
    chosen = select(F.rec).distinct().where(*mine).order_by(F.rec).limit(limit)
    entity = registry[kind]
    c = entity.table.c
    # Not a join: of that SQLite sorts the whole records before it gives the first.
    return select(c.id, c.ver, c.doc).where(*entity.here(org), c.id.in_(chosen)).order_by(c.id)


def row_of(kind: str, id_: str, ver: int, doc: str) -> Row:
    return Row(kind, id_, f'["{id_}","{kind}",{ver},{doc}]')


def log(
    connection: Connection, org: int, keys: Collection[str], after: int, limit: int
) -> tuple[list[Entry], bool]:
    """What happened after a version, in order, at most `limit` records; and is there more?

    A version is never split: less than `limit` is given, or nothing if the first does not fit."""
    asked = {"org": org, "keys": sorted(keys), "after": after, "limit": limit + 1}
    found = [Entry(*one) for one in connection.execute(LOG, asked)]
    if len(found) <= limit:
        return found, False
    return [entry for entry in found if entry.ver < found[limit].ver], True


def giant(connection: Connection, org: int, keys: Collection[str], after: int) -> list[Entry]:
    """The first version after one, whole."""
    asked = {"org": org, "keys": sorted(keys), "after": after}
    return [Entry(*one) for one in connection.execute(GIANT, asked)]


def _log() -> Select[Any]:
    """Only what the index by version covers: with another column SQLite reads all that is held."""
    return select(F.type, F.rec, func.max(F.ver)).where(*MINE).group_by(F.type, F.rec)


# Asked at every pull: built once.
MINE = (F.org == bindparam("org"), F.key.in_(bindparam("keys", expanding=True)))
LATER = F.ver > bindparam("after")
VERSION = select(ORGANISATIONS.c.ver).where(ORGANISATIONS.c.id == bindparam("org"))
LOG = _log().where(LATER).order_by(func.max(F.ver), F.rec).limit(bindparam("limit"))
FIRST = select(func.min(F.ver)).where(*MINE, LATER).scalar_subquery()
GIANT = _log().where(F.ver == FIRST)


def load(
    connection: Connection, org: int, keys: frozenset[str], entries: Iterable[Entry]
) -> tuple[list[Row], list[str]]:
    """The records behind these entries, by type; and the ids of those under none of the keys."""
    ids: dict[str, list[str]] = {}
    for entry in entries:
        ids.setdefault(entry.type, []).append(entry.rec)
    rows: list[Row] = []
    gone: list[str] = []
    for kind in sorted(ids.keys() & registry.entities.keys()):
        for some in chunks(ids[kind]):
            for id_, ver, doc, carried in connection.execute(_named(org, kind, some)):
                if is_under(keys, orjson.loads(carried)):
                    rows.append(row_of(kind, id_, ver, doc))
                else:
                    gone.append(id_)
    return rows, gone


def _named(org: int, kind: str, ids: list[str]) -> Select[Any]:
    entity = registry[kind]
    c = entity.table.c
    return select(c.id, c.ver, c.doc, c["keys"]).where(*entity.here(org), c.id.in_(ids))


def is_under(keys: frozenset[str], carried: list[str]) -> bool:
    """Does a record with these keys belong to what is held?"""
    return not keys.isdisjoint(carried)


def only_under(
    connection: Connection, org: int, lost: Collection[str], kept: Collection[str]
) -> list[str]:
    """Records that are, or once were, under a lost key and are under none of the kept."""
    other = FEED.alias()
    seen = select(other.c.rec).where(
        other.c.org == org, other.c.key.in_(sorted(kept)), other.c.type == F.type,
        other.c.rec == F.rec, other.c.gone == 0,
    )  # fmt: skip
    query = select(F.rec).distinct().where(F.org == org, F.key.in_(sorted(lost)), ~seen.exists())
    return list(connection.execute(query.order_by(F.rec)).scalars())
