"""Tasks whose time has come: a reminder that was set, the day they are due, the day after."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import func, select

from server.core.clock import instant
from server.core.db import reading, writing
from server.core.identity import ORGANISATION, PERSON
from server.core.jobs import job
from server.core.work import NEVER
from server.core.zones import instant_from_local, instant_of, local
from server.messaging.noticing import remind

from .entities import Task

TASK: Any = Task.__table__
OPEN = ("open", "in_progress")
MORNING = "08:00"
LATE = 3  # days after which nobody is told any more that a task is overdue


@job("alarm")
def alarm(task: str, moment: str) -> None:
    """The moment for which a reminder was set: if it still is, and the task is open."""
    c = TASK.c
    query = select(c.org, c.assignee).where(
        c.id == task, c.remind_at == moment, c.status.in_(OPEN), c.deleted.is_(False),
        c.assignee.is_not(None),
    )  # fmt: skip
    with writing() as connection:
        for org, assignee in connection.execute(query).all():
            remind(connection, org, "reminder", "task", [(assignee, task, moment)])


@job("due-tasks")
def tell_due(now: str | None = None) -> None:
    """Who has work that is due today, or was due yesterday, hears of it in their own morning."""
    at = now or instant()
    due: dict[tuple[int, str], list[tuple[str, str, str]]] = {}
    with reading() as connection:
        for row in connection.execute(_candidates(at)):
            kind = _kind(row, at)
            if kind:
                found = due.setdefault((row.org, kind), [])
                found.append((row.assignee, row.id, row.due))
    for (org, kind), tasks in due.items():
        with writing() as connection:
            remind(connection, org, kind, "task", tasks)


def _candidates(at: str) -> Any:
    """Open tasks of people who work here, that may be due somewhere on earth."""
    c, day = TASK.c, datetime.fromisoformat(at.replace("Z", "+00:00")).astimezone(UTC).date()
    first, last = day - timedelta(days=LATE + 1), day + timedelta(days=1)
    return (
        select(c.org, c.id, c.assignee, c.due, c.clk)
        .add_columns(func.coalesce(PERSON.c.zone, ORGANISATION.c.zone).label("zone"))
        .join(PERSON, (PERSON.c.org == c.org) & (PERSON.c.id == c.assignee))
        .join(ORGANISATION, ORGANISATION.c.id == c.org)
        .where(c.status.in_(OPEN), c.deleted.is_(False), PERSON.c.active.is_not(False))
        .where(c.due >= first.isoformat(), c.due <= last.isoformat())
    )


def _kind(row: Any, at: str) -> str | None:
    """What to tell of the task now, if anything."""
    there = local(at, row.zone)
    if not there or there[1] < MORNING:
        return None
    today = there[0]
    oldest = (datetime.fromisoformat(today) - timedelta(days=LATE)).date().isoformat()
    if row.due > today or row.due < oldest or _planned_since(row, today):
        return None
    return "due" if row.due == today else "overdue"


def _planned_since(row: Any, today: str) -> bool:
    """Was it given to them, or planned, after their morning? Then they know, for today."""
    morning = instant_of(instant_from_local(today, MORNING, row.zone))
    clk: dict[str, list[Any]] = json.loads(row.clk)
    written: list[int] = []
    for name in ("due", "assignee"):
        last: list[Any] = clk.get(name) or clk.get("*") or NEVER
        written.append(last[1])
    return morning is not None and max(written) >= morning.timestamp() * 1000
