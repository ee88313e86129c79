"""Giving a person a notice: in the transaction of what it is about, for their phones and inbox."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID, uuid5

from sqlalchemy import Connection, select
from uuid_utils.compat import uuid7

from server.core.batch import Batch
from server.core.bulk import bulk
from server.core.clock import instant
from server.core.identity import ORGANISATION
from server.core.work import Work, chunks

from .audience import Audience
from .delivering import soon
from .entities import NOTICE, Notice

NAMES = UUID("6c1fd2a6-3f57-4a40-8f0b-6cf0a3f1c7be")  # of notices that are given once


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
    connection.execute(select(ORGANISATION.c.id).where(ORGANISATION.c.id == org).with_for_update())
    wanted = {
        str(uuid5(NAMES, f"{org} {kind} {rec} {person} {mark}")): (person, rec)
        for person, rec, mark in due
    }
    given = _given(connection, org, wanted)
    new = {id_: one for id_, one in wanted.items() if id_ not in given}
    if new:
        rows = [("notice", {"id": id_, **_values(person, kind, of, rec, at, None)})
                for id_, (person, rec) in new.items()]  # fmt: skip
        bulk(connection, org, rows, None)
    for id_, (person, _) in new.items():
        soon(connection, person, [id_])
    return list(new)


def _given(connection: Connection, org: int, ids: Iterable[str]) -> set[str]:
    c = NOTICE.c
    queries = (select(c.id).where(c.org == org, c.id.in_(some)) for some in chunks(ids))
    return {id_ for query in queries for id_ in connection.execute(query).scalars()}


def _values(
    person: str, kind: str, of: str, rec: str, at: str, by: str | None
) -> dict[str, Any]:
    return {"owner": person, "kind": kind, "of": of, "rec": rec, "at": at, "by": by, "read": False}
