"""What own fields are good for: order, search, warnings, and choices that have gone."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select
from uuid_utils.compat import uuid7

from server.core import working
from server.core.db import reading, writing
from server.core.jobs import FAILED, KINDS, Job, enqueue
from server.core.registry import IN_FORCE
from server.core.rights import Rights, Role, rows_of
from server.core.roles import IDS
from server.core.sought import SEARCH
from tests.dressing import DRESSED
from tests.exchange.bringing import carry_out
from tests.people import Browser, Stage
from tests.support.due import work_off
from tests.walking import doc, walk

from .test_fields import add

LISTED = "label help group low high target currency pattern listed filtered sought sole needed"


def settle(browser: Browser, page: str, **values: Any) -> None:
    answer = browser.post(page, _fields=LISTED, **values)
    assert answer.status_code == 303, answer.text


@pytest.mark.parametrize(("kind", "values"), [
    ("number", [-3, 0.5, 2, 10]), ("text", ["a", "b", "א", "ب"]),
    ("money", [5, 50, 500, 5000]),
    ("date", ["2025-01-01", "2026-01-01", "2026-01-02", "2027-01-01"]),
])  # fmt: skip
def test_lists_are_in_order_of_own_fields(stage: Stage, kind: str, values: list[Any]) -> None:
    ada, olive = stage.browser("ada"), stage.browser("olive")
    add(ada, "task", kind, f"By {kind}")
    mine = {"owner": stage.cast["olive"], "team": stage.cast["north"], "title": f"In order {kind}"}
    ids = [str(uuid7()) for _ in (*values, None, None)]
    rows = [{"id": id_, f"x_by_{kind}": value, **mine}
            for id_, value in zip(ids, (*values, None, None), strict=True)]  # fmt: skip
    stage.bulk("olive", [("task", row) for row in reversed(rows)])
    there = f"/tasks/?scope=all&q=order+{kind}&sort=x_by_{kind}"
    assert walk(olive, f"{there}&dir=asc") == ids
    assert walk(olive, f"{there}&dir=desc") == [*ids[3::-1], *ids[4:]]
    told: Any = olive.http.get(f"/api/v1/tasks/?sort=-x_by_{kind}&limit=2").json
    assert [one["id"] for one in told["data"]][:2] == ids[3:1:-1] or kind == "text"


def test_search_follows_what_is_switched_on(stage: Stage) -> None:
    ada, olive = stage.browser("ada"), stage.browser("olive")
    page = add(ada, "account", "text", "Nickname")
    mine = {"owner": stage.cast["olive"], "team": stage.cast["north"]}
    rec = str(uuid7())
    given = {"id": rec, "name": "Plain", "x_nickname": "Zebrafish", **mine}
    stage.bulk("olive", [("account", given)])
    seek = "/accounts/?scope=all&q=zebraf"
    assert walk(olive, seek) == []
    settle(ada, page, label="Nickname", sought="1")
    carry_out()
    assert walk(olive, seek) == [rec]
    assert walk(olive, "/accounts/?scope=all&q=plain") == [rec]
    ada.post(f"{page}/retiring")
    carry_out()
    assert walk(olive, seek) == []
    ada.post(f"{page}/restoring")
    carry_out()
    assert walk(olive, seek) == [rec]


def test_what_was_given_up_is_begun_again(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each walk once, however often it had failed; nothing of the failures stays."""
    ada = stage.browser("ada")
    page = add(ada, "task", "text", "Walked")
    broken = {SEARCH: lambda **_: 1 / 0}
    monkeypatch.setattr(working, "KINDS", KINDS | broken)
    monkeypatch.setattr(working, "ATTEMPTS", 1)
    for sought in ("1", ""):
        settle(ada, page, label="Walked", sought=sought)
        work_off(0)
    assert jobs_of(SEARCH) >= {FAILED}
    monkeypatch.undo()
    with writing() as connection:
        enqueue(connection, "walk-again")
    work_off(1)
    assert FAILED not in jobs_of(SEARCH)


def jobs_of(kind: str) -> set[str]:
    with reading() as connection:
        return set(connection.scalars(select(Job.status).where(Job.kind == kind)))


