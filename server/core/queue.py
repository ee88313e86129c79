"""Huey carries the ids of jobs to the workers and runs the sweep; what is due stands in `job`."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from flask import Flask
from huey import Huey, SqliteHuey
from huey.consumer import Consumer, Scheduler

from server.core import working
from server.core.config import Settings
from server.core.db import db
from server.core.jobs import Bell
from server.core.schedules import enqueue_due

SWEEP_SECONDS = 5
log = logging.getLogger("kesher.jobs")


def connect(settings: Settings) -> None:
    """From now on a committed job wakes the workers."""
    _, send = _open(settings, lambda _job_id: None)

    def ring(job_id: str) -> None:
        try:
            send(job_id)
        except Exception:  # the sweep will find the job: its writer must not fail for this
            log.exception("job %s waits for the next sweep", job_id)

    Bell.ring = ring


def _open(settings: Settings, run: Callable[[str], None]) -> tuple[Huey, Callable[[str], Any]]:
    """The queue, and the function that sends a job's id for `run` to get in the worker."""
    settings.data.mkdir(parents=True, exist_ok=True)
    queue = SqliteHuey("kesher", filename=str(settings.data / "queue.db"), results=False)
    queue.storage.close()  # opened to make its tables; must not be carried over a fork
    return queue, queue.task(name="run")(run)


def work(
    app: Flask,
    settings: Settings,
    lease: timedelta = working.LEASE,
    sweep_seconds: int = SWEEP_SECONDS,
) -> None:
    """Carry out jobs until told to stop by SIGTERM or SIGINT; jobs under way are finished."""

    def run(job_id: str) -> None:
        with app.app_context():
            working.run(db.engine, job_id, lease)

    queue, send = _open(settings, run)

    class Sweeper(Scheduler):  # type: ignore[misc]
        def loop(self, now: Any = None) -> None:
            """Send what is due: put off, missed by the queue, or left by a dead worker."""
            try:
                with app.app_context():
                    enqueue_due(db.engine)
                    waiting = [] if queue.pending_count() else working.due(db.engine)
                for job_id in waiting:
                    send(job_id)
            except Exception:
                log.exception("the sweep failed; the next one follows")
            self.stop_flag.wait(self.interval)

    class Workers(Consumer):  # type: ignore[misc]
        scheduler_class = Sweeper

    Workers(
        queue,
        workers=settings.job_threads,
        periodic=False,
        max_delay=1.0,
        scheduler_interval=sweep_seconds,
        graceful_signal="TERM",
        shutdown_timeout=20,
    ).run()
