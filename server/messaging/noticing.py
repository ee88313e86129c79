"""Giving a person a notice: in the transaction of what it is about, for their phones and inbox."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid5

from sqlalchemy import Connection, select
from uuid_utils.compat import uuid7

from server.core.applying import Batch
from server.core.bulk import bulk
from server.core.clock import instant
from server.core.work import Work

from .audience import Audience
from .delivering import soon
from .entities import Notice

NAMES = UUID("6c1fd2a6-3f57-4a40-8f0b-6cf0a3f1c7be")  # of notices that are given once
NOTICE: Any = Notice.__table__


def notify(
    connection: Connection, batch: Batch, audience: Audience, person: str | None, kind: str,
    about: Work,
) -> None:  # fmt: skip
    """Tell somebody of what the batch does; not of their own acts, nor somebody who has left."""
    if not person or person == batch.viewer.id or audience.viewer(person) is None:
        return
    born(connection, batch, person, kind, about, by=batch.viewer.id)


def born(
    connection: Connection, batch: Batch, person: str, kind: str, about: Work, by: str | None
) -> None:
    """Put a notice into the batch."""
    entity, at = Notice.spec, instant(batch.now)
    values = _values(person, kind, about.entity.type, about.id, at, by)
    stamps = {"created_at": at, "created_by": by, "updated_at": at, "updated_by": by}
    clock = {"*": [batch.ver, batch.now, batch.device]}
    keys = [f"p:{person}"]
    doc = entity.blank() | values | stamps
    record = Work(entity, str(uuid7()), doc, clock, keys, what="new", touched=True)
    batch.works[record.id] = batch.born[record.id] = record
    soon(connection, person, [record.id])


def remind(
    connection: Connection, org: int, kind: str, of: str, due: list[tuple[str, str, str]]
) -> list[str]:
    """Notices that the clock gives, each once for all times and workers.

    `due` are (person, record, mark): another mark (the day, the hour it was for) is another notice.
    Gives the ids of those that are new."""
    at = instant()
    wanted = {
        str(uuid5(NAMES, f"{org} {kind} {rec} {person} {mark}")): (person, rec)
        for person, rec, mark in due
    }
    found: list[str] = []
    ids = [one for one in wanted if one not in _given(connection, org, list(wanted))]
    rows = [("notice", {"id": i, **_values(*_who(wanted[i], kind, of), at, None)}) for i in ids]
    if rows:
        bulk(connection, org, rows, None)
    for id_ in ids:
        soon(connection, wanted[id_][0], [id_])
        found.append(id_)
    return found


def _who(one: tuple[str, str], kind: str, of: str) -> tuple[str, str, str, str]:
    return one[0], kind, of, one[1]


def _given(connection: Connection, org: int, ids: list[str]) -> set[str]:
    query = select(NOTICE.c.id).where(NOTICE.c.org == org, NOTICE.c.id.in_(ids))
    return set(connection.execute(query).scalars())


def _values(
    person: str, kind: str, of: str, rec: str, at: str, by: str | None
) -> dict[str, Any]:
    return {"owner": person, "kind": kind, "of": of, "rec": rec, "at": at, "by": by, "read": False}
