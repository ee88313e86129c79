"""A message on its way to one browser, and what the push service says about it."""

from __future__ import annotations

import logging
from datetime import UTC, datetime
from typing import Any

from flask import Flask, current_app
from sqlalchemy import Connection, select, update
from urllib3.exceptions import HTTPError

from server.core.config import Settings
from server.core.db import reading, writing
from server.core.identity import LOGIN, PERSON
from server.core.jobs import Later, job
from server.core.outward import NotAllowed
from server.core.roles import IDS
from server.core.secrets import push_keys

from .quiet import quiet_until
from .recipient import recipient
from .sending import Answer, Sender, send
from .subscriptions import alive, forget
from .tables import SUBSCRIPTION
from .wording import Letter, Writer

GONE, TOO_LARGE = (404, 410), 413
PATIENCE = 5  # refusals in a row before a subscription is given up
log = logging.getLogger("kesher.push")


def init_app(app: Flask, settings: Settings) -> None:
    app.extensions["push"] = Sender(
        push_keys(settings), settings.push_services, settings.push_contact, settings.public_url
    )


def sender() -> Sender:
    found: Sender = current_app.extensions["push"]
    return found


@job("push")
def push(subscription: str, notices: list[str]) -> None:
    """Send what is still unread; a subscription that has ended meanwhile is passed over."""
    with reading() as connection:
        to = _living(connection, subscription)
        person = recipient(connection, to.person) if to else None
        if to is None or person is None:
            return
        until = quiet_until(connection, to.person, datetime.now(UTC))
        if until:
            raise Later("quiet hours", until - datetime.now(UTC))
        letter = Writer(connection, person, sender().public_url).letter(notices)
        contact = sender().contact or _administrator(connection, to.org)
    if letter:
        _settle(to.id, _send(contact, to, letter))


def _living(connection: Connection, subscription: str) -> Any:
    query = select(SUBSCRIPTION).where(SUBSCRIPTION.c.id == subscription, alive())
    return connection.execute(query).first()


def _administrator(connection: Connection, org: int) -> str:
    query = (
        select(LOGIN.c.email)
        .join(PERSON, PERSON.c.id == LOGIN.c.person)
        .where(LOGIN.c.org == org, LOGIN.c.disabled.is_(False))
        .where(PERSON.c.roles.contains(IDS["admin"]))
        .order_by(LOGIN.c.email)
    )
    return str(connection.execute(query).scalar() or "nobody@localhost")


def _send(contact: str, to: Any, letter: Letter) -> Answer:
    """The service's word; what was too large is sent again in brief."""
    how = (letter.ttl, letter.urgency, letter.topic)
    try:
        answer = send(sender(), contact, to, letter.message, *how)
        if answer.status == TOO_LARGE:
            answer = send(sender(), contact, to, letter.brief, *how)
    except NotAllowed as refusal:
        log.warning("a subscription is given up: %s", refusal)
        return Answer(GONE[0])
    except (HTTPError, OSError) as fault:
        raise Later(f"the push service is not reached: {fault}") from None
    return answer


def _settle(subscription: str, answer: Answer) -> None:
    if answer.status == 429 or answer.status >= 500:
        raise Later(f"the push service says {answer.status}", answer.wait)
    c = SUBSCRIPTION.c
    mine = update(SUBSCRIPTION).where(c.id == subscription)
    with writing() as connection:
        if 200 <= answer.status < 300:
            connection.execute(mine.values(last_ok=datetime.now(UTC), failures=0))
        elif answer.status in GONE:
            forget(connection, subscription)
        else:
            log.warning("a push service refuses with %d", answer.status)
            query = mine.values(failures=c.failures + 1).returning(c.failures)
            if (connection.execute(query).scalar() or 0) >= PATIENCE:
                forget(connection, subscription)