def test_a_form_warns_of_what_another_has(stage: Stage) -> None:
    ada, olive = stage.browser("ada"), stage.browser("olive")
    settle(ada, add(ada, "task", "text", "Serial"), label="Serial", sole="1")
    mine = {"owner": stage.cast["olive"], "team": stage.cast["north"]}
    rec = str(uuid7())
    stage.bulk("olive", [("task", {"id": rec, "title": "Boiler", "x_serial": "SN-1", **mine})])
    assert "/tasks/alike" in olive.get("/tasks/new").text
    told = olive.get("/tasks/alike?x_serial=SN-1").text
    assert "Boiler" in told and "Serial" in told
    assert "Boiler" not in olive.get(f"/tasks/alike?x_serial=SN-1&self={rec}").text
    assert "Boiler" not in olive.get("/tasks/alike?x_serial=SN").text
    assert "Boiler" not in stage.browser("sam").get("/tasks/alike?x_serial=SN-1").text
    made = olive.post("/tasks/", title="Again", x_serial="SN-1", _fields="title x_serial")
    assert made.status_code == 303  # a warning, no wall


def test_a_choice_that_has_gone_keeps_its_name(stage: Stage) -> None:
    ada, olive = stage.browser("ada"), stage.browser("olive")
    page = add(ada, "account", "choice", "Grade")
    made = olive.post("/accounts/", name="Old", x_grade="o2", _fields="name x_grade")
    there = made.headers["Location"]
    settle(ada, page, label="Grade", option_value=["o1", "o2"], option_label=["Gold", ""])
    assert "זהב" in olive.get(there).text
    assert "זהב" in olive.get(f"{there}/edit").text
    assert "זהב" not in olive.get("/accounts/new").text
    kept = olive.post(there, name="Older", x_grade="o2", _fields="name x_grade")
    assert kept.status_code == 303
    assert doc("account", there.rpartition("/")[2])["x_grade"] == "o2"
    settle(ada, page, label="Grade", option_value=["o1"], option_label=["Gold"], option_back="o2")
    assert "זהב" in olive.get("/accounts/new").text


def test_a_text_may_begin_with_a_word(stage: Stage) -> None:
    olive, rec = stage.browser("olive"), str(uuid7())
    stage.program("ada").do("new", "custom_field", str(uuid7()), v={
        "of": "task", "key": "x_when", "kind": "text", "label": "How soon", "default": "now"})
    assert 'value="now"' in olive.get("/tasks/new").text
    assert stage.program("olive").do("new", "task", rec, v={"title": "Soon"}) == ["ok"]
    assert doc("task", rec)["x_when"] == "now"


def test_formulas_are_kept_sorted_and_told_where_they_fail(stage: Stage) -> None:
    ada, olive = stage.browser("ada"), stage.browser("olive")
    add(ada, "account", "number", "Amount")
    add(ada, "account", "money", "Price each")
    text = "x_price_each * x_amount"
    page = add(ada, "account", "formula", "Sum", formula=text, result="money", currency="ILS")
    made = olive.post("/accounts/", name="Buyer", x_amount="3", x_price_each="12.50",
                      _fields="name x_amount x_price_each")  # fmt: skip
    rec = made.headers["Location"].rpartition("/")[2]
    assert doc("account", rec)["x_sum"] == 3750
    assert "₪37.50" in olive.get(f"/accounts/{rec}").text
    olive.post(f"/accounts/{rec}", x_amount="4", _fields="x_amount")
    assert doc("account", rec)["x_sum"] == 5000
    assert walk(olive, "/accounts/?scope=all&where=x_sum.between.49..51") == [rec]
    said = stage.program("olive").do("set", "account", rec, f="x_sum", v=1)
    assert said == ["rejected", "readonly", "x_sum"]
    refused = ada.post(page, _fields="label formula", label="Sum", formula="x_price_each * x_gone")
    assert refused.status_code == 422
    assert "At character 16" in refused.text and "<mark>x</mark>_gone" in refused.text
    settle(ada, page, label="Sum", formula="x_price_each * x_amount * 2")
    carry_out()
    assert doc("account", rec)["x_sum"] == 10_000


def test_a_formula_goes_by_others_and_never_in_a_circle(stage: Stage) -> None:
    ada, olive = stage.browser("ada"), stage.program("olive")
    add(ada, "contact", "number", "Hours")
    net = {"result": "number", "formula": "x_hours * 2"}
    below = add(ada, "contact", "formula", "Zero", **net | {"formula": "x_hours + 1"})
    top = add(ada, "contact", "formula", "Above", **net | {"formula": "x_zero * 10"})
    settle_formula(ada, below, "Zero", "x_hours + 2")
    rec, account = str(uuid7()), stage.file("olive")["account"]
    given = {"name": "Dana", "account": account, "x_hours": 3}
    assert olive.do("new", "contact", rec, v=given) == ["ok"]
    made = doc("contact", rec)
    assert (made["x_zero"], made["x_above"]) == (5, 50)
    assert "x_zero" in ada.get(top).text
    circle = ada.post(below, _fields="label formula", label="Zero", formula="x_above + 1")
    assert circle.status_code == 422 and "by way of another" in circle.text
    assert "x_above" not in ada.get(below.replace(below.rpartition("/")[2], "new?kind=text")).text
    settle_formula(ada, below, "Zero", "x_hours")
    carry_out()
    assert doc("contact", rec)["x_above"] == 30


