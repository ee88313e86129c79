"""What time changes: work comes near and brings its file to a phone, or was done days ago."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import Connection, and_, literal, or_, select

from .clock import now_ms
from .custom.scoping import scoped
from .db import reading, writing
from .entity import Entity
from .indexer import Indexer
from .jobs import job
from .ledger import Feed, Organisation
from .nearness import Span, span_of
from .persisting import save
from .registry import registry
from .rekeying import Rekeying
from .versions import raise_version
from .work import load

ORGANISATIONS: Any = Organisation.__table__
F: Any = Feed.__table__.c
PORTION = 100  # files in one transaction
Found = set[tuple[str, str]]  # (key, file)


@job("bring-near")
def bring_near(now: int | None = None) -> None:
    """Give files the keys that follow from today's date; what is right already stays untouched."""
    at = now_ms() if now is None else now
    with reading() as connection:
        organisations = connection.execute(select(ORGANISATIONS)).all()
    for organisation in organisations:
        span = span_of(organisation.zone, at)
        for kind, files in _out_of_date(organisation.id, span).items():
            ids = sorted(files)
            for start in range(0, len(ids), PORTION):
                rekey(organisation.id, kind, ids[start : start + PORTION], span)


def _out_of_date(org: int, span: Span) -> dict[str, set[str]]:
    """Files by kind whose keys may have to change."""
    found: dict[str, set[str]] = {}
    with reading() as connection:
        for kind in {e.fields[e.parent or ""].target or "" for e in _sharing()}:
            there, wanted = _carried(connection, org, kind), set[tuple[str, str]]()
            for entity in _sharing():
                if entity.fields[entity.parent or ""].target == kind:
                    wanted |= _wanted(connection, org, entity, span)
            # What is near is not also far. Work done lately is told from work long done elsewhere.
            wanted -= {(f"f:{key[2:]}", file) for key, file in wanted if key.startswith("s:")}
            found[kind] = {file for _, file in wanted ^ there}
    return found


def _sharing() -> list[Entity]:
    return [entity for entity in registry.entities.values() if entity.shares and entity.parent]


def _carried(connection: Connection, org: int, kind: str) -> Found:
    """The keys that files have because of work."""
    ranges = or_(*(and_(F.key >= f"{key}:", F.key < f"{key};") for key in "sf"))
    query = select(F.key, F.rec).where(F.org == org, ranges, F.type == kind, F.gone == 0)
    return {(key, rec) for key, rec in connection.execute(query)}


def _wanted(connection: Connection, org: int, entity: Entity, span: Span) -> Found:
    """The keys that files need because of open work."""
    shares, c = entity.shares, entity.table.c
    assert shares and entity.parent
    due = c[shares.due] if shares.due else literal(None)
    query = select(c[shares.person], c[entity.parent], due).where(
        c.org == org, c.deleted.is_(False), c[shares.state].in_(sorted(shares.open)),
        c[shares.person].is_not(None), c[entity.parent].is_not(None),
    )  # fmt: skip
    return {
        (f"{'s' if span.is_near(at) else 'f'}:{person}", file)
        for person, file, at in connection.execute(query)
    }


def rekey(org: int, kind: str, files: Collection[str], span: Span) -> None:
    """A transaction of the door that writes keys and nothing else; none if they are right."""
    with writing() as connection:
        query = select(ORGANISATIONS).where(ORGANISATIONS.c.id == org).with_for_update()
        organisation = connection.execute(query).one()
        with scoped(connection, org, organisation.shape):
            works = load(connection, org, registry[kind], files)
            Rekeying(connection, org, works, span).refile(list(works.values()))
        if all(set(work.keys_after) == set(work.keys) for work in works.values()):
            return
        index = Indexer(organisation.lang, organisation.region)
        save(connection, org, organisation.ver + 1, works.values(), index)
        raise_version(connection, org, organisation.ver + 1)
