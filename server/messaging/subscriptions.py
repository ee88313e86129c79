"""The browsers of a person that may be woken: taking one in, letting one go."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime

from sqlalchemy import ColumnElement, Connection, and_, delete, not_, select

from server.core.db import writing
from server.core.identity import LOGIN, SESSION, Signed
from server.core.jobs import job
from server.core.many import upsert

from .tables import SUBSCRIPTION

MOST = 20  # of one person; the oldest goes


def subscribe(
    connection: Connection, signed: Signed, endpoint: str, p256dh: str, auth: str
) -> None:
    """Tell this browser from now on. Whoever had the browser before is no longer told by it."""
    now = datetime.now(UTC)
    row = {
        "id": name_of(endpoint), "org": signed.viewer.org, "person": signed.viewer.id,
        "session": signed.session, "endpoint": endpoint, "p256dh": p256dh, "auth": auth,
        "created_at": now, "last_ok": None, "failures": 0,
    }  # fmt: skip
    query = upsert(connection, SUBSCRIPTION).values(row)
    renewed = {name: query.excluded[name] for name in row if name != "id"}
    connection.execute(query.on_conflict_do_update(index_elements=["id"], set_=renewed))
    _drop_oldest(connection, signed.viewer.id)


def name_of(endpoint: str) -> str:
    return hashlib.sha256(endpoint.encode()).hexdigest()


def _drop_oldest(connection: Connection, person: str) -> None:
    c = SUBSCRIPTION.c
    query = select(c.id).where(c.person == person).order_by(c.created_at.desc()).offset(MOST)
    for id_ in connection.execute(query).scalars().all():
        forget(connection, id_)


def forget(connection: Connection, id_: str) -> None:
    connection.execute(delete(SUBSCRIPTION).where(SUBSCRIPTION.c.id == id_))


def let_go(connection: Connection, signed: Signed, endpoint: str) -> None:
    """One's own browser is not told any more."""
    c = SUBSCRIPTION.c
    mine = and_(c.id == name_of(endpoint), c.person == signed.viewer.id)
    connection.execute(delete(SUBSCRIPTION).where(mine))


def unsubscribe(connection: Connection, session: str) -> None:
    """A browser that has signed out, or was signed out, is not told any more."""
    connection.execute(delete(SUBSCRIPTION).where(SUBSCRIPTION.c.session == session))


def alive() -> ColumnElement[bool]:
    """A clause: the session that subscribed still stands, and its person may sign in."""
    c = SUBSCRIPTION.c
    session = select(SESSION.c.id).where(
        SESSION.c.id == c.session, SESSION.c.person == c.person,
        SESSION.c.expires_at > datetime.now(UTC),
    )  # fmt: skip
    login = select(LOGIN.c.person).where(LOGIN.c.person == c.person, LOGIN.c.disabled.is_(False))
    return and_(session.exists(), login.exists())


def living(connection: Connection, person: str) -> list[str]:
    """Ids of a person's subscriptions."""
    c = SUBSCRIPTION.c
    query = select(c.id).where(c.person == person, alive()).order_by(c.created_at)
    return list(connection.execute(query).scalars())


@job("purge-subscriptions")
def purge() -> None:
    """Forget browsers whose session has ended."""
    with writing() as connection:
        connection.execute(delete(SUBSCRIPTION).where(not_(alive())))
