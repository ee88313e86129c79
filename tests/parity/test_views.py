"""What the views mean to a person; that both halves mean the same is test_pages.py's matter."""

from __future__ import annotations

import pytest

from server.web.views import list_view, show_view, today_view
from server.web.views.may import may
from server.web.views.moments import plus_days

from .halves import spec_of
from .making import NOW, Maker
from .memory import Memory

TODAY = "2026-11-22"


class Office:
    """A customer file with two tasks and a call, and noise around it."""

    def __init__(self) -> None:
        self.make = Maker(5)
        self.me = self.make.me() | {"zone": "UTC", "complete": [], "reports": [], "teams": []}
        every = ("see", "create", "change", "delete", "export")
        self.me["can"] = {kind: dict.fromkeys(every, "all") for kind in self.me["can"]}
        self.records: list[dict] = []
        self.account = self.add("account", name="Baker", phones=["+972521234567"])
        self.noise = self.add("account", name="Noise")

    def add(self, kind: str, /, **values) -> dict:
        blank = self.make.record(kind, self.make.uuid())
        for field in spec_of(kind)["fields"]:
            lists = field["kind"] in ("phones", "tags", "people")
            blank[field["name"]] = [] if lists else field["default"]
        blank |= {
            "deleted": False,
            "owner": None,
            "team": None,
            "created_at": "2026-01-01T00:00:00Z",
        }
        self.records.append(blank | values)
        return self.records[-1]

    @property
    def store(self) -> Memory:
        return Memory(self.records, {})

    def task(self, due, **values):
        mine = {"assignee": self.me["id"], "account": self.account["id"], "status": "open"}
        return self.add("task", **({"title": str(due), "due": due} | mine | values))

    def show(self, record) -> dict:
        view = show_view(self.store, self.me, NOW, spec_of(record["type"]), record["id"])
        assert view
        return view[1]


@pytest.fixture
def office():
    return Office()


def test_today_has_ones_open_tasks_by_when_they_are_due(office):
    for due in ("2026-11-21", TODAY, "2026-11-29", "2026-11-30", None):
        office.task(due)
    office.task(TODAY, status="done")
    office.task(TODAY, assignee=office.make.uuid())
    _, context = today_view(office.store, office.me, NOW)
    parts = {part: [row["title"] for row in rows] for part, rows in context["tasks"].items()}
    assert parts == {"overdue": ["2026-11-21"], "today": [TODAY], "soon": ["2026-11-29"],
                     "none": ["None"]}  # fmt: skip
    late = context["tasks"]["overdue"][0]
    assert late["late"]
    assert late["phone"] == "+972521234567"
    assert late["done"] == f"{late['href']}/completion"


def test_a_closed_task_is_not_late_and_not_finished_twice(office):
    task = office.task("2026-01-01", status="done")
    context = office.show(task)
    assert [(a["noun"], a["primary"]) for a in context["actions"]] == [("handing-over", False)]
    assert [s["value"] for s in context["states"]] == ["open", "in_progress"]
    _, shown = list_view(office.store, office.me, NOW, spec_of("task"), {"status": ["all"]})
    assert (shown["rows"][0]["late"], shown["rows"][0]["done"]) == (False, None)
    fresh = office.show(office.task("2026-01-01"))
    assert [a["noun"] for a in fresh["actions"] if a["primary"]] == ["completion"]


def test_a_timeline_is_of_the_whole_file_newest_first(office):
    account = office.account["id"]
    call = office.add("activity", account=account, at="2026-11-20T10:00:00Z", kind="call")
    office.add("activity", account=office.noise["id"], at="2026-11-21T10:00:00Z", kind="call")
    task = office.task(TODAY, created_at="2026-11-19T10:00:00Z")
    office.add("change", rec=task["id"], of="task", file=account, what="hand_over", note="You",
               at="2026-11-21T08:00:00Z", fields=[["assignee", None, None]])  # fmt: skip
    context = office.show(office.account)
    events = [(e["kind"], e["label"]) for e in context["timeline"]]
    assert events == [("change", "Handed over"), ("call", "Call"), ("change", "New task"),
                      ("change", "New account")]  # fmt: skip
    assert context["timeline"][0]["body"] == f"{TODAY}\nYou"
    assert context["timeline"][1]["href"] == f"/activities/{call['id']}"


def test_an_activity_closes_after_a_day(office):
    made = {"account": office.account["id"], "at": NOW}
    fresh = office.add("activity", created_at="2026-11-21T20:00:00Z", **made)
    old = office.add("activity", created_at="2026-11-21T19:00:00Z", **made)
    assert [office.show(r)["edit"] is None for r in (fresh, old)] == [False, True]


def test_two_taps_log_a_call_in_the_file(office):
    contact = office.add("contact", name="Dana", account=office.account["id"])
    context = office.show(contact)
    call = next(q for q in context["quick"] if q["key"] == "call")
    hidden = {h["name"]: h["value"] for h in call["hidden"]}
    assert hidden == {"kind": "call", "contact": contact["id"], "account": office.account["id"]}
    assert (call["action"], call["name"]) == ("/activities/", "outcome")
    assert "reached" in [o["value"] for o in call["options"]]


