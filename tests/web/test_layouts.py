"""Layouts and links: made by administrators, seen by everybody, and safe whatever is in them."""

from __future__ import annotations

import re
from typing import Any

import pytest
from uuid_utils.compat import uuid7

from tests.people import Stage

from .test_fields import add


def rows(*names: str) -> list[str]:
    return [name if name.endswith(":") else f"f:{name}" for name in names]


def test_a_layout_orders_forms_and_pages(stage: Stage) -> None:
    ada, olive = stage.browser("ada"), stage.browser("olive")
    add(ada, "activity", "text", "Later")
    assert 'value="f:x_later"' in ada.get("/fields/activity/layout").text
    posted = rows("g:", "body", "subject", "g:", "x_later", "u:", "duration", "account")
    answer = ada.post("/fields/activity/layout", row=posted, label=["Most needed", "Other"],
                      columns=["1", "2"], role="")  # fmt: skip
    assert answer.status_code == 303, answer.text
    form = olive.get("/activities/new").text
    assert form.index("Most needed") < form.index('name="body"') < form.index('name="subject"')
    assert form.index('name="subject"') < form.index("Other") < form.index('name="x_later"')
    assert 'name="duration"' not in form
    assert 'name="account"' in form  # required: never left out
    assert 'name="outcome"' in form  # what the layout does not know comes after the rest
    assert "Most needed" not in stage.browser("zed").get("/activities/new").text
    ada.post("/fields/activity/layout", reset="1", role="")
    assert 'name="duration"' in olive.get("/activities/new").text


def test_rows_move_without_a_script(stage: Stage) -> None:
    """A button posts the list, which comes back in its new order, with what was typed in it; only
    saving keeps it."""
    ada = stage.browser("ada")
    posted = rows("g:", "subject", "body", "g:", "account", "u:", "duration")
    form = {"row": posted, "label": ["Typed", "Other"], "columns": ["1", "2"], "role": ""}

    def moved(to: str) -> list[str]:
        page = ada.post("/fields/activity/layout", **form, move=to)
        assert page.status_code == 200
        assert 'value="Typed"' in page.text and 'value="Other"' in page.text
        found = re.findall(r'name="row" value="([^"]*)"', page.text)
        return [one for one in found if one in posted]

    assert moved("2:up")[:3] == ["g:", "f:body", "f:subject"]
    assert moved("2:down")[:4] == ["g:", "f:subject", "g:", "f:body"]
    assert moved("3:up")[:4] == ["g:", "f:subject", "g:", "f:body"]
    assert moved("5:up")[-3:] == ["u:", "f:account", "f:duration"]
    for nothing in ("0:up", "1:up", "6:down", "99:up", "x", ""):
        assert moved(nothing) == moved("0:up")
    assert "Typed" not in ada.get("/fields/activity/layout").text


def test_a_role_has_its_own(stage: Stage) -> None:
    ada = stage.browser("ada")
    page = ada.get("/fields/task/layout").text
    assert page.count("/fields/task/layout?role=") > 3
    role = page.split("/fields/task/layout?role=")[1].split('"')[0]  # the administrators'
    posted = rows("g:", "notes", "title", "u:")
    for whose, label in ((role, "For one"), ("", "For all")):
        ada.post("/fields/task/layout", row=posted, label=[label], columns=["2"], role=whose)
    assert "For one" in ada.get("/tasks/new").text
    assert "For all" in stage.browser("olive").get("/tasks/new").text


@pytest.mark.parametrize("plan", [
    None, [], {"groups": []}, {"groups": [{"label": "", "columns": 1, "fields": []}], "unseen": []},
    {"groups": [{"label": "A", "columns": 9, "fields": []}], "unseen": []},
    {"groups": [{"label": "A", "columns": 1, "fields": [1]}], "unseen": []},
    {"groups": [{"label": "A" * 99, "columns": 1, "fields": []}], "unseen": []},
    {"groups": [], "unseen": ["x"] * 999},
])  # fmt: skip
def test_what_a_layout_can_not_be(stage: Stage, plan: Any) -> None:
    given = {"of": "account", "plan": plan}
    said = stage.program("ada").do("new", "custom_layout", str(uuid7()), v=given)
    assert said[:2] in (["rejected", "bad_layout"], ["rejected", "required"])


def test_links_carry_values_and_nothing_else(stage: Stage) -> None:
    ada, olive = stage.browser("ada"), stage.browser("olive")
    for label, address in (
        ("Map", "https://maps.example/?q={name}&n={number}"), ("Site", "https://x.example/{website}"),
    ):
        made = ada.post("/fields/account/links/", label=label, address=address)
        assert made.status_code == 303, made.text
    name = "A&b ?#/\"'<>é א"
    rec = olive.post("/accounts/", name=name, _fields="name").headers["Location"]
    page = olive.get(rec).text
    assert "https://maps.example/?q=A%26b%20%3F%23%2F%22%27%3C%3E%C3%A9%20%D7%90&amp;n=C-" in page
    assert "x.example" not in page  # nothing to carry
    assert 'rel="noopener noreferrer"' in page
    assert "maps.example" not in stage.browser("zed").get("/today").text


@pytest.mark.parametrize("address", [
    "javascript:alert(1)", "javascript:{name}", "data:text/html,{name}", "//evil.example",
    "https://{website}", "https://a.example{name}/x", "https://a.example/{nope}",
    "https://a.example/{name", "{website}", "https://a@b.example/", "file:///etc/passwd", "",
])  # fmt: skip
def test_what_a_link_can_not_be(stage: Stage, address: str) -> None:
    refused = stage.browser("ada").post("/fields/account/links/", label="Bad", address=address)
    assert refused.status_code == 422
    given = {"of": "account", "label": "Bad", "address": address or None}
    said = stage.program("ada").do("new", "custom_link", str(uuid7()), v=given)
    assert said[0] == "rejected"


def test_others_may_not(stage: Stage) -> None:
    olive = stage.browser("olive")
    for path in ("/fields/account/layout", "/fields/account/links/"):
        assert olive.get(path).status_code == 403
        assert olive.post(path, label="x").status_code == 403
    given = {"of": "account", "label": "Mine", "address": "https://a.example/"}
    said = stage.program("olive").do("new", "custom_link", str(uuid7()), v=given)
    assert said[:2] == ["rejected", "forbidden"]
