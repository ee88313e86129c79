"""A merger taken back: `part` of server/sync/PROTOCOL.md. Both records are as they were before, but
for what somebody has changed since."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import orjson
from sqlalchemy import select, update

from .applying import opened_to_change
from .batch import Batch
from .clock import clamp
from .errors import Refused
from .history import Merger
from .ledger import MERGING
from .merge import OK, Outcome
from .operations import Operation
from .registry import registry
from .uniting import MOVED, loaded
from .work import Work

KEPT = timedelta(days=30)
C = MERGING.c


def part(batch: Batch, op: Operation, work: Work) -> Outcome:
    """Raises Refused before anything is changed."""
    row = _row(batch, op, work)
    loser = loaded(batch, work.entity, [row.loser]).get(row.loser)
    if loser is None or not loser.doc["deleted"]:
        raise Refused("missing")
    opened_to_change(batch, work, "change")
    opened_to_change(batch, loser, "delete")
    clock = batch.clock(op)
    for name, (before, after) in orjson.loads(row.before).items():
        if name in work.entity.fields:
            work.put(name, _back(work.doc[name], before, after), clock)
    for tied, name in _ties(batch, row):
        if tied.doc.get(name) == work.id and tied.last(name)[0] == row.ver:
            tied.what = MOVED
            tied.put(name, loser.id, clock)
    merger = loaded(batch, Merger.spec, [row.id])[row.id]
    merger.put("deleted", True, clock)
    loser.put("deleted", False, clock)
    loser.what = work.what = "part"
    loser.at, work.touched = clamp(op.t, batch.now), True
    undone = update(MERGING).where(C.id == row.id).values(undone=datetime.now(UTC))
    batch.past.connection.execute(undone)
    return OK


def _row(batch: Batch, op: Operation, work: Work) -> Any:
    """What was done, while it can still be undone."""
    given = op.value if isinstance(op.value, dict) else {}
    if op.group is not None or not isinstance(given.get("merger"), str):
        raise Refused("malformed", "v")
    mine = (C.org == batch.viewer.org, C.id == given["merger"], C.winner == work.id)
    query = select(MERGING).where(*mine, C.undone.is_(None))
    row = batch.past.connection.execute(query.with_for_update()).first()
    if row is None or work.doc["deleted"]:
        raise Refused("missing")
    if row.at < datetime.fromtimestamp(batch.now / 1000, UTC) - KEPT:
        raise Refused("closed")
    return row


def _back(now: Any, before: Any, after: Any) -> Any:
    """Of a list, what came goes and what went comes; of anything else all or nothing."""
    if now == after:
        return before
    if not isinstance(now, list):
        return now
    kept = [one for one in now if one in before or one not in after]
    return kept + [one for one in before if one not in after and one not in kept]


def _ties(batch: Batch, row: Any) -> list[tuple[Work, str]]:
    moved = orjson.loads(row.moved)
    kinds: dict[str, list[str]] = {}
    for kind, id_, _ in moved:
        kinds.setdefault(kind, []).append(id_)
    for kind, ids in kinds.items():
        if registry.get(kind):
            loaded(batch, registry[kind], list(dict.fromkeys(ids)))
    return [(batch.works[id_], name) for _, id_, name in moved if id_ in batch.works]
