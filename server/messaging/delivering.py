"""From notices to messages: what came for a person within moments goes out as one."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import Connection, delete, insert, select

from server.core.db import writing
from server.core.identity import ORGANISATION, PERSON
from server.core.jobs import enqueue, job

from .quiet import quiet_until
from .subscriptions import living
from .tables import SUBSCRIPTION, UNSENT

GATHER = 10  # seconds in which what comes is told together


def soon(connection: Connection, person: str, notices: list[str]) -> None:
    """Write, in the transaction of what they are about, that notices are to be told."""
    here = select(SUBSCRIPTION.c.id).where(SUBSCRIPTION.c.person == person).limit(1)
    if connection.execute(here).first() is None:
        return
    rows = [{"notice": notice, "person": person} for notice in notices]
    connection.execute(insert(UNSENT), rows)
    _at(connection, person, datetime.now(UTC))


def _at(connection: Connection, person: str, moment: datetime) -> None:
    """One job for each stretch of time, whoever asks for it."""
    stretch = -(-int(moment.timestamp()) // GATHER) * GATHER
    at = datetime.fromtimestamp(stretch, UTC)
    enqueue(connection, "announce", at=at, once=f"announce {person} {stretch}", person=person)


def _after_whoever_writes(connection: Connection, person: str) -> None:
    """The door's lock: a notice that counts on this job was written before it, or is seen by it."""
    org = select(PERSON.c.org).where(PERSON.c.id == person).scalar_subquery()
    here = select(ORGANISATION.c.id).where(ORGANISATION.c.id == org)
    connection.execute(here.with_for_update())


@job("announce")
def announce(person: str) -> None:
    """What waits for a person becomes a message to each of their browsers; at night it waits on."""
    with writing() as connection:
        _after_whoever_writes(connection, person)
        until = quiet_until(connection, person, datetime.now(UTC))
        if until:
            _at(connection, person, until)
            return
        gone = delete(UNSENT).where(UNSENT.c.person == person).returning(UNSENT.c.notice)
        notices = sorted(connection.execute(gone).scalars())
        org = connection.execute(select(PERSON.c.org).where(PERSON.c.id == person)).scalar()
        for subscription in living(connection, person) if notices else []:
            enqueue(connection, "push", org=org, subscription=subscription, notices=notices)


@job("announce-left")
def announce_left() -> None:
    """Whatever was left behind, by clocks that differ or jobs that failed, is told after all."""
    with writing() as connection:
        people = connection.execute(select(UNSENT.c.person).distinct()).scalars().all()
        for person in people:
            _at(connection, person, datetime.now(UTC))