def settle_formula(browser: Browser, page: str, label: str, formula: str) -> None:
    answer = browser.post(page, _fields="label formula", label=label, formula=formula)
    assert answer.status_code == 303, answer.text


def test_conditions_are_held_by_forms_and_the_door(stage: Stage) -> None:
    ada, olive = stage.browser("ada"), stage.browser("olive")
    add(ada, "activity", "bool", "Urgent")
    page = add(ada, "activity", "text", "Why", seen_if="x_urgent", needed_if="x_urgent")
    names = "label seen_if needed_if"
    answer = ada.post(page, _fields=names, label="Why", seen_if="x_urgent", needed_if="x_urgent")
    assert answer.status_code == 303
    account = stage.file("olive")["account"]
    known = {"subject": "Called", "account": account, "kind": "call", "at": "2026-03-01"}
    asked = "subject account kind at x_urgent x_why"
    form = olive.get("/activities/new").text
    assert "data-unseen=\"x_why\"" in form
    assert 'data-needed="x_why"' in olive.get("/activities/revealing?x_urgent=1").text
    refused = olive.post("/activities/", _fields=asked, x_urgent="1", **known)
    assert refused.status_code == 422 and "e-x_why" in refused.text
    made = olive.post("/activities/", _fields=asked, x_why="Not read", **known)
    rec = made.headers["Location"].rpartition("/")[2]
    assert doc("activity", rec)["x_why"] is None
    program = stage.program("olive")
    seen = {"base": 10**9}
    assert program.do("set", "activity", rec, f="x_urgent", v=True, **seen) == ["ok"]
    assert program.do("set", "activity", rec, f="x_why", v="Fire", **seen) == ["ok"]
    said = program.do("set", "activity", rec, f="x_why", v=None, **seen)
    assert said == ["rejected", "required", "x_why"]


def test_conditions_take_what_is_hidden_for_empty(stage: Stage) -> None:
    """At the door as in the forms: neither leaks by what is required, nor asks in vain."""
    ada = stage.browser("ada")
    add(ada, "task", "text", "Grade of it")
    page = add(ada, "task", "text", "Reason of it")
    rule = "x_grade_of_it == 'a'"
    names = {"_fields": "label needed_if", "label": "Reason of it", "needed_if": rule}
    assert ada.post(page, **names).status_code == 303
    rec, phone = str(uuid7()), stage.program("ada")
    mine = {"owner": stage.cast["olive"], "team": stage.cast["north"]}
    given = {"title": "T", "x_grade_of_it": "a", "x_reason_of_it": "r", **mine}
    assert phone.do("new", "task", rec, v=given) == ["ok"]
    olive, seen = stage.program("olive"), {"f": "x_reason_of_it", "v": None, "base": 10**9}
    assert olive.do("set", "task", rec, **seen) == ["rejected", "required", "x_reason_of_it"]
    row = {"fields": {"x_grade_of_it": "hidden"}}
    change = {"f": "rights", "v": rows_of("seller") | {"task": row}, "base": 10**9}
    assert phone.do("set", "role", IDS["seller"], **change) == ["ok"]
    try:
        form = stage.browser("olive").get(f"/tasks/revealing?self={rec}&x_reason_of_it=").text
        assert 'data-needed=""' in form
        assert olive.do("set", "task", rec, **seen) == ["ok"]
    finally:
        phone.do("set", "role", IDS["seller"], f="rights", v=rows_of("seller"), base=10**9)


def test_what_follows_from_a_hidden_field_is_hidden_with_it() -> None:
    rows = {"task": {"see": "all", "fields": {"x_number": "hidden"}}}
    token = IN_FORCE.set(DRESSED)
    try:
        hidden = Rights([Role(None, "own", rows)]).hidden("task")
    finally:
        IN_FORCE.reset(token)
    assert hidden == {"x_number", "x_formula"}
