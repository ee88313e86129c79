"""Portions made by other processes: in their order, and none is lost if a process is."""

from __future__ import annotations

import os
import threading

import pytest

from server.core.aside import OWN, alone, made_aside
from server.core.db import writing
from tests.people import Stage


def whose(n: int) -> tuple[int, int]:
    return n * n, os.getpid()


def test_portions_are_made_elsewhere_and_come_in_order() -> None:
    with made_aside(whose) as aside:
        aside.helpers = aside.helpers or pytest.skip("a single processor, or threads")
        for n in range(50):
            aside.put(n)
        found = list(aside.made())
    assert [square for square, _ in found] == [n * n for n in range(50)]
    here = [pid for _, pid in found].count(os.getpid())
    assert here == (50 // OWN if len(aside.helpers) == 1 else 0)


def test_what_a_helper_fails_at_is_seen_to_fail() -> None:
    with made_aside(lambda n: 1 // n) as aside:
        for n in (1, 0, 1):
            aside.put(n)
        made = aside.made()
        assert next(made) == 1
        with pytest.raises(ZeroDivisionError):
            next(made)


def test_the_thread_that_empties_the_log_rests_meanwhile(fresh: Stage) -> None:
    with writing():
        pass
    alone()
    assert "checkpoint" not in {thread.name for thread in threading.enumerate()}


def test_with_threads_about_all_is_made_here() -> None:
    done = threading.Event()
    other = threading.Thread(target=done.wait)
    other.start()
    with made_aside(whose) as aside:
        aside.put(3)
        assert list(aside.made()) == [(9, os.getpid())]
    done.set()
    other.join()
