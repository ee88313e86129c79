"""A worker with one kind of job, run by test_jobs.py as a process that can be killed.

Arguments: database URL, data folder, `hold` (never finish a job) or `finish`.
"""

from __future__ import annotations

import sys
import threading
from datetime import timedelta

from flask import Flask
from sqlalchemy import text

from server.core import db, queue
from server.core.config import load
from server.core.jobs import job


@job("count")
def count(step: int) -> None:
    print("began", flush=True)
    if sys.argv[3] == "hold":
        threading.Event().wait()
    with db.writing() as connection:
        connection.execute(text("INSERT INTO effect VALUES (:step)"), {"step": step})


if __name__ == "__main__":
    settings = load({"DATABASE_URL": sys.argv[1], "KESHER_DATA": sys.argv[2]})
    app = Flask("worker")
    db.init_app(app, settings)
    print("working", flush=True)
    queue.work(app, settings, lease=timedelta(seconds=2), sweep_seconds=1)
