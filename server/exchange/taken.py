"""What later imports wrote and have taken back since: it is as if they had not been, so that
several can be taken back one after the other, the last one first."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, select

from server.core.work import Work

from .portion import CHANGED, MADE
from .tables import ROWS
from .whose import device

UNDONE, KEPT = "undone", "kept"
BEFORE = device("")


def writers(work: Work) -> set[str]:
    """The devices by which its values were written last."""
    clocks = list(work.clk.values())
    clocks += [one for clock in clocks if isinstance(clock, dict) for one in clock.values()]
    return {str(clock[-1]) for clock in clocks if isinstance(clock, list)}


def taken_back(connection: Connection, works: Iterable[Work], but: str) -> dict[str, set[str]]:
    """By record the devices of the other imports that have taken back all that they did to it."""
    some = list(works)
    others = {one.removeprefix(BEFORE) for work in some for one in writers(work)
              if one.startswith(BEFORE)} - {but}  # fmt: skip
    if not others:
        return {}
    r, back, still = ROWS.c, dict[str, set[str]](), dict[str, set[str]]()
    wrote = r.status.in_((MADE, CHANGED, KEPT, UNDONE))
    query = select(r.importing, r.rec, r.status).where(r.importing.in_(others), wrote)
    for row in connection.execute(query.where(r.rec.in_([work.id for work in some]))):
        each = back if row.status == UNDONE else still
        each.setdefault(row.rec, set()).add(device(row.importing))
    return {rec: left - still.get(rec, set()) for rec, left in back.items()}
