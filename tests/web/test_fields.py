"""The field editor: made on a screen, there at once, kept when it is retired."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest
from uuid_utils.compat import uuid7

from server.core.custom.tables import KINDS
from tests.exchange.bringing import carry_out
from tests.people import Browser, Stage
from tests.walking import doc, walk

GIVEN: dict[str, dict[str, Any]] = {
    "choice": {"option_value": ["", ""], "option_label": ["Gold", "זהב"]},
    "choices": {"option_value": ["", "", ""], "option_label": ["Red", "", "Blue"]},
    "ref": {"target": "account"},
    "number": {"low": "0", "high": "100"},
    "money": {"currency": "ILS"},
    "autonumber": {"pattern": "A-{YY}-{00}"},
    "formula": {"formula": "size(name) + 1", "result": "number"},
}
UNTYPED = ("autonumber", "formula")  # given by the server
ASKED = (
    "label help group low high target currency pattern formula result listed filtered sought "
    "needed policy sole seen_if needed_if"
)
MARK = re.compile(r'data-field-key="([^"]+)"')
EDIT = re.compile(r'href="(/fields/[a-z_]+/[0-9a-f-]{36})"')


def add(browser: Browser, of: str, kind: str, label: str, **more: Any) -> str:
    """The page of the new field."""
    fields = {"kind": kind, "label": label, "filtered": "1", "listed": "1"}
    fields |= {"_fields": ASKED}
    answer = browser.post(f"/fields/{of}/", **fields | GIVEN.get(kind, {}) | more)
    assert answer.status_code == 303, answer.text
    page = browser.get(answer.headers["Location"]).text
    assert label in html.unescape(page)
    return EDIT.findall(page)[-1]


@pytest.mark.parametrize("kind", [kind for kind, _ in KINDS])
def test_a_field_of_every_kind_is_there_at_once(stage: Stage, kind: str) -> None:
    ada, olive = stage.browser("ada"), stage.browser("olive")
    assert kind in ada.get("/fields/contact/new").text
    assert ada.get(f"/fields/contact/new?kind={kind}").status_code == 200
    page = add(ada, "contact", kind, f"My {kind}")
    assert ada.get(page).status_code == 200
    form = olive.get("/contacts/new").text
    given = kind in UNTYPED
    assert (f"My {kind}" in form) is not given
    assert (f'name="x_my_{kind}"' in form) is not given
    assert f"x_my_{kind}" in olive.http.get("/api/v1/openapi.json").text
    assert f"My {kind}" not in stage.browser("zed").get("/contacts/new").text


def test_retired_and_restored_it_keeps_its_values(stage: Stage) -> None:
    ada, olive = stage.browser("ada"), stage.browser("olive")
    page = add(ada, "account", "choice", "Class")
    rec = str(uuid7())
    mine = {"owner": stage.cast["olive"], "team": stage.cast["north"]}
    stage.bulk("olive", [("account", {"id": rec, "name": "Kept", "x_class": "o2", **mine})])
    assert walk(olive, "/accounts/?x_class=o2&scope=all") == [rec]
    ada.post(f"{page}/retiring")
    assert "Class" not in olive.get("/accounts/new").text
    assert walk(olive, "/accounts/?x_class=o1&scope=all") != []  # the filter is unknown
    olive.post(f"/accounts/{rec}", name="Still kept")
    ada.post(f"{page}/restoring")
    assert doc("account", rec)["x_class"] == "o2"
    assert "זהב" in olive.get(f"/accounts/{rec}").text
    assert walk(olive, "/accounts/?x_class=o2&scope=all") == [rec]


def test_names_change_and_keys_stay(stage: Stage) -> None:
    ada = stage.browser("ada")
    page = add(ada, "task", "text", "Before")
    assert ada.post(page, _fields="label needed", label="After", needed="1").status_code == 303
    form = stage.browser("olive").get("/tasks/new").text
    assert "After" in form and "Before" not in form
    assert 'name="x_before"' in form
    rec = page.rpartition("/")[2]
    said = stage.program("ada").do("set", "custom_field", rec, f="key", v="x_other")
    assert said == ["rejected", "append_only", "key"]


def test_fields_are_put_in_order(stage: Stage) -> None:
    ada = stage.browser("ada")
    for label in ("One", "Two", "Three"):
        add(ada, "activity", "text", label)
    last = EDIT.findall(ada.get("/fields/activity/").text)[-1]
    for _ in range(3):
        ada.post(f"{last}/moving", to="up")
    assert MARK.findall(ada.get("/fields/activity/").text) == ["x_three", "x_one", "x_two"]


def test_a_name_is_never_markup(stage: Stage) -> None:
    ada = stage.browser("ada")
    add(ada, "contact", "text", '<script>"x" 100%</script>', help="<b>50%</b>")
    page = stage.browser("olive").get("/contacts/new").text
    assert "<script>”" not in page and "<b>50%" not in page
    assert "‹script›”x” 100%‹/script›" in page


def test_a_kind_of_record_made_here(stage: Stage) -> None:
    ada, olive = stage.browser("ada"), stage.browser("olive")
    fields = {"label": "Vehicle", "plural": "Vehicles", "in_menu": "1", "belongs": "1"}
    names = "label plural new heading icon belongs in_menu"
    answer = ada.post("/fields/", icon="navigation", _fields=names, **fields)
    assert answer.headers["Location"] == "/fields/x_vehicle/"
    add(ada, "x_vehicle", "number", "Weight")
    account = stage.file("olive")["account"]
    made = olive.post("/x-vehicle/", name="Van", account=account, x_weight="1,5",
                      _fields="name account x_weight")  # fmt: skip
    assert made.status_code == 303, made.text
    page = made.headers["Location"]
    assert "Van" in olive.get(f"/accounts/{account}").text
    assert stage.browser("sam").get(page).status_code == 404
    assert 'href="/x-vehicle/"' in olive.get("/more").text
    ada.post("/fields/kinds/x_vehicle/retiring")
    assert olive.get(page).status_code == 404
    ada.post("/fields/kinds/x_vehicle/restoring")
    assert "1.5" in olive.get(page).text


def test_who_may_not(stage: Stage) -> None:
    for name in ("olive", "mona", "tara"):
        browser = stage.browser(name)
        assert browser.get("/fields/").status_code == 403
        assert browser.post("/fields/account/", kind="text", label="x").status_code == 403
        assert "/fields/" not in browser.get("/more").text
        values = {"of": "account", "key": "x_mine", "kind": "text", "label": "Mine"}
        said = stage.program(name).do("new", "custom_field", str(uuid7()), v=values)
        assert said[:2] == ["rejected", "forbidden"]


@pytest.mark.parametrize(("values", "code"), [
    ({"key": "name"}, "bad_key"), ({"key": "x_" + "a" * 60}, "too_long"),
    ({"key": "x_A"}, "bad_key"),
    ({"of": "person"}, "not_a_choice"), ({"of": "nothing"}, "not_a_choice"),
    ({"kind": "picture"}, "not_a_choice"), ({"kind": "choice"}, "bad_options"),
    ({"kind": "choice", "options": [["A", "A"]]}, "bad_options"),
    ({"kind": "choice", "options": [["a", "A"], ["a", "B"]]}, "bad_options"),
    ({"kind": "choice", "options": {"a": 1}}, "bad_options"),
    ({"kind": "ref", "target": "change"}, "not_a_choice"),
    ({"kind": "number", "low": 5, "high": 1}, "bounds"),
    ({"kind": "money"}, "bad_currency"), ({"kind": "money", "currency": "usd"}, "bad_currency"),
    ({"kind": "autonumber"}, "bad_pattern"),
    ({"kind": "autonumber", "pattern": "A-{0}-{0}"}, "bad_pattern"),
    ({"kind": "autonumber", "pattern": "{MM}-{0}"}, "bad_pattern"),
    ({"kind": "autonumber", "pattern": "A{x}{0}"}, "bad_pattern"),
    ({"kind": "number", "default": "x"}, "wrong_kind"), ({"label": None}, "required"),
])  # fmt: skip
def test_what_a_definition_can_not_be(stage: Stage, values: dict[str, Any], code: str) -> None:
    given = {"of": "account", "key": "x_wrong", "kind": "text", "label": "Wrong", **values}
    said = stage.program("ada").do("new", "custom_field", str(uuid7()), v=given)
    assert said[:2] == ["rejected", code]


def test_a_key_is_taken_once(stage: Stage) -> None:
    ada = stage.program("ada")
    given = {"of": "account", "key": "x_twice", "kind": "text", "label": "Twice"}
    first = str(uuid7())
    assert ada.do("new", "custom_field", first, v=given) == ["ok"]
    assert ada.do("del", "custom_field", first) == ["ok"]
    said = ada.do("new", "custom_field", str(uuid7()), v=given)
    assert said == ["rejected", "taken", "key"]


def test_money_is_exact_and_of_a_currency(stage: Stage) -> None:
    ada, olive = stage.browser("ada"), stage.browser("olive")
    add(ada, "account", "money", "Budget", low="0", high="2000")
    made = olive.post("/accounts/", name="Rich", x_budget="₪1,250.5", _fields="name x_budget")
    rec = made.headers["Location"].rpartition("/")[2]
    assert doc("account", rec)["x_budget"] == 125_050
    assert "₪1,250.50" in olive.get(f"/accounts/{rec}").text
    assert 'value="1250.50"' in olive.get(f"/accounts/{rec}/edit").text
    for typed, told in (("12.345", "more decimals"), ("2000.01", "out of bounds"), ("x", "number")):
        refused = olive.post(f"/accounts/{rec}", x_budget=typed, _fields="x_budget")
        assert refused.status_code == 422 and told in refused.text
    for where, there in (("is.1250.5", 1), ("between.1250..1251", 1), ("between.1251..", 0)):
        assert walk(olive, f"/accounts/?scope=all&where=x_budget.{where}") == [rec] * there
    assert walk(olive, "/accounts/?scope=all&x_budget=1000..1300") == [rec]
    told = olive.get("/accounts/?scope=all&where=x_budget.is.1.234").text
    assert "not a number" in told
    csv = olive.get("/accounts/export.csv?scope=all&q=Rich")
    assert csv.status_code != 200 or "1250.50" in csv.text


def test_older_records_get_numbers_in_the_order_of_their_making(stage: Stage) -> None:
    """By the year in which each was made; those made meanwhile take theirs at the door."""
    ada, olive = stage.browser("ada"), stage.program("olive")
    mine = {"owner": stage.cast["olive"], "team": stage.cast["north"]}
    made = ["2025-03-01T08:00:00Z", "2024-12-31T23:30:00Z", "2025-01-02T08:00:00Z"]
    old = [(str(uuid7()), at) for at in made]
    rows = [{"id": id_, "name": f"Old {at}", "created_at": at, **mine} for id_, at in old]
    stage.bulk("olive", [("account", row) for row in rows])
    page = add(ada, "account", "autonumber", "File no", pattern="F-{YYYY}-{00}")
    new = str(uuid7())
    assert olive.do("new", "account", new, v={"name": "New"}) == ["ok"]
    carry_out()
    numbers = [doc("account", id_)["x_file_no"] for id_, _ in old]
    assert numbers == ["F-2025-02", "F-2024-01", "F-2025-01"]
    taken = doc("account", new)["x_file_no"]
    ada.post(f"{page}/retiring")
    late = str(uuid7())
    assert olive.do("new", "account", late, v={"name": "Late"}) == ["ok"]
    ada.post(f"{page}/restoring")
    carry_out()
    assert doc("account", late)["x_file_no"] > taken == doc("account", new)["x_file_no"]


def test_numbers_begin_anew_with_each_year_and_have_no_gaps(stage: Stage) -> None:
    ada, olive = stage.browser("ada"), stage.program("olive")
    page = add(ada, "task", "autonumber", "Order no", pattern="T-{YY}-{000}", sought="1")
    mine = {"owner": stage.cast["olive"], "team": stage.cast["north"]}
    recs = [str(uuid7()) for _ in range(3)]
    assert olive.do("new", "task", recs[0], v={"title": "One"}) == ["ok"]
    lacking = olive.do("new", "task", str(uuid7()), v={})
    assert lacking[0] == "rejected"
    stage.bulk("olive", [("task", {"id": recs[1], "title": "Two", **mine})])
    given = olive.do("set", "task", recs[0], f="x_order_no", v="T-1")
    assert given == ["rejected", "readonly", "x_order_no"]
    ada.post(page, _fields="label pattern", label="Order no", pattern="U-{YYYY}-{0}")
    assert olive.do("new", "task", recs[2], v={"title": "Three"}) == ["ok"]
    year = doc("task", recs[0])["created_at"][:4]
    numbers = [doc("task", rec)["x_order_no"] for rec in recs]
    assert numbers == [f"T-{year[2:]}-001", f"T-{year[2:]}-002", f"U-{year}-3"]
    found = stage.browser("olive").get(f"/search?q=T-{year[2:]}-002").text
    assert "Two" in found
