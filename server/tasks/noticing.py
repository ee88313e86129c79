"""Who hears of a change to a task: whom it is given to, and whom it is taken from."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from server.core.batch import Batch
from server.core.jobs import enqueue
from server.core.work import Work
from server.core.zones import instant_of
from server.messaging.audience import Audience
from server.messaging.noticing import notify

from .entities import Task
from .reminding import OPEN


def tell_assignees(connection: Connection, batch: Batch) -> None:
    """A listener. It also sets the alarm of a reminder that was asked for."""
    works = list(batch.works.values())
    mine = [w for w in works if w.entity.type == Task.spec.type]
    tasks = [w for w in mine if w.touched and not w.doc["deleted"]]
    audience = Audience(connection, batch.viewer.org)
    for task in tasks:
        if task.doc["status"] not in OPEN:
            continue
        before, after = _moved(task, "assignee")
        if before != after:
            notify(connection, batch, audience, after, "assigned", task)
            notify(connection, batch, audience, before, "reassigned", task)
        _set_alarm(connection, task)


def _moved(task: Work, name: str) -> tuple[Any, Any]:
    """(before, after) of a field in this transaction; None before of what is born in it."""
    if task.n is None:
        return None, task.doc[name]
    before = next((was for field, was, _ in task.changes if field == name), task.doc[name])
    return before, task.doc[name]


def _set_alarm(connection: Connection, task: Work) -> None:
    before, after = _moved(task, "remind_at")
    at: datetime | None = instant_of(after)
    if at and before != after:
        once = f"alarm {task.id} {after}"
        enqueue(connection, "alarm", at=at, once=once, task=task.id, moment=after)
