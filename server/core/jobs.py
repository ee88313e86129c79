"""What must happen later: a row written in the business transaction, carried out by a worker.

The row is the truth. The queue only wakes a worker early, with the row's id; when a message is
lost or a worker killed, the sweeper finds the row again. A worker holds a row by a lease that it
renews; `attempts` is the fence: whoever claimed last may finish, nobody else. A job may run
twice when a worker dies between doing and marking, so every job is idempotent.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import JSON, Connection, Index, String, Text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, mapped_column
from uuid_utils.compat import uuid7

from server.core.db import Base, UTCDateTime, after_commit

WAITING, RUNNING, DONE, FAILED = "waiting", "running", "done", "failed"

Handler = Callable[..., None]
KINDS: dict[str, Handler] = {}


class Job(Base):
    __tablename__ = "job"
    __table_args__ = (Index("ix_job_due", "status", "run_at"),)

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    org: Mapped[int | None]
    kind: Mapped[str] = mapped_column(String(60))
    args: Mapped[dict[str, Any]] = mapped_column(JSON)
    once: Mapped[str | None] = mapped_column(String(120), unique=True)
    run_at: Mapped[datetime] = mapped_column(UTCDateTime)
    attempts: Mapped[int]
    lease_until: Mapped[datetime | None] = mapped_column(UTCDateTime)
    status: Mapped[str] = mapped_column(String(10))
    error: Mapped[str | None] = mapped_column(Text)


def job(kind: str) -> Callable[[Handler], Handler]:
    """Name a function as the carrier-out of a kind of job; its keywords are the job's args."""

    def register(handler: Handler) -> Handler:
        if kind in KINDS:
            raise ValueError(f"two jobs named {kind}")
        KINDS[kind] = handler
        return handler

    return register


class Later(Exception):
    """Raised by a job that cannot be done now, through no fault of ours: it is tried again, after
    the time that it was told of, if any."""

    def __init__(self, why: str, after: timedelta | None = None) -> None:
        super().__init__(why)
        self.after = after


class Bell:
    """Wakes workers at once; silent until the app says how (`queue.connect`)."""

    ring: Callable[[str], None] | None = None


def enqueue(
    connection: Connection,
    kind: str,
    *,
    org: int | None = None,
    at: datetime | None = None,
    once: str | None = None,
    **args: Any,
) -> str | None:
    """Write a job in the caller's `writing()` transaction; its id.

    `at` puts it off. With `once`, a job of that name is written only the first time, and the
    answer is None afterwards. `args` must be JSON.
    """
    if kind not in KINDS:
        raise LookupError(f"no job named {kind}")
    job_id, now = str(uuid7()), datetime.now(UTC)
    row = {"id": job_id, "org": org, "kind": kind, "args": args, "once": once}
    state = {"run_at": at or now, "attempts": 0, "status": WAITING}
    dialect = sqlite if connection.dialect.name == "sqlite" else postgresql
    adding = dialect.insert(Job).values(**row, **state).returning(Job.id)
    if connection.scalar(adding.on_conflict_do_nothing(index_elements=["once"])) is None:
        return None
    if at is None or at <= now:
        after_commit(connection, lambda: Bell.ring and Bell.ring(job_id))
    return job_id
