"""What is near: work that is due soon, and work that was closed a few days ago."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from flask import current_app

from .clock import instant
from .zones import today

DAY = 86_400_000  # ms


@dataclass(frozen=True)
class Span:
    """`last` is the last date that is near, `since` the instant since which closed work is."""

    last: str
    since: str

    def is_near(self, due: str | None) -> bool:
        """A date or an instant; what is overdue is near until it is done."""
        return due is None or due[:10] <= self.last

    def is_recent(self, changed: str | None) -> bool:
        return changed is not None and changed > self.since


def span_of(zone: str, now: int) -> Span:
    """Around `now` (ms), by the organisation's zone and the settings."""
    ahead, after = current_app.config["NEAR_DAYS"], current_app.config["AFTER_DAYS"]
    here = date.fromisoformat(today(instant(now), zone))
    return Span(str(here + timedelta(days=ahead)), instant(now - after * DAY))
