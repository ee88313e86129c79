"""The server's window on the records and the worker's store: equal answers over equal records."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from server.core import criteria, identity, reading, text
from server.core.db import reading as snapshot
from server.web import filters
from server.web.views.manifest import Json
from server.web.views.operators import problem, resolved
from server.web.window import Window
from tests.people import Stage

from .halves import plain, spec_of
from .making import NOW, PAGED, Maker
from .wishes import where

MANY = {"account": 40, "contact": 50, "activity": 60, "task": 90, "file": 40}
OPEN = ["open", "in_progress"]
STRETCHES = ("2026-11-01..2026-11-22", "2026-11-22..", "..2026-11-22", "2026-11-20..2026-11-20")


class Both:
    """One person's records on both sides: everything of a team, which is all that they may see."""

    def __init__(self, node: Any, stage: Stage, seed: int) -> None:
        self.node, self.stage, self.make = node, stage, Maker(seed)
        self.device = stage.program("olive")
        self._fill()
        self._load()

    def _fill(self) -> None:
        """Records that name each other, people, and now and then somebody unknown."""
        cast, make = self.stage.cast, self.make
        make.ids |= {kind: [make.uuid() for _ in range(n)] for kind, n in MANY.items()}
        make.ids |= {"person": [cast["olive"], cast["carl"]], "team": [cast["north"]]}
        mine = {"owner": cast["olive"], "team": cast["north"]}
        rows = [(kind, make.record(kind, id_) | mine) for kind in MANY for id_ in make.ids[kind]]
        for _, row in rows[::3]:
            row |= {name: value for name, value in TIES.items() if name in row}
        for _, row in rows:
            row.pop("type"), row.pop("ver")
        self.stage.bulk("olive", rows)

    def _load(self) -> None:
        asked = json.dumps({"v": 1, "device": self.device.device, "cursor": None})
        lines = self.device.send(asked, Accept="application/x-ndjson").text.splitlines()
        head, last = json.loads(lines[0]), json.loads(lines[-1])
        self.me = head["me"]
        self.node.call("stores.fill", filters.tables(), {
            "lines": "\n".join(line for line in lines if line.startswith("[")),
            "cursor": last["cursor"], "me": self.me, "manifest": head["manifest"],
        })  # fmt: skip

    def speak(self, lang: str) -> None:
        self.me = self.me | {"lang": lang}
        self.node.call("stores.apply", {"me": self.me})

    def ask(self, name: str, *args: Any) -> Any:
        """What both answer, once it is found to be equal."""
        with snapshot() as connection:
            signed = identity.by_token(connection, self.stage.cast.tokens["olive"])
            assert signed
            signed = replace(signed, person=signed.person | {"lang": self.me["lang"]})
            mine = plain(getattr(Window(connection, signed), name)(*args))
        theirs = self.node.call(f"stores.{name}", *args)
        assert ids(mine) == ids(theirs), (name, args)
        assert mine == theirs, (name, args)
        return mine

    def whole(self, kind: str, asked: Json) -> list[Json]:
        """All pages of a list."""
        found, after = [], None
        for _ in range(100):
            page = self.ask("page", kind, asked | {"after": after})
            found += page["rows"]
            after = page["next"]
            if not after:
                told = {"n": len(found), "whole": True}
                assert self.ask("total", kind, asked) == told
                return found
        raise AssertionError("a list without end")


TIES = {"created_at": "2026-01-01T00:00:00Z", "due": "2026-11-22", "at": "2026-01-01T00:00:00Z",
        "city": "Haifa", "name": "Same", "title": "Same", "subject": None}  # fmt: skip


def ids(answer: Any) -> Any:
    """What tells at a glance where answers differ."""
    rows = answer.get("rows") if isinstance(answer, dict) else answer
    return [row.get("id", row) for row in rows] if isinstance(rows, list) else answer


def asking(sort: tuple[str, str], limit: int = 50, **more: Any) -> Json:
    return {"words": [], "filters": {}, "sort": list(sort), "after": None, "limit": limit,
            "scope": "mine", **more}  # fmt: skip


@pytest.fixture(scope="module")
def both(node, stage):
    return Both(node, stage, 7)


@pytest.fixture(params=["few", "many"], autouse=True)
def how_many_are_few(request, monkeypatch):
    """Few records are taken and sorted; more are walked along an index."""
    monkeypatch.setattr(reading, "FEW", 2_000 if request.param == "few" else 3)


@pytest.mark.parametrize("lang", ["en", "he", "fa", "ar"])
def test_titles_in_order_of_the_persons_script(both, lang):
    both.speak(lang)
    for kind in PAGED:
        for direction in ("asc", "desc"):
            found = both.whole(kind, asking((spec_of(kind)["title"], direction), limit=7))
            assert len({row["id"] for row in found}) == len(found) > 30


@pytest.mark.parametrize("kind", PAGED)
def test_any_order(both, kind):
    for name in dict.fromkeys([*spec_of(kind)["sorts"], spec_of(kind)["order"][0]]):
        for direction in ("asc", "desc"):
            found = both.whole(kind, asking((name, direction), limit=11))
            assert len({row["id"] for row in found}) == len(found) > 30


