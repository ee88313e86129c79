"""Sums with dates and instants. Equal to pwa/views/moments.js."""

from __future__ import annotations

from datetime import date, datetime, timedelta


def later(at: str, seconds: int) -> str:
    """An instant some seconds after (or before) another."""
    then = datetime.fromisoformat(at.replace("Z", "+00:00")) + timedelta(seconds=seconds)
    return then.strftime("%Y-%m-%dT%H:%M:%SZ")


def plus_days(day: str, days: int) -> str:
    return (date.fromisoformat(day) + timedelta(days)).isoformat()
