"""Two people write at once: every policy of PROTOCOL.md, through real requests."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from server.core import door
from server.core.clock import now_ms
from tests.support.device import Client

from .cast import Cast
from .conftest import Connect
from .gauge import registered

YEAR = 365 * 86_400_000


@dataclass
class Pair:
    """Two devices that hold the same record and have both seen its present version."""

    olive: Client
    carl: Client
    kind: str
    rec: str

    def doc(self) -> dict[str, Any]:
        """The record, after both devices have sent and seen everything; they must agree."""
        for client in (self.olive, self.carl, self.olive):
            client.sync()
        assert self.olive.doc(self.rec) == self.carl.doc(self.rec)
        return self.olive.doc(self.rec)

    def conflicts(self) -> list[dict[str, Any]]:
        self.olive.sync()
        return [doc for doc in self.olive.all("conflict") if doc["rec"] == self.rec]


def pair(connect: Connect, kind: str = "account", **values: Any) -> Pair:
    olive, carl = connect("olive"), connect("carl")
    rec = olive.new(kind, **{("title" if kind == "task" else "name"): "Acme", **values})
    olive.sync()
    carl.sync()
    return Pair(olive, carl, kind, rec)


@pytest.fixture
def gauges(app: Any) -> Iterator[None]:
    with registered():
        yield


def test_different_fields_do_not_meet(connect: Connect) -> None:
    two = pair(connect)
    mine = two.olive.set("account", two.rec, "city", "Haifa")
    theirs = two.carl.set("account", two.rec, "street", "Herzl 1")
    doc = two.doc()
    assert (doc["city"], doc["street"]) == ("Haifa", "Herzl 1")
    assert two.olive.status(mine) == two.carl.status(theirs) == ["ok"]
    assert two.conflicts() == []


def test_the_later_value_is_kept_and_the_other_is_a_conflict(connect: Connect, cast: Cast) -> None:
    two = pair(connect, city="Jaffa")
    two.carl.skew = 60_000
    first = two.olive.set("account", two.rec, "city", "Haifa")
    second = two.carl.set("account", two.rec, "city", "Eilat")
    assert two.doc()["city"] == "Eilat"
    assert two.olive.status(first) == ["ok"]
    assert two.carl.status(second) == ["conflict"]
    (conflict,) = two.conflicts()
    expected = {
        "rec": two.rec, "of": "account", "field": "city", "kept": "Eilat", "lost": "Haifa",
        "before": "Jaffa", "kept_by": cast["carl"], "lost_by": cast["olive"], "open": True,
    }  # fmt: skip
    assert {name: conflict[name] for name in expected} == expected


def test_arriving_last_does_not_win(connect: Connect) -> None:
    two = pair(connect)
    old = two.carl.set("account", two.rec, "city", "Eilat")
    two.carl.skew = 0
    old["t"] -= 3 * 86_400_000  # written three days ago, sent only now
    two.olive.set("account", two.rec, "city", "Haifa")
    two.olive.sync()
    assert two.doc()["city"] == "Haifa"
    (conflict,) = two.conflicts()
    assert (conflict["kept"], conflict["lost"]) == ("Haifa", "Eilat")


def test_the_same_value_is_no_conflict(connect: Connect) -> None:
    two = pair(connect)
    two.olive.set("account", two.rec, "city", "Haifa")
    again = two.carl.set("account", two.rec, "city", "Haifa")
    assert two.doc()["city"] == "Haifa"
    assert two.carl.status(again) == ["ok"]
    assert two.conflicts() == []


def test_a_chain_of_ones_own_is_never_concurrent(connect: Connect) -> None:
    two = pair(connect)
    for city in ("Haifa", "Eilat", "Arad"):
        two.olive.set("account", two.rec, "city", city)
        two.olive.round(have_more=True)  # sent, but the new version is not seen
    assert two.doc()["city"] == "Arad"
    assert two.conflicts() == []


def test_after_a_loss_the_next_edit_is_an_ordinary_one(connect: Connect) -> None:
    two = pair(connect)
    two.olive.skew = 120_000
    two.olive.set("account", two.rec, "city", "Haifa")
    two.olive.sync()
    lost = two.carl.set("account", two.rec, "city", "Eilat")
    two.carl.sync()
    assert two.carl.status(lost) == ["conflict"]
    seen = two.carl.set("account", two.rec, "city", "Arad")
    assert two.doc()["city"] == "Arad"
    assert two.carl.status(seen) == ["ok"]


@pytest.mark.parametrize("years", [-1, 1])
def test_a_clock_that_is_a_year_off_loses_nothing(connect: Connect, years: int) -> None:
    two = pair(connect)
    two.carl.skew = years * YEAR
    two.olive.set("account", two.rec, "city", "Haifa")
    two.carl.set("account", two.rec, "city", "Eilat")
    city = two.doc()["city"]
    (conflict,) = two.conflicts()
    assert {city, conflict["lost"]} == {"Haifa", "Eilat"}
    assert city == ("Eilat" if years > 0 else "Haifa")
    two.olive.set("account", two.rec, "city", "Arad")  # sees the present value, so it goes through
    assert two.doc()["city"] == "Arad"


def test_texts_are_merged_by_lines(connect: Connect) -> None:
    two = pair(connect, notes="one\ntwo\nthree")
    two.olive.set("account", two.rec, "notes", "ONE\ntwo\nthree")
    theirs = two.carl.set("account", two.rec, "notes", "one\ntwo\nthree\nfour")
    assert two.doc()["notes"] == "ONE\ntwo\nthree\nfour"
    assert two.carl.status(theirs) == ["merged"]
    assert two.conflicts() == []


def test_texts_that_overlap_are_a_conflict(connect: Connect) -> None:
    two = pair(connect, notes="one\ntwo")
    two.carl.skew = 1_000
    two.olive.set("account", two.rec, "notes", "ONE\ntwo")
    theirs = two.carl.set("account", two.rec, "notes", "uno\ntwo")
    assert two.doc()["notes"] == "uno\ntwo"
    assert two.carl.status(theirs) == ["conflict"]
    (conflict,) = two.conflicts()
    assert (conflict["kept"], conflict["lost"], conflict["before"]) == (
        "uno\ntwo", "ONE\ntwo", "one\ntwo",
    )  # fmt: skip


def test_a_chain_of_texts_is_merged_from_where_the_device_was(connect: Connect) -> None:
    two = pair(connect, notes="one\ntwo\nthree")
    two.olive.set("account", two.rec, "notes", "one\ntwo\nTHREE")
    two.olive.sync()
    two.carl.set("account", two.rec, "notes", "ONE\ntwo\nthree")
    two.carl.set("account", two.rec, "notes", "ONE!\ntwo\nthree")
    assert two.doc()["notes"] == "ONE!\ntwo\nTHREE"
    assert two.conflicts() == []


def test_sets_take_what_both_add(connect: Connect) -> None:
    two = pair(connect, tags=["old"])
    two.olive.op("add", "account", two.rec, f="tags", v="vip")
    two.carl.op("add", "account", two.rec, f="tags", v="late")
    two.carl.op("rem", "account", two.rec, f="tags", v="old")
    assert sorted(two.doc()["tags"]) == ["late", "vip"]
    assert two.conflicts() == []


def test_a_concurrent_addition_beats_a_removal(connect: Connect) -> None:
    two = pair(connect, tags=["vip"])
    two.olive.op("rem", "account", two.rec, f="tags", v="vip")
    two.olive.op("add", "account", two.rec, f="tags", v="vip")
    two.olive.sync()
    removed = two.carl.op("rem", "account", two.rec, f="tags", v="vip")
    assert two.doc()["tags"] == ["vip"]
    assert two.carl.status(removed) == ["merged"]


def test_a_whole_list_is_its_difference_to_the_one_seen(connect: Connect) -> None:
    two = pair(connect, tags=["a", "b"])
    two.olive.op("add", "account", two.rec, f="tags", v="c")
    two.olive.sync()
    two.carl.set("account", two.rec, "tags", ["b", "d"])
    assert sorted(two.doc()["tags"]) == ["b", "c", "d"]


def test_states_go_on_from_where_they_are(connect: Connect) -> None:
    two = pair(connect, "task")
    two.olive.op("do", "task", two.rec, f="complete")
    step = two.carl.set("task", two.rec, "status", "in_progress")  # legal from done, too
    assert two.doc()["status"] == "in_progress"
    assert two.carl.status(step) == ["merged"]


def test_a_state_that_cannot_follow_is_a_conflict(connect: Connect) -> None:
    two = pair(connect, "task")
    two.olive.set("task", two.rec, "status", "done")
    step = two.carl.set("task", two.rec, "status", "cancelled")
    assert two.doc()["status"] == "done"
    assert two.carl.status(step) == ["conflict"]
    (conflict,) = two.conflicts()
    assert (conflict["kept"], conflict["lost"]) == ("done", "cancelled")


def test_a_state_that_cannot_follow_what_was_seen_is_refused(connect: Connect) -> None:
    two = pair(connect, "task", status="done")
    step = two.olive.set("task", two.rec, "status", "cancelled")
    two.olive.sync()
    assert two.olive.status(step) == ["rejected", "illegal_transition", "status"]


def test_counters_add_up_within_bounds(connect: Connect, gauges: None) -> None:
    two = pair(connect, "gauge", stock=10)
    two.olive.op("inc", "gauge", two.rec, f="stock", d=-4)
    theirs = two.carl.op("inc", "gauge", two.rec, f="stock", d=7)
    too_much = two.carl.op("inc", "gauge", two.rec, f="stock", d=88)
    assert two.doc()["stock"] == 13
    assert two.carl.status(theirs)[0] == "merged"
    assert two.carl.status(too_much) == ["rejected", "bounds", "stock"]


def test_a_fields_word_beats_the_offices(connect: Connect, cast: Cast, gauges: None) -> None:
    two = pair(connect, "gauge")
    viewer = cast.viewer("carl")
    body = {"k": "set", "type": "gauge", "rec": two.rec, "base": two.olive.rows[two.rec][1]}
    later = {"t": now_ms() + 60_000, **body}
    ids = [f"00000000-0000-7000-8000-00000000000{n}" for n in (1, 2)]
    at = {"f": "arrived", "v": "2026-01-01T09:00:00Z"}
    two.olive.set("gauge", two.rec, "arrived", "2026-01-01T08:00:00Z")
    two.olive.set("gauge", two.rec, "price", 100)
    two.olive.sync()
    door.write(door.Author(viewer, "web:desk"), [
        {"id": ids[0], **later, **at}, {"id": ids[1], **later, "f": "price", "v": 200},
    ])  # fmt: skip
    doc = two.doc()
    assert (doc["arrived"], doc["price"]) == ("2026-01-01T08:00:00Z", 200)
    assert {c["field"]: c["lost"] for c in two.conflicts()} == {
        "arrived": "2026-01-01T09:00:00Z", "price": 100,
    }  # fmt: skip


def test_what_is_sealed_stays(connect: Connect, gauges: None) -> None:
    two = pair(connect, "gauge")
    first = two.olive.set("gauge", two.rec, "seal", "A1")
    second = two.carl.set("gauge", two.rec, "seal", "B2")
    assert two.doc()["seal"] == "A1"
    assert two.olive.status(first) == ["ok"]
    assert two.carl.status(second) == ["rejected", "append_only", "seal"]


def test_an_edit_of_a_record_deleted_meanwhile_lands(connect: Connect) -> None:
    two = pair(connect)
    two.olive.op("del", "account", two.rec)
    two.olive.sync()
    edit = two.carl.set("account", two.rec, "city", "Haifa")
    doc = two.doc()
    assert (doc["deleted"], doc["city"]) == (True, "Haifa")
    assert two.carl.status(edit) == ["conflict"]
    assert [c["field"] for c in two.conflicts()] == ["deleted"]
    back = two.olive.set("account", two.rec, "deleted", False)
    assert two.doc()["deleted"] is False
    assert two.olive.status(back) == ["ok"]


def test_a_conflict_settled_by_both_at_once(connect: Connect) -> None:
    two = pair(connect)
    two.olive.set("account", two.rec, "city", "Haifa")
    two.carl.set("account", two.rec, "city", "Eilat")
    two.doc()
    (conflict,) = [i for i, row in two.olive.rows.items() if row[0] == "conflict"]
    ops = [c.set("conflict", conflict, "open", False) for c in (two.olive, two.carl)]
    two.doc()
    assert [two.olive.status(ops[0]), two.carl.status(ops[1])] == [["ok"], ["ok"]]
    assert [c["open"] for c in two.conflicts()] == [False]


def test_people_who_share_a_device_are_in_conflict_like_others(connect: Connect) -> None:
    two = pair(connect)
    two.carl.device = two.olive.device
    two.olive.set("account", two.rec, "city", "Haifa")
    two.carl.set("account", two.rec, "city", "Eilat")
    two.doc()
    assert len(two.conflicts()) == 1
