"""Carrying out jobs: claim by lease, renew it while working, finish, try again later."""

from __future__ import annotations

import logging
import threading
import traceback
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Engine, and_, or_, select, update

from server.core.custom.scoping import scoped
from server.core.db import reading, writing
from server.core.jobs import DONE, FAILED, KINDS, RUNNING, WAITING, Job, Later

LEASE = timedelta(seconds=60)
ATTEMPTS = 8
FIRST_RETRY = timedelta(seconds=10)
log = logging.getLogger("kesher.jobs")


@dataclass(frozen=True)
class Claim:
    """A job that is ours until its lease ends; `attempt` tells this claim from a later one."""

    id: str
    kind: str
    args: dict[str, Any]
    attempt: int
    org: int | None


def due(engine: Engine, limit: int = 100) -> list[str]:
    """Ids of jobs that may be claimed now, the longest waiting first."""
    query = select(Job.id).where(_claimable(datetime.now(UTC))).order_by(Job.run_at).limit(limit)
    with reading(engine) as connection:
        return list(connection.scalars(query))


def run(engine: Engine, job_id: str, lease: timedelta = LEASE) -> bool:
    """Carry out a job if it is still to be had; whether it was done."""
    claim = _claim(engine, job_id, lease)
    if claim is None:
        return False
    try:
        with _renewing(engine, claim, lease):
            _carry_out(engine, claim)
    except Later as later:
        log.info("job %s %s waits: %s", claim.kind, claim.id, later)
        _put_off(engine, claim, str(later), later.after)
        return False
    except Exception:
        log.exception("job %s %s failed, attempt %d", claim.kind, claim.id, claim.attempt)
        _put_off(engine, claim, traceback.format_exc())
        return False
    return _set(engine, claim, status=DONE, lease_until=None, error=None)


def _carry_out(engine: Engine, claim: Claim) -> None:
    """With what the organisation has defined, if it is one's job."""
    with ExitStack() as stack:
        if claim.org is not None:
            with reading(engine) as connection:
                stack.enter_context(scoped(connection, claim.org))
        KINDS[claim.kind](**claim.args)


def _claimable(now: datetime) -> ColumnElement[bool]:
    return or_(
        and_(Job.status == WAITING, Job.run_at <= now),
        and_(Job.status == RUNNING, Job.lease_until < now),
    )


def _claim(engine: Engine, job_id: str, lease: timedelta) -> Claim | None:
    """Take the job by a conditional UPDATE: of several workers exactly one gets the row."""
    now = datetime.now(UTC)
    taking = (
        update(Job)
        .where(Job.id == job_id, _claimable(now))
        .values(status=RUNNING, attempts=Job.attempts + 1, lease_until=now + lease)
        .returning(Job.id, Job.kind, Job.args, Job.attempts, Job.org)
    )
    with writing(engine) as connection:
        row = connection.execute(taking).first()
    return Claim(*row) if row else None


@contextmanager
def _renewing(engine: Engine, claim: Claim, lease: timedelta) -> Iterator[None]:
    done = threading.Event()

    def renew() -> None:
        while not done.wait(lease.total_seconds() / 3):
            _set(engine, claim, lease_until=datetime.now(UTC) + lease)

    thread = threading.Thread(target=renew, name=f"lease {claim.id}", daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


def _put_off(
    engine: Engine, claim: Claim, error: str, wait: timedelta | None = None
) -> None:
    """Try again after 10, 20, 40 … seconds; after the last attempt the row stays as failed."""
    if claim.attempt >= ATTEMPTS:
        _set(engine, claim, status=FAILED, lease_until=None, error=error)
        return
    again = datetime.now(UTC) + (wait or FIRST_RETRY * 2 ** (claim.attempt - 1))
    _set(engine, claim, status=WAITING, run_at=again, lease_until=None, error=error)


def _set(engine: Engine, claim: Claim, **values: Any) -> bool:
    """Change the row if it is still ours: a worker that overslept its lease changes nothing."""
    ours = and_(Job.id == claim.id, Job.attempts == claim.attempt, Job.status == RUNNING)
    with writing(engine) as connection:
        return connection.execute(update(Job).where(ours).values(**values)).rowcount == 1
