"""Figures: medians and 95th percentiles in milliseconds, as a table."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """One row: what was measured, its times in ms, and the goal for the median if there is one."""

    what: str
    times: list[float]
    goal: float | None = None

    @property
    def p50(self) -> float:
        return _at(self.times, 0.5)

    @property
    def p95(self) -> float:
        return _at(self.times, 0.95)

    def __str__(self) -> str:
        goal = f"{self.goal:8.0f}" if self.goal else " " * 8
        verdict = "" if not self.goal else "ok" if self.p50 <= self.goal else "over"
        return f"{self.what:<46}{self.p50:9.1f}{self.p95:9.1f}{goal}  {verdict}"


def _at(times: list[float], share: float) -> float:
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def timed(what: str, work: Callable[[], object], times: int, goal: float | None = None) -> Figure:
    """Run `work` once to warm up, then `times` times."""
    work()
    found = []
    for _ in range(times):
        started = time.perf_counter()
        work()
        found.append((time.perf_counter() - started) * 1000)
    return Figure(what, found, goal)


def show(title: str, figures: list[Figure]) -> None:
    print(f"\n{title}\n{'':46}{'p50 ms':>9}{'p95 ms':>9}{'goal':>8}")
    for figure in figures:
        print(figure, flush=True)