@pytest.mark.parametrize(("reach", "values", "allowed"), [
    ("none", {"owner": "me"}, False),
    ("own", {"owner": "me"}, True),
    ("own", {"owner": "report"}, True),
    ("own", {"owner": "stranger", "team": "mine"}, False),
    ("team", {"owner": "stranger", "team": "mine"}, True),
    ("team", {"owner": "stranger", "team": "near"}, False),
    ("branch", {"owner": "stranger", "team": "near"}, True),
    ("branch", {"owner": "stranger", "team": "far"}, False),
    ("all", {"owner": "stranger", "team": "far"}, True),
])  # fmt: skip
def test_who_may_delete(office, reach, values, allowed):
    me = office.me | {"id": "me", "reports": ["report"], "team": "mine", "teams": ["mine", "near"]}
    me["can"]["contact"]["delete"] = reach
    office.account |= {"owner": "x"}
    contact = office.add("contact", account=office.account["id"], **values)
    assert may(me, office.store, contact, "delete") is allowed


def test_who_owns_the_file_may_what_is_in_it(office):
    office.me["can"]["contact"]["delete"] = "own"
    contact = office.add("contact", account=office.account["id"], owner="stranger")
    assert not may(office.me, office.store, contact, "delete")
    office.account["owner"] = office.me["id"]
    assert may(office.me, office.store, contact, "delete")


def test_a_list_keeps_what_was_asked_in_its_links(office):
    for n in range(60):
        office.task(TODAY, title=f"Task {n}")
    query = {"q": ["task"], "priority": ["normal"], "sort": ["due"], "dir": ["desc"],
             "owner": ["\u05d0 &"]}  # fmt: skip
    for task in office.records[2:]:
        task["owner"] = "\u05d0 &"
    _, context = list_view(office.store, office.me, NOW, spec_of("task"), query, "mine")
    assert len(context["rows"]) == 50
    assert context["active_filters"] == 2
    assert context["next"] == (
        "/tasks/?q=task&scope=mine&priority=normal&owner=%D7%90%20%26&sort=due&dir=desc&after=50"
    )
    assert [s["active"] for s in context["scopes"]] == [True, False]


def test_what_is_held_completely_has_no_scopes(office):
    office.me["complete"] = ["task"]
    _, context = list_view(office.store, office.me, NOW, spec_of("task"), {"scope": ["all"]}, "all")
    assert (context["scopes"], context["scope"]) == ([], "mine")


def titles(office, query, **me) -> list:
    _, context = list_view(office.store, office.me | me, NOW, spec_of("task"), query)
    return [row["title"] for row in context["rows"]]


def test_a_list_of_tasks_begins_with_what_is_not_closed(office):
    for status in ("open", "in_progress", "done", "cancelled"):
        office.task(TODAY, title=status, status=status)
    _, context = list_view(office.store, office.me, NOW, spec_of("task"), {"status": ["unclosed"]})
    status = next(f for f in context["filters"] if f["name"] == "status")
    assert (status["value"], status["default"], context["active_filters"]) == (
        "unclosed", "unclosed", 0)  # fmt: skip
    assert [o["label"] for o in status["options"]][::5] == ["Not closed", "All"]
    assert set(titles(office, {})) == {"open", "in_progress"}
    assert titles(office, {"status": ["done"]}) == ["done"]
    assert len(titles(office, {"status": ["all"]})) == 4


def test_a_file_shows_open_tasks_and_the_last_closed_ones(office):
    office.task("2026-12-01", title="late")
    office.task("2026-11-01", title="early")
    for n in range(25):
        at = f"2026-11-{n + 1:02}T00:00:00Z"
        office.task("2026-01-01", title=f"done {n}", status="done", updated_at=at)
    tasks = next(r for r in office.show(office.account)["related"] if r["entity"]["type"] == "task")
    shown = [row["title"] for row in tasks["rows"]]
    assert shown == ["early", "late", *(f"done {n}" for n in range(24, 4, -1))]
    assert tasks["all"].endswith("&status=all")


# 22 November 2026 is a Sunday, and the first of Azar 1405.
@pytest.mark.parametrize(("asked", "me", "first", "last"), [
    ("today", {}, "2026-11-22", "2026-11-22"),
    ("week", {"lang": "he", "region": "IL"}, "2026-11-22", "2026-11-28"),
    ("week", {"lang": "en", "region": "GB"}, "2026-11-16", "2026-11-22"),
    ("week", {"lang": "fa", "region": "IR"}, "2026-11-21", "2026-11-27"),
    ("month", {"calendar": "gregorian"}, "2026-11-01", "2026-11-30"),
    ("month", {"calendar": "jalali"}, "2026-11-22", "2026-12-21"),
    ("next7", {}, "2026-11-22", "2026-11-28"),
    ("overdue", {}, "2026-01-01", "2026-11-21"),
    ("2026-11-20..2026-11-21", {}, "2026-11-20", "2026-11-21"),
])  # fmt: skip
def test_days_by_name(office, asked, me, first, last):
    for day in (first, last, plus_days(first, -1), plus_days(last, 1)):
        office.task(day, title=day)
    expected = {first, last} | ({plus_days(first, -1)} if asked == "overdue" else set())
    assert set(titles(office, {"due": [asked]}, **me)) == expected


def test_days_of_instants_are_those_of_the_persons_zone(office):
    for at in ("2026-11-21T21:59:59Z", "2026-11-21T22:00:00Z", "2026-11-22T21:59:59Z",
               "2026-11-22T22:00:00Z"):  # fmt: skip
        office.task(None, title=at, created_at=at)
    found = titles(office, {"created_at": ["today"]}, zone="Asia/Jerusalem")
    assert set(found) == {"2026-11-21T22:00:00Z", "2026-11-22T21:59:59Z"}