@pytest.mark.parametrize("kind", PAGED)
def test_any_filter(both, kind):
    spec, hits = spec_of(kind), 0
    for field in spec["fields"]:
        if field["name"] in spec["filters"] or field["kind"] in ("ref", "date", "instant"):
            for value in values(both.make, field):
                asked = asking(spec["order"], limit=9, filters={field["name"]: value})
                hits += len(both.whole(kind, asked))
    assert hits > 30


@pytest.mark.parametrize("kind", PAGED)
def test_any_conditions(both, kind):
    """Random trees: each record either fits them or their opposite, on both sides alike."""
    spec, hits = spec_of(kind), 0
    for _ in range(60):
        tree = criteria.read(where(both.make, spec))
        if tree is None or problem(spec, tree):
            continue
        asked = asking(spec["order"], limit=25, where=resolved(spec, tree, both.me, NOW))
        hits += len(both.whole(kind, asked))
    assert hits > 100


COUNTED = ("state", "choice", "person", "team", "ref")


@pytest.mark.parametrize("kind", ["account", "task"])
def test_how_many_there_are_of_each(both, kind):
    spec, hits = spec_of(kind), 0
    for name in [f["name"] for f in spec["fields"] if f["kind"] in COUNTED]:
        for narrowed in ({}, {"owner": both.stage.cast["olive"]}):
            asked = asking(spec["order"], filters=narrowed)
            found, rows = both.ask("tally", kind, asked, name), both.whole(kind, asked)
            assert sum(found["counts"].values()) == len(rows)
            hits += len(found["counts"])
    assert hits > 10


def values(make: Maker, field: Json) -> list[Any]:
    if field["kind"] == "bool":
        return ["true", "false"]
    if field["kind"] in ("date", "instant"):
        return list(STRETCHES)
    some = [make.scalar(field) for _ in range(4)]
    return [*some, "nothing\"like'%_it", some[:2]]


def test_what_is_not_closed(both):
    for order in (("due", "asc"), ("due", "desc"), ("title", "asc"), ("updated_at", "desc")):
        asked = asking(order, limit=7, filters={"status": OPEN})
        found = both.whole("task", asked)
        assert {row["status"] for row in found} == set(OPEN)
        assignee = {"assignee": both.stage.cast["olive"]}
        fewer = both.whole("task", asked | {"filters": {"status": OPEN, **assignee}})
        assert 0 < len(fewer) < len(found)


def test_searching(both):
    hits = 0
    for kind in PAGED:
        for query in [*(both.make.words() for _ in range(15)), "same", "a", "052", "haifa same"]:
            words = text.words(text.clean(query))
            hits += len(both.whole(kind, asking(spec_of(kind)["order"], words=words, limit=9)))
    assert hits > 30


def test_related_records(both):
    found = 0
    for owner in ("account", "contact"):
        for related in spec_of(owner)["related"]:
            target = spec_of(related["type"])
            for id_ in both.make.ids[owner][:10]:
                for order in (target["order"], ["created_at", "desc"], [target["title"], "desc"]):
                    args = [related["type"], related["by"], id_, 3, order]
                    found += len(both.ask("related", *args))
    state = {"status": ["done", "cancelled"]}
    for id_ in both.make.ids["account"]:
        both.ask("related", "task", "account", id_, 2, ["updated_at", "desc"], state)
    assert found > 30


def test_people_and_titles(both):
    people = both.ask("people")
    assert {one["label"] for one in people} >= {"olive", "carl", "sam"}
    for kind in PAGED:
        for id_ in [*both.make.ids[kind][:20], both.make.uuid()]:
            both.ask("title", kind, id_)


@pytest.mark.parametrize("after", ["x", "WzEsMl0", "WzEsIngiXQ", "W251bGwsIngiXQ", "WyIiLCIiXQ"])
def test_made_up_places(both, after):
    """[1,2], [1,"x"], [null,"x"], ["",""]."""
    for name in ("title", "due", "created_at"):
        both.ask("page", "task", asking((name, "asc"), after=after))
        both.ask("page", "task", asking((name, "desc"), after=after))


def test_a_timeline_tells_of_what_waits_to_be_sent(both):
    task = next(row for row in both.whole("task", asking(("due", "asc"))) if row["account"])
    made = {"type": "task", "rec": task["id"], "t": 1_795_400_000_000}
    both.node.call("stores.write", [
        {"k": "set", "f": "title", "v": "Sooner", **made},
        {"k": "set", "f": "due", "v": "2026-12-01", **made},
    ])  # fmt: skip
    account = both.node.call("stores.show", both.me, NOW, "account", task["account"])
    for page in (both.node.call("stores.show", both.me, NOW, "task", task["id"]), account):
        waiting = [e for e in page["timeline"] if e["mark"] == "pending" and e["changes"]]
        assert [e["label"] for e in waiting] == ["Changed"]
        changes = [(c["label"], c["before"]["value"], c["after"]["value"])
                   for c in waiting[0]["changes"]]  # fmt: skip
        assert changes == [("Title", task["title"], "Sooner"), ("Due", task["due"], "2026-12-01")]
        assert waiting[0]["by"] == both.me["id"]
    both.node.call("stores.forget")
