"""Reminders, and tasks that are due: told in the person's morning, once for all workers."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from sqlalchemy import select, update

from server.core.db import db, reading, writing
from server.core.identity import ORGANISATION
from server.core.jobs import Job
from server.core.working import run
from server.tasks.reminding import alarm, tell_due
from tests.people import Stage

from .test_noticing import a_task, at_work, everybody

YESTERDAY, TODAY, TOMORROW = "2031-03-09", "2031-03-10", "2031-03-11"
BEFORE = "2031-03-01T10:00:00Z"


@pytest.fixture
def planned(fresh: Stage) -> Any:
    """Makes a task for Carl, long before it is due."""

    def make(due: str, **values: Any) -> str:
        with time_machine.travel(BEFORE, tick=False):
            return a_task(fresh, "carl", due=due, **values)

    return make


def test_in_the_morning_of_the_day_and_of_the_day_after(fresh: Stage, planned: Any) -> None:
    rec = planned(TODAY)
    for at, kinds in (
        (f"{YESTERDAY}T23:59:00Z", []), (f"{TODAY}T07:59:59Z", []), (f"{TODAY}T08:00:00Z", ["due"]),
        (f"{TODAY}T20:00:00Z", ["due"]), (f"{TOMORROW}T07:00:00Z", ["due"]),
        (f"{TOMORROW}T08:15:00Z", ["due", "overdue"]), ("2031-03-12T08:15:00Z", ["due", "overdue"]),
        ("2031-03-20T08:15:00Z", ["due", "overdue"]),
    ):  # fmt: skip
        tell_due(at)
        assert everybody(fresh, rec).get("carl", []) == kinds, at


@pytest.mark.parametrize(("zone", "morning"), [
    ("Asia/Tehran", f"{TODAY}T04:30:00Z"), ("America/New_York", f"{TODAY}T12:00:00Z"),
    ("Pacific/Kiritimati", f"{YESTERDAY}T18:00:00Z"),
])  # fmt: skip
def test_the_morning_is_the_persons(
    fresh: Stage, planned: Any, zone: str, morning: str
) -> None:
    carl = at_work(fresh, "carl")
    assert carl.do("set", "person", fresh.cast["carl"], f="zone", v=zone) == ["ok"]
    rec = planned(TODAY)
    minute = (datetime.fromisoformat(morning) - timedelta(minutes=1)).strftime("%Y-%m-%dT%H:%M:%SZ")
    tell_due(minute)
    assert everybody(fresh, rec) == {}
    tell_due(morning)
    assert everybody(fresh, rec) == {"carl": ["due"]}


def test_the_organisations_zone_is_that_of_who_has_none(fresh: Stage, planned: Any) -> None:
    with writing() as connection:
        connection.execute(update(ORGANISATION).values(zone="Asia/Tehran"))
    rec = planned(TODAY)
    tell_due(f"{TODAY}T04:30:00Z")
    assert everybody(fresh, rec) == {"carl": ["due"]}


@pytest.mark.parametrize("values", [
    {"status": "done"}, {"status": "cancelled"},
])  # fmt: skip
def test_nobody_is_told_of_what_is_nobodys_work(fresh: Stage, planned: Any, values: Any) -> None:
    rec = planned(TODAY, **values)
    with time_machine.travel(BEFORE, tick=False):
        gone = a_task(fresh, "carl", due=TODAY)
        assert at_work(fresh, "ada").do("del", "task", gone) == ["ok"]
    tell_due(f"{TODAY}T09:00:00Z")
    assert everybody(fresh, rec).get("carl", []) == []
    assert everybody(fresh, gone) == {}


def test_what_is_planned_for_today_needs_no_telling(fresh: Stage, planned: Any) -> None:
    with time_machine.travel(f"{TODAY}T09:00:00Z", tick=False):
        rec = a_task(fresh, "carl", due=TODAY)
    tell_due(f"{TODAY}T09:15:00Z")
    assert everybody(fresh, rec) == {}
    tell_due(f"{TOMORROW}T09:15:00Z")
    assert everybody(fresh, rec) == {"carl": ["overdue"]}


def test_put_off_it_is_due_again(fresh: Stage, planned: Any) -> None:
    rec = planned(TODAY)
    tell_due(f"{TODAY}T08:00:00Z")
    with time_machine.travel(f"{TODAY}T10:00:00Z", tick=False):
        assert at_work(fresh, "carl").do("set", "task", rec, f="due", v=TOMORROW) == ["ok"]
    tell_due(f"{TOMORROW}T08:00:00Z")
    assert everybody(fresh, rec) == {"carl": ["due", "due"]}


def test_many_workers_tell_once(fresh: Stage, planned: Any) -> None:
    recs = [planned(TODAY) for _ in range(3)]

    def work(_: int) -> None:
        with fresh.app.app_context():
            try:
                tell_due(f"{TODAY}T08:00:00Z")
            finally:
                db.session.remove()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(work, range(8)))
    for rec in recs:
        assert everybody(fresh, rec) == {"carl": ["due"]}


def alarms() -> list[Any]:
    with reading() as connection:
        return list(connection.execute(select(Job).where(Job.kind == "alarm")).all())


def test_a_reminder_rings_at_its_moment(fresh: Stage) -> None:
    moment = (datetime.now(UTC) + timedelta(minutes=15)).strftime("%Y-%m-%dT%H:%M:%SZ")
    rec = a_task(fresh, "olive", assignee=fresh.cast["carl"], remind_at=moment)
    (job,) = alarms()
    assert job.run_at == datetime.fromisoformat(moment)
    assert not run(db.engine, job.id)  # it is not time yet
    with time_machine.travel(moment):
        assert run(db.engine, job.id)
        alarm(**job.args)
    assert everybody(fresh, rec) == {"carl": ["assigned", "reminder"]}


def test_a_reminder_that_was_moved_or_is_done_does_not_ring(fresh: Stage) -> None:
    soon, later = "2031-01-01T10:00:00Z", "2031-01-01T11:00:00Z"
    rec = a_task(fresh, "carl", remind_at=soon)
    carl = at_work(fresh, "carl")
    assert carl.do("set", "task", rec, f="remind_at", v=later) == ["ok"]
    first, second = sorted(alarms(), key=lambda job: job.run_at)
    alarm(**first.args)
    assert everybody(fresh, rec) == {}
    carl.sync()
    assert carl.do("do", "task", rec, f="complete") == ["ok"]
    alarm(**second.args)
    assert everybody(fresh, rec) == {}
