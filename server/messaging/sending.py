"""One message to one push service (RFC 8030), encrypted for one browser (RFC 8291)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

from server.core.outward import post

from .addresses import resolve

LONGEST_WAIT = timedelta(days=1)


@dataclass(frozen=True)
class Sender:
    """Who sends: our keys, and the services we send to."""

    keys: tuple[Path, Path]
    services: tuple[str, ...]
    contact: str
    public_url: str


@dataclass(frozen=True)
class Answer:
    status: int
    wait: timedelta | None = None  # what the service asks us to wait


def send(
    sender: Sender, contact: str, to: Any, message: Mapping[str, Any], ttl: int, urgency: str,
    topic: str,
) -> Answer:  # fmt: skip
    """Post `message` to the subscription `to`. Raises NotAllowed, OSError, urllib3's HTTPError."""
    # Imported late: it takes a sixth of a second, and most processes never send anything.
    from webpush import WebPush, WebPushSubscription

    target = resolve(to.endpoint, sender.services)
    keys = {"p256dh": to.p256dh, "auth": to.auth}
    subscription = WebPushSubscription.model_validate({"endpoint": to.endpoint, "keys": keys})
    body = json.dumps(message, ensure_ascii=False, separators=(",", ":")).encode()
    # One object for each message: what one is given, it keeps for the next.
    made = WebPush(*sender.keys, subscriber=contact, ttl=ttl).get(body, subscription)
    own = {"Urgency": urgency, "Topic": topic, "Content-Type": "application/octet-stream"}
    reply = post(target, made.encrypted, {**made.headers, **own})
    return Answer(reply.status, retry_after(reply.headers.get("Retry-After"), datetime.now(UTC)))


def retry_after(text: str | None, now: datetime) -> timedelta | None:
    """Seconds, or a date; at most a day. None for what is neither."""
    if not text:
        return None
    if text.strip().isascii() and text.strip().isdigit():
        return min(timedelta(seconds=int(text.strip()[:9])), LONGEST_WAIT)
    try:
        at = parsedate_to_datetime(text)
    except ValueError:
        return None
    wait = (at if at.tzinfo else at.replace(tzinfo=UTC)) - now
    return min(max(wait, timedelta(seconds=1)), LONGEST_WAIT)
