"""Carrying out an import, or a change of many records: portion after portion, each a transaction
that also says how far it came.

A worker that is killed leaves nothing half done, and whoever takes the job up goes on from there.
Pausing is a status that the next portion finds.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import islice
from typing import Any

import orjson
from sqlalchemy import Connection, select

from server.core.clock import now_ms
from server.core.db import reading, writing
from server.core.errors import Refused
from server.core.jobs import job
from server.core.many import insert_many
from server.core.nearing import rekey
from server.core.nearness import span_of
from server.core.reading import Reader
from server.core.registry import registry
from server.files.arriving import scratch

from . import keeping
from .faults import Unfit
from .hearing import Ear
from .matching import Ahead
from .plan import Plan, plan_of
from .portion import REFUSED, Outcome, Portion
from .preparing import Line, Reading
from .referring import chunks
from .sources.reading import again
from .sweeping import Sweep, ids_of
from .tables import IMPORTING, ROWS
from .whose import ORGANISATIONS, device, me_of, person_of, teams_of

JOB = "import"
PORTION = 2_500  # rows of one transaction
STRETCH = 10  # portions whose records are looked up at once
C = IMPORTING.c


class Stopped(Exception):
    """Somebody paused it, another worker has it, or its person may no longer do this."""


class Replanned(Exception):
    """What its person may fill is not what it was when it began."""


@job(JOB)
def run(import_: str, turn: int) -> None:
    with reading() as connection:
        row = connection.execute(select(IMPORTING).where(C.id == import_)).first()
        if row is None or (row.status, row.turn) != (keeping.RUNNING, turn):
            return
        me = me_of(connection, row.org, row.person)
    try:
        row = _gathered(row, turn)
        while _as_planned(row, turn, me):
            row = _again(row)
    except Stopped:
        return
    except (Unfit, Refused) as fault:
        with writing() as connection:
            keeping.put(connection, row.id, status=keeping.FAILED, error=fault.code)


def _again(row: Any) -> Any:
    with reading() as connection:
        return connection.execute(select(IMPORTING).where(C.id == row.id)).one()


def _as_planned(row: Any, turn: int, me: dict[str, Any]) -> bool:
    """Go on from where it stands; whether the plan has become another on the way."""
    with reading() as connection:
        viewer = person_of(connection, row)
    plan = plan_of(registry[row.type], row.plan, viewer)
    work = Reading(plan, Ear(me, plan.dates == "month"))
    try:
        with keeping.file_of(row, "rows") as path:
            for lines in stretches(again(path, row.done), work, row.done):
                _stretch(row, turn, work, lines)
    except Replanned:
        return True
    return False


def stretches(rows: Iterator[list[str]], work: Reading, start: int) -> Iterator[list[Line]]:
    """Read outside of any transaction: it needs no records."""
    numbered = enumerate(rows, start + 1)
    while some := [work.line(n, row) for n, row in islice(numbered, PORTION * STRETCH)]:
        yield some


def _stretch(row: Any, turn: int, work: Reading, lines: list[Line]) -> None:
    """After one look at all that they may be about."""
    with reading() as connection:
        house = connection.execute(select(ORGANISATIONS).where(ORGANISATIONS.c.id == row.org)).one()
        viewer = person_of(connection, row)
        ahead = Ahead(work.plan, house.lang, lines)
        ahead.look(Reader(connection, viewer, house.lang), house.ver)
    for start in range(0, len(lines), PORTION):
        _write(row, turn, work, ahead, lines[start : start + PORTION])


def _write(row: Any, turn: int, work: Reading, ahead: Ahead, lines: list[Line]) -> None:
    with writing() as connection:
        now = _locked(connection, row, turn)
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


def _gathered(row: Any, turn: int) -> Any:
    """Of a change of all that match, what does is found first, once."""
    if row.total or "asked" not in row.options:
        return row
    with scratch() as path:
        with reading() as connection:
            n = ids_of(connection, person_of(connection, row), row, path)
        with writing() as connection:
            if not _locked(connection, row, turn).total:
                keeping.keep_rows(row.org, row.id, path)
                status = keeping.RUNNING if n else keeping.DONE
                keeping.put(connection, row.id, total=n, status=status)
    return _again(row)


def _locked(connection: Connection, row: Any, turn: int) -> Any:
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
