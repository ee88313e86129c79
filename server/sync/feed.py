"""Queries over the feed. Docs are ready JSON text in the tables, and are joined as text."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Any, NamedTuple

from sqlalchemy import Connection, Select, func, select

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
    query = select(ORGANISATIONS.c.ver).where(ORGANISATIONS.c.id == org)
    found: int = connection.execute(query).scalar_one()
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
    ids = select(F.rec).distinct().where(*mine)
    chosen = ids.order_by(F.rec).limit(limit).subquery()
    c = registry[kind].table.c
    query = select(c.id, c.ver, c.doc).join_from(chosen, registry[kind].table, c.id == chosen.c.rec)
    return query.where(c.org == org).order_by(chosen.c.rec)


def row_of(kind: str, id_: str, ver: int, doc: str) -> Row:
    return Row(kind, id_, f'["{id_}","{kind}",{ver},{doc}]')


def log(
    connection: Connection, org: int, keys: Collection[str], after: int, limit: int
) -> tuple[list[Entry], bool]:
    """What happened after a version, in order, at most `limit` records; and is there more?

    A version is never split: less than `limit` is given, or nothing if the first does not fit."""
    query = _log(org, keys).where(F.ver > after)
    query = query.order_by(func.max(F.ver), F.rec).limit(limit + 1)
    found = [Entry(*one) for one in connection.execute(query)]
    if len(found) <= limit:
        return found, False
    return [entry for entry in found if entry.ver < found[limit].ver], True


def giant(connection: Connection, org: int, keys: Collection[str], after: int) -> list[Entry]:
    """The first version after one, whole."""
    mine = (F.org == org, F.key.in_(sorted(keys)), F.ver > after)
    first = select(func.min(F.ver)).where(*mine).scalar_subquery()
    return [Entry(*one) for one in connection.execute(_log(org, keys).where(F.ver == first))]


def _log(org: int, keys: Collection[str]) -> Select[Any]:
    """Only what the index by version covers: with another column SQLite reads all that is held."""
    mine = (F.org == org, F.key.in_(sorted(keys)))
    return select(F.type, F.rec, func.max(F.ver)).where(*mine).group_by(F.type, F.rec)


def load(connection: Connection, org: int, wanted: Iterable[tuple[str, str]]) -> list[Row]:
    """The records named by (type, id), by type."""
    ids: dict[str, list[str]] = {}
    for kind, rec in wanted:
        ids.setdefault(kind, []).append(rec)
    return [
        row_of(kind, *one)
        for kind in sorted(ids.keys() & registry.entities.keys())
        for some in chunks(ids[kind])
        for one in connection.execute(_named(org, kind, some))
    ]


def _named(org: int, kind: str, ids: list[str]) -> Select[Any]:
    c = registry[kind].table.c
    return select(c.id, c.ver, c.doc).where(c.org == org, c.id.in_(ids))


def still_held(
    connection: Connection, org: int, keys: Collection[str], entries: Iterable[Entry]
) -> set[str]:
    """Which of these records are under some of the keys."""
    ids: dict[str, list[str]] = {}
    for entry in entries:
        ids.setdefault(entry.type, []).append(entry.rec)
    found: set[str] = set()
    for kind, recs in ids.items():
        for some in chunks(recs):
            where = (F.org == org, F.key.in_(sorted(keys)), F.type == kind, F.rec.in_(some))
            found.update(connection.execute(select(F.rec).where(*where, F.gone == 0)).scalars())
    return found


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
