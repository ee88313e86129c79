"""One message to one webhook: sent, tried again for a day and a half, then given up."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from typing import Any

from flask import Flask, current_app
from sqlalchemy import delete, select, true, update
from urllib3.exceptions import HTTPError

from server.core.config import Settings
from server.core.db import reading, writing
from server.core.jobs import Later, job
from server.core.outward import NotAllowed, Target, locate, origin, parts_of, post

from .signing import signed
from .tables import DELIVERED, DELIVERY, FAILED, WAITING, WEBHOOK

# After each attempt but the last; a job has as many attempts as these and one more.
WAITS = (10, 60, 5 * 60, 30 * 60, 2 * 3600, 8 * 3600, 24 * 3600)  # seconds
PATIENCE = timedelta(days=5)  # in which nothing arrives before nothing more is sent
KEPT = timedelta(days=30)
READ = 1000  # bytes of an answer
GONE = 410  # the receiver wants no more, as the specification has it


def init_app(app: Flask, settings: Settings) -> None:
    app.extensions["webhooks_inside"] = settings.webhooks_inside


def target(url: str) -> Target:
    """Where to post to: over https, but for what an administrator of the server has named. Raises
    NotAllowed, OSError."""
    parts = parts_of(url)
    inside = origin(parts) in current_app.extensions["webhooks_inside"]
    if not inside and parts.scheme != "https":
        raise NotAllowed("not https")
    return locate(parts, inside=inside)


@job("webhook")
def send(delivery: str) -> None:
    """It may be sent twice if a worker dies; the event's id tells the receiver."""
    w = WEBHOOK.c
    query = select(DELIVERY, w.url, w.secret, w.enabled).join(WEBHOOK, w.id == DELIVERY.c.webhook)
    query = query.where(DELIVERY.c.id == delivery, DELIVERY.c.status == WAITING)
    with reading() as connection:
        row = connection.execute(query).first()
    if row is not None:
        _note(row, *(_sent(row) if row.enabled else (GONE, "turned off")))


def _sent(row: Any) -> tuple[int | None, str]:
    """The status of the answer, if there was one, and what it says."""
    body = row.body.encode()
    headers = {"Content-Type": "application/json", "User-Agent": "Kesher-Webhooks/1",
               **signed(row.secret, row.event, int(time.time()), body)}  # fmt: skip
    try:
        reply = post(target(row.url), body, headers, READ)
    except NotAllowed as refusal:
        return None, f"not allowed: {refusal}"
    except (HTTPError, OSError) as fault:
        return None, f"not reached: {fault}"
    return reply.status, reply.text


def _note(row: Any, code: int | None, text: str) -> None:
    """Raises Later where it is to be tried again."""
    now, arrived = datetime.now(UTC), code is not None and 200 <= code < 300
    attempts = row.attempts + 1
    last = arrived or code == GONE or attempts > len(WAITS)
    status = DELIVERED if arrived else FAILED if last else WAITING
    tried = {"status": status, "attempts": attempts, "tried_at": now, "code": code}
    c = WEBHOOK.c
    hook = update(WEBHOOK).where(c.id == row.webhook)
    with writing() as connection:
        mine = update(DELIVERY).where(DELIVERY.c.id == row.id)
        connection.execute(mine.values(**tried, answer=text[:READ]))
        if arrived:
            connection.execute(hook.where(c.failing_since.is_not(None)).values(failing_since=None))
        else:
            connection.execute(hook.where(c.failing_since.is_(None)).values(failing_since=now))
            ending = true() if code == GONE else c.failing_since < now - PATIENCE
            connection.execute(hook.where(ending).values(enabled=False))
    if status == WAITING:
        raise Later(f"a webhook answers {code}", timedelta(seconds=WAITS[attempts - 1]))


@job("purge-webhooks")
def purge() -> None:
    """Forget what was sent a month ago."""
    with writing() as connection:
        old = DELIVERY.c.at < datetime.now(UTC) - KEPT
        connection.execute(delete(DELIVERY).where(old))
