"""What a worker would do by then."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import time_machine

from server.core import working
from server.core.db import db


def work_off(after: float) -> None:
    """Carry out what is due in so many seconds, and what comes of it."""
    with time_machine.travel(datetime.now(UTC) + timedelta(seconds=after), tick=False):
        while ids := working.due(db.engine):
            for id_ in ids:
                working.run(db.engine, id_)
