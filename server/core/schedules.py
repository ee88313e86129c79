"""What is done at set times: the one list, and the jobs of the core that stand in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import Engine, delete, select, text

from server.core.db import reading, writing
from server.core.jobs import DONE, KINDS, Job, enqueue, job


@dataclass(frozen=True)
class Schedule:
    """`kind` is enqueued once an hour, every few `minutes`, or once a day at an `hour` (UTC)."""

    kind: str
    hour: int | None = None
    minutes: int | None = None

    def slot(self, now: datetime) -> str | None:
        """Name of the turn that `now` falls in; None before the day's turn."""
        if self.minutes:
            return f"{self.kind} {now:%Y-%m-%dT%H}:{now.minute // self.minutes * self.minutes:02}"
        if self.hour is None:
            return f"{self.kind} {now:%Y-%m-%dT%H}"
        return f"{self.kind} {now:%Y-%m-%d}" if now.hour >= self.hour else None


SCHEDULES = (
    Schedule("purge-sessions"),
    Schedule("announce-left", minutes=15),
    Schedule("due-tasks", minutes=15),
    Schedule("bring-near"),  # every hour, since days begin at other hours elsewhere
    Schedule("walk-again"),
    Schedule("purge-jobs", hour=1),
    Schedule("purge-uploads", hour=1),
    Schedule("purge-subscriptions", hour=1),
    Schedule("purge-imports", hour=1),
    Schedule("purge-webhooks", hour=1),
    Schedule("old-notices", hour=2),
    Schedule("find-duplicates", hour=2),
    Schedule("optimise", hour=2),
)
KEEP_DONE = timedelta(days=7)


def enqueue_due(engine: Engine, now: datetime | None = None) -> None:
    """Enqueue the turns that have come; each once, however many workers ask."""
    known = [s for s in SCHEDULES if s.kind in KINDS]  # of the rooms that are open here
    turns = {s.slot(now or datetime.now(UTC)): s.kind for s in known}
    with reading(engine) as connection:
        sent = set(connection.scalars(select(Job.once).where(Job.once.in_(turns))))
    missing = {slot: kind for slot, kind in turns.items() if slot and slot not in sent}
    if not missing:
        return
    with writing(engine) as connection:
        for slot, kind in missing.items():
            enqueue(connection, kind, once=slot)


@job("purge-sessions")
def purge_sessions() -> None:
    """Forget sign-ins that have ended, and browsers of which nothing else is known."""
    from server.core.devices import Device
    from server.core.people import Session

    with writing() as connection:
        connection.execute(delete(Session).where(Session.expires_at < datetime.now(UTC)))
        gone = Device.device.is_(None) & Device.session.not_in(select(Session.id))
        connection.execute(delete(Device).where(gone))


@job("purge-jobs")
def purge_jobs() -> None:
    """Forget jobs done a week ago; failed ones stay to be looked at."""
    with writing() as connection:
        old = Job.run_at < datetime.now(UTC) - KEEP_DONE
        connection.execute(delete(Job).where(Job.status == DONE, old))


@job("optimise")
def optimise() -> None:
    """Renew the statistics that the query planner goes by."""
    with writing() as connection:
        lite = connection.dialect.name == "sqlite"
        connection.execute(text("PRAGMA optimize" if lite else "ANALYZE"))
