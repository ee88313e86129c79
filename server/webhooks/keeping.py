"""Webhooks as administrators keep them: made, changed, tried, removed; each message sent again."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, update
from uuid_utils.compat import uuid7

from server.core.clock import instant
from server.core.jobs import enqueue

from .signing import new_secret
from .tables import DELIVERY, WAITING, WEBHOOK
from .telling import deliver

PAGE = 50  # messages
Json = dict[str, Any]


def every(connection: Connection, org: int) -> list[Any]:
    query = select(WEBHOOK).where(WEBHOOK.c.org == org).order_by(WEBHOOK.c.created_at)
    return list(connection.execute(query))


def one(connection: Connection, org: int, id_: str) -> Any:
    """The webhook, or None where it is not this organisation's."""
    return connection.execute(select(WEBHOOK).where(*_here(org, id_))).first()


def make(connection: Connection, org: int, values: Json) -> str:
    id_ = str(uuid7())
    more = {"secret": new_secret(), "enabled": True, "created_at": datetime.now(UTC)}
    connection.execute(insert(WEBHOOK), [{"id": id_, "org": org, **values, **more}])
    return id_


def change(connection: Connection, org: int, id_: str, values: Json) -> bool:
    """Whether it was there. Whoever turns it on again gives it its patience back."""
    fresh = {"failing_since": None} if values.get("enabled") else {}
    query = update(WEBHOOK).where(*_here(org, id_)).values(**values, **fresh)
    return connection.execute(query).rowcount == 1


def remove(connection: Connection, org: int, id_: str) -> bool:
    connection.execute(delete(DELIVERY).where(DELIVERY.c.org == org, DELIVERY.c.webhook == id_))
    return connection.execute(delete(WEBHOOK).where(*_here(org, id_))).rowcount == 1


def trial(connection: Connection, org: int, id_: str) -> None:
    """A message that means nothing but that messages arrive."""
    event = {"type": "webhook.test", "timestamp": instant(), "data": {}}
    deliver(connection, org, id_, "webhook.test", event)


def again(connection: Connection, org: int, hook: str, id_: str) -> bool:
    """Send a message anew, as the same event; whether there is one, and nothing waits."""
    c = DELIVERY.c
    mine = update(DELIVERY).where(c.org == org, c.webhook == hook, c.id == id_)
    query = mine.where(c.status != WAITING).values(status=WAITING, attempts=0)
    if connection.execute(query).rowcount != 1:
        return False
    enqueue(connection, "webhook", org=org, delivery=id_)
    return True


def log(connection: Connection, org: int, hook: str, before: str | None = None) -> list[Any]:
    """A page of messages, the newest first, and one more if there is another page."""
    c = DELIVERY.c
    query = select(DELIVERY).where(c.org == org, c.webhook == hook).order_by(c.id.desc())
    query = query.where(c.id < before) if before else query
    return list(connection.execute(query.limit(PAGE + 1)))


def waiting(connection: Connection, org: int) -> dict[str, int]:
    """How many messages wait, by webhook."""
    c = DELIVERY.c
    query = select(c.webhook, func.count()).where(c.org == org, c.status == WAITING)
    return {row[0]: row[1] for row in connection.execute(query.group_by(c.webhook))}


def _here(org: int, id_: str) -> list[Any]:
    return [WEBHOOK.c.org == org, WEBHOOK.c.id == id_]
