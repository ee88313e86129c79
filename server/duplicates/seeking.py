"""The finder: one job for each organisation, at night and when somebody asks for it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import orjson
from sqlalchemy import Connection, delete, insert, select

from server.core.db import reading, writing
from server.core.entity import Entity
from server.core.jobs import enqueue, job
from server.core.ledger import Organisation
from server.core.many import upsert
from server.core.registry import registry

from .pairing import Pair, pairs
from .scoring import Known, Scorer, Why
from .tables import SEEKING, TWIN

MOST = 20_000  # pairs of one kind that are kept, the surest
ORGANISATIONS: Any = Organisation.__table__
T = TWIN.c


@job("find-duplicates")
def find_all() -> None:
    """Once a day: of every organisation."""
    with reading() as connection:
        orgs = list(connection.scalars(select(ORGANISATIONS.c.id)))
    for org in orgs:
        with writing() as connection:
            ask(connection, org)


def ask(connection: Connection, org: int) -> None:
    """Have them looked for; twice in a minute is once."""
    now = datetime.now(UTC)
    row = {"org": org, "asked": now, "looked": 0, "found": 0}
    asking = upsert(connection, SEEKING).values(row)
    asking = asking.on_conflict_do_update(index_elements=[SEEKING.c.org], set_={"asked": now})
    connection.execute(asking)
    enqueue(connection, "find-twins", org=org, once=f"find-twins {org} {now:%Y-%m-%dT%H:%M}",
            of=org)  # fmt: skip


@job("find-twins")
def find(of: int) -> None:
    looked = total = 0
    for entity in [e for e in registry.entities.values() if e.twins and not e.system]:
        scorer = Scorer(entity)
        records = _records(of, entity, scorer)
        found = sorted(pairs(scorer, records).items(), key=lambda one: (-one[1][0], one[0]))
        with writing() as connection:
            _keep(connection, of, entity, found[:MOST])
        looked, total = looked + len(records), total + len(found[:MOST])
    with writing() as connection:
        done = {"done": datetime.now(UTC), "looked": looked, "found": total}
        connection.execute(SEEKING.update().where(SEEKING.c.org == of).values(done))


def _records(org: int, entity: Entity, scorer: Scorer) -> list[Known]:
    c = entity.table.c
    query = select(c.id, c.doc).where(*entity.here(org), c.deleted.is_(False))
    blank = entity.blank()
    with reading() as connection:
        rows = connection.execution_options(yield_per=2_000).execute(query)
        return [scorer.known(id_, blank | orjson.loads(doc)) for id_, doc in rows]


def _keep(
    connection: Connection, org: int, entity: Entity, found: list[tuple[Pair, tuple[int, Why]]]
) -> None:
    """In place of what was found before; what somebody said is no duplicate stays so."""
    mine = (T.org == org, T.type == entity.type)
    apart = {(a, b) for a, b in connection.execute(select(T.a, T.b).where(*mine, T.apart))}
    connection.execute(delete(TWIN).where(*mine, T.apart.is_(False)))
    now = datetime.now(UTC)
    rows = [
        {"org": org, "a": a, "b": b, "type": entity.type, "score": sure, "apart": False,
         "why": orjson.dumps(why).decode(), "by": None, "at": now}
        for (a, b), (sure, why) in found if (a, b) not in apart
    ]  # fmt: skip
    if rows:
        connection.execute(insert(TWIN), rows)


def say_apart(connection: Connection, org: int, pairs_: list[Pair], by: str) -> None:
    """These are two: not to be found again."""
    now = datetime.now(UTC)
    for a, b in pairs_:
        mine = (T.org == org, T.a == a, T.b == b)
        connection.execute(TWIN.update().where(*mine).values(apart=True, by=by, at=now))
