"""Carrying out an import, or a change of many records: portion after portion, each a transaction
that also says how far it came.

A worker that is killed leaves nothing half done, and whoever takes the job up goes on from there.
Pausing is a status that the next portion finds.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

from sqlalchemy import select

from server.core.db import reading, writing
from server.core.errors import Refused
from server.core.jobs import job
from server.core.reading import Reader
from server.core.registry import registry
from server.files.arriving import scratch

from . import keeping
from .ahead import Ahead
from .carrying import Replanned, Stopped, locked
from .carrying import write as _write
from .faults import Unfit
from .hearing import Ear
from .plan import plan_of
from .preparing import Line, Reading
from .sources.reading import again
from .sweeping import ids_of
from .tables import IMPORTING
from .whose import ORGANISATIONS, me_of, person_of

JOB = "import"
PORTION = 2_500  # rows of one transaction
STRETCH = 10  # portions whose records are looked up at once
C = IMPORTING.c


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


def _gathered(row: Any, turn: int) -> Any:
    """Of a change of all that match, what does is found first, once."""
    if row.total or "asked" not in row.options:
        return row
    with scratch() as path:
        with reading() as connection:
            n = ids_of(connection, person_of(connection, row), row, path)
        with writing() as connection:
            if not locked(connection, row, turn).total:
                keeping.keep_rows(row.org, row.id, path)
                status = keeping.RUNNING if n else keeping.DONE
                keeping.put(connection, row.id, total=n, status=status)
    return _again(row)
