"""A notice to whoever's value lost against another's: a person has to look at it."""

from __future__ import annotations

from sqlalchemy import Connection

from server.core.batch import Batch

from .audience import Audience
from .noticing import born


def tell_losers(connection: Connection, batch: Batch) -> None:
    """A listener. The loser may be who is writing: their phone sends what they did hours ago."""
    lost = [w for w in batch.born.values() if w.entity.type == "conflict" and w.doc["lost_by"]]
    if not lost:
        return
    audience = Audience(connection, batch.viewer.org)
    for conflict in lost:
        loser, winner = conflict.doc["lost_by"], conflict.doc["kept_by"]
        if loser != winner and audience.sees(loser, conflict):
            born(connection, batch, loser, "conflict", conflict, by=winner)
