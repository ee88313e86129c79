"""Clocks. Clients' clocks lie, so what they say is clamped and never orders anything by itself."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from functools import lru_cache

MAX_DRIFT = 300_000  # ms that a client may be ahead of us before its time is cut


def now_ms() -> int:
    return time.time_ns() // 1_000_000


def instant(ms: int | None = None) -> str:
    """Milliseconds since 1970 (default now) as YYYY-MM-DDTHH:MM:SSZ."""
    return _text((now_ms() if ms is None else ms) // 1000)


@lru_cache(1_000)
def _text(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def clamp(t: int, now: int) -> int:
    """A client's time in ms, at most five minutes ahead of ours and never before 1970."""
    return max(0, min(t, now + MAX_DRIFT))
