"""What is told to webhooks: each change to a record, in the transaction that makes it."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select
from uuid_utils.compat import uuid7

from server.core.applying import Batch
from server.core.clock import instant
from server.core.jobs import enqueue
from server.core.work import Work

from .tables import DELIVERY, WAITING, WEBHOOK

Json = dict[str, Any]
# Built once: it is asked at every write
HOOKS = select(WEBHOOK.c.id, WEBHOOK.c.kinds).where(
    WEBHOOK.c.org == bindparam("org"), WEBHOOK.c.enabled
)


def tell_webhooks(connection: Connection, batch: Batch) -> None:
    """A listener."""
    org = batch.viewer.org
    hooks = connection.execute(HOOKS, {"org": org}).all()
    if not hooks:
        return
    for work in batch.works.values():
        kind = _happened(work)
        if kind is None:
            continue
        concerned = [hook.id for hook in hooks if not hook.kinds or work.entity.type in hook.kinds]
        event = _event(batch, work, kind)
        for hook in concerned:
            deliver(connection, org, hook, kind, event)


def deliver(connection: Connection, org: int, hook: str, kind: str, event: Json) -> None:
    """Write a message, and the job that sends it."""
    id_ = str(uuid7())
    body = json.dumps(event, ensure_ascii=False, separators=(",", ":"))
    row = {"id": id_, "org": org, "webhook": hook, "event": str(uuid7()), "kind": kind,
           "body": body, "at": datetime.now(UTC), "status": WAITING, "attempts": 0}  # fmt: skip
    connection.execute(insert(DELIVERY), [row])
    enqueue(connection, "webhook", org=org, delivery=id_)


def _happened(work: Work) -> str | None:
    """None where nothing did: it was only looked at, or is of those that the server keeps."""
    if work.entity.system or not (work.what == "new" or work.changes):
        return None
    if work.what == "new":
        return f"{work.entity.type}.created"
    gone = {name: after for name, _, after in work.changes}.get("deleted")
    word = "updated" if gone is None else "deleted" if gone else "restored"
    return f"{work.entity.type}.{word}"


def _event(batch: Batch, work: Work, kind: str) -> Json:
    at = instant(work.at or batch.now)
    secret = {field.name for field in work.entity.sensitive}  # nobody's right stands behind a hook
    values = {n: None if n in secret else work.doc.get(n) for n in work.entity.fields}
    record = {"id": work.id, "type": work.entity.type, "ver": batch.ver, **values}
    changed = [{"field": n, **({"before": None, "after": None} if n in secret else
                               {"before": a, "after": b})} for n, a, b in work.changes]  # fmt: skip
    return {"type": kind, "timestamp": at,
            "data": {"record": record, "changed": changed, "by": batch.viewer.id}}  # fmt: skip
