"""What a person does about a notice becomes the same operations on both sides."""

from __future__ import annotations

import pytest

from server.web.answering import snoozed

from .halves import STORE, UUID, Server, begin
from .making import NOW, ZONES, Maker
from .memory import Memory

T = 1_795_000_000_000


@pytest.fixture(scope="module", autouse=True)
def configured(node):
    begin(node)


@pytest.mark.parametrize("seed", range(4))
def test_answers_are_equal(node, seed):
    make, server = Maker(seed), Server()
    records, marks = make.world()
    server.store = Memory(records, marks)
    node.call("views.hold", records, marks)
    cases = []
    for notice in (r for r in records if r["type"] == "notice"):
        noun = make.one(["reading", "completion", "snoozing", "odd"])
        until = make.one(["15", "60", "morning", "", "constructor"])
        args = [STORE, notice, noun, until, make.me(), make.instant(), UUID, T]
        cases.append(("answering.answering", args))
    theirs = node.each("views.run", cases)
    mine = [server.run(fn, *args) for fn, args in cases]
    assert mine == theirs
    assert any(mine)


def test_the_morning_is_that_of_the_zone(node):
    for zone in ZONES:
        for at in ("2026-11-22T01:30:00Z", "2026-03-28T22:30:00Z", "2026-06-01T12:00:00Z"):
            there = node.call("views.run", "answering.snoozed", ["morning", at, zone])
            assert snoozed("morning", at, zone) == there


@pytest.mark.parametrize(("until", "now", "at"), [
    ("15", NOW, "2026-11-22T19:32:59Z"),
    ("60", NOW, "2026-11-22T20:17:59Z"),
    ("morning", "2026-11-22T20:00:00Z", "2026-11-23T06:00:00Z"),
    ("morning", "2026-11-22T23:30:00Z", "2026-11-23T06:00:00Z"),  # after midnight there
    ("evening", NOW, None),
])  # fmt: skip
def test_until_when(until, now, at):
    assert snoozed(until, now, "Asia/Jerusalem") == at
