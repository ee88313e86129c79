"""Huey carries the ids of jobs to the workers and runs the sweep; what is due stands in `job`."""

from __future__ import annotations

import logging
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


def connect(settings: Settings) -> Huey:
    """The queue of these settings; from now on a committed job wakes its workers."""
    settings.data.mkdir(parents=True, exist_ok=True)
    queue = SqliteHuey("kesher", filename=str(settings.data / "queue.db"), results=False)

    @queue.task(name="run")
    def run(job_id: str) -> None:
        """Replaced in the worker; elsewhere only the name is used, to send."""

    def ring(job_id: str) -> None:
        try:
            run(job_id)
        except Exception:  # the sweep will find the job: its writer must not fail for this
            log.exception("job %s waits for the next sweep", job_id)

    Bell.ring = ring
    return queue


def work(app: Flask, settings: Settings, lease: timedelta = working.LEASE) -> None:
    """Carry out jobs until told to stop by SIGTERM or SIGINT; jobs under way are finished."""
    queue = SqliteHuey("kesher", filename=str(settings.data / "queue.db"), results=False)

    @queue.task(name="run")
    def run(job_id: str) -> None:
        with app.app_context():
            working.run(db.engine, job_id, lease)

    class Sweeper(Scheduler):  # type: ignore[misc]
        def loop(self, now: Any = None) -> None:
            """Send what is due: put off, missed by the queue, or left by a dead worker."""
            try:
                with app.app_context():
                    enqueue_due(db.engine)
                    waiting = [] if queue.pending_count() else working.due(db.engine)
                for job_id in waiting:
                    run(job_id)
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
        scheduler_interval=SWEEP_SECONDS,
        graceful_signal="TERM",
        shutdown_timeout=20,
    ).run()
