"""One portion of an import or of a change of many records: a transaction that also says how far it
came, and what became of each row."""

from __future__ import annotations

from collections import Counter
from typing import Any

import orjson
from sqlalchemy import Connection, select

from server.core.clock import now_ms
from server.core.db import reading, writing
from server.core.many import insert_many
from server.core.nearing import rekey
from server.core.nearness import span_of
from server.core.registry import registry

from . import keeping
from .ahead import Ahead
from .plan import Plan, plan_of
from .portion import REFUSED, Outcome, Portion
from .preparing import Line, Reading
from .referring import chunks
from .sweeping import Sweep
from .tables import IMPORTING, ROWS
from .whose import ORGANISATIONS, device, person_of, teams_of

C = IMPORTING.c


class Stopped(Exception):
    """Somebody paused it, another worker has it, or its person may no longer do this."""


class Replanned(Exception):
    """What its person may fill is not what it was when it began."""


def write(row: Any, turn: int, work: Reading, ahead: Ahead, lines: list[Line]) -> None:
    with writing() as connection:
        now = locked(connection, row, turn)
        if now.done != lines[0].n - 1:
            raise Stopped
        viewer = person_of(connection, row)
        if plan_of(work.plan.entity, row.plan, viewer).fills != work.fills:
            raise Replanned
        portion = _portion(connection, row, viewer, work, ahead)
        outcomes = portion.prepare(lines)
        opened = portion.write(outcomes)
        insert_many(connection, ROWS, [_account(row.id, one) for one in outcomes])
        keeping.put(connection, row.id, **_progress(now, outcomes))
    _open(row.org, work.plan, opened)


def _portion(
    connection: Connection, row: Any, viewer: Any, work: Reading, ahead: Ahead
) -> Portion:
    if row.format == keeping.SWEEP:
        deed, me = row.options["deed"], work.ear.me
        return Sweep(connection, viewer, work.plan, deed, me, device(row.id))
    teams = teams_of(connection, row.org)
    return Portion(connection, viewer, work.plan, work.defaults, teams, device(row.id), ahead)


def locked(connection: Connection, row: Any, turn: int) -> Any:
    """The organisation's row first, as everywhere."""
    org = select(ORGANISATIONS.c.id).where(ORGANISATIONS.c.id == row.org).with_for_update()
    connection.execute(org)
    now = connection.execute(select(IMPORTING).where(C.id == row.id).with_for_update()).first()
    if now is None or (now.status, now.turn) != (keeping.RUNNING, turn):
        raise Stopped
    return now


def _account(import_: str, one: Outcome) -> dict[str, Any]:
    what: Any = one.faults if one.status == REFUSED else one.changes
    text = orjson.dumps(what).decode() if what else None
    return {"importing": import_, "n": one.line.n, "status": one.status, "rec": one.rec,
            "what": text}  # fmt: skip


def _progress(now: Any, outcomes: list[Outcome]) -> dict[str, Any]:
    counts = Counter(one.status for one in outcomes)
    done = now.done + len(outcomes)
    found = {name: getattr(now, name) + n for name, n in counts.items()}
    return found | {"done": done, "status": keeping.DONE if done >= now.total else now.status}


def _open(org: int, plan: Plan, files: set[str]) -> None:
    """Work that came opens its customers' files to those who are to do it."""
    if not files:
        return
    with reading() as connection:
        zone = connection.scalar(select(ORGANISATIONS.c.zone).where(ORGANISATIONS.c.id == org))
    target = registry[plan.entity.fields[plan.entity.parent or ""].target or ""]
    for some in chunks(files):
        rekey(org, target.type, some, span_of(zone or "UTC", now_ms()))
