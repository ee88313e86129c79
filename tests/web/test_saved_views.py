"""Saved views: who sees, changes and opens with them; what nobody would send."""

from __future__ import annotations

import re
from typing import Any

import pytest
from sqlalchemy import select
from uuid_utils.compat import uuid7

from server.core.db import writing
from server.core.registry import registry
from server.core.roles import IDS
from tests.people import Browser, Stage

NAMES = ("olive", "carl", "sam", "mona", "ada", "zed")
SEES = {"own": {"olive"}, "team": {"olive", "carl", "mona", "ada"}, "all": {*NAMES} - {"zed"}}


def keep(browser: Browser, name: str, **more: Any) -> str:
    """The id of a view of accounts."""
    given = {"of": "account", "name": name, "asks": "scope=all&by=relation", "audience": "own"}
    answer = browser.post("/views/", **given | more)
    assert answer.status_code == 303, answer.text
    return str(answer.headers["Location"].partition("view=")[2])


def stored(id_: str) -> Any:
    c = registry["saved_view"].table.c
    with writing() as connection:
        return connection.execute(select(c.name, c.usual, c.deleted).where(c.id == id_)).one()


@pytest.mark.parametrize("audience", SEES)
def test_who_sees_a_view(stage: Stage, audience: str) -> None:
    id_ = keep(stage.browser("olive"), f"View for {audience}", audience=audience)
    for name in NAMES:
        page = stage.browser(name).get(f"/accounts/?view={id_}").text
        assert (f"View for {audience}" in page) == (name in SEES[audience]), name
        assert ('class="group"' in page) <= (name in SEES[audience])


def test_only_its_owner_and_administrators_change_a_view(stage: Stage) -> None:
    id_ = keep(stage.browser("olive"), "Ours", audience="team")
    for name, status in {"carl": 403, "mona": 403, "sam": 404, "zed": 404, "ada": 303}.items():
        answer = stage.browser(name).post(f"/views/{id_}", name=f"by {name}")
        assert answer.status_code == status, name
    assert stored(id_).name == "by ada"
    for name, status in {"carl": 403, "sam": 404, "olive": 303}.items():
        assert stage.browser(name).post(f"/views/{id_}/deletion").status_code == status
    assert stored(id_).deleted
    assert stage.browser("olive").post(f"/views/{id_}/restoration").status_code == 303
    assert not stored(id_).deleted


def test_what_others_lists_open_with_is_for_administrators_to_say(stage: Stage) -> None:
    olive, ada = stage.browser("olive"), stage.browser("ada")
    refused = keep(olive, "Pushed", audience="all", usual="1")
    assert not stored(refused).usual
    phone = stage.program("olive")
    assert phone.do("set", "saved_view", refused, f="usual", v=True, base=99)[0] == "rejected"
    usual = keep(ada, "For all", audience="all", usual="1", asks="scope=all&look=board&by=relation")
    assert stored(usual).usual
    assert "data-board" in stage.browser("sam").get("/accounts/").text
    assert "data-board" not in stage.browser("sam").get("/accounts/?view=all").text
    keep(stage.browser("sam"), "Nearer", usual="1", asks="scope=all&by=kind")
    assert "data-board" not in stage.browser("sam").get("/accounts/").text
    assert "data-board" not in stage.browser("zed").get("/accounts/").text


def test_nobody_makes_a_view_for_others(stage: Stage) -> None:
    phone = stage.program("olive")
    fine = {"of": "account", "name": "x", "asks": "", "audience": "own"}
    for wrong in (
        {"owner": stage.cast["carl"]}, {"team": stage.cast["south"]}, {"of": "person"},
        {"of": "nothing"}, {"audience": "many"}, {"name": None}, {"asks": "x" * 5000},
    ):  # fmt: skip
        answer = phone.do("new", "saved_view", str(uuid7()), v=fine | wrong)
        assert answer[0] == "rejected", wrong
    id_ = str(uuid7())
    assert phone.do("new", "saved_view", id_, v=fine)[0] == "ok"
    assert phone.do("set", "saved_view", id_, f="of", v="task", base=99)[0] == "rejected"
    sam = stage.cast["sam"]
    assert phone.do("set", "saved_view", id_, f="owner", v=sam, base=99)[0] == "rejected"


@pytest.mark.parametrize(
    "asks", ["__proto__=x&constructor=y", "%zz&&=&view=x&after=y&col=z", "a" * 900]
)
def test_a_view_of_nonsense_shows_the_list(stage: Stage, asks: str) -> None:
    browser = stage.browser("olive")
    id_ = keep(browser, "Odd", asks=asks)
    assert browser.get(f"/accounts/?view={id_}").status_code == 200
    assert browser.get(f"/tasks/?view={id_}").status_code == 200


def test_forms_that_nobody_would_send(stage: Stage) -> None:
    browser = stage.browser("olive")
    assert browser.post("/views/").status_code == 400
    assert browser.post("/views/", of="account", name="", asks="").status_code == 400
    assert browser.post("/views/", of="person", name="x", audience="own").status_code == 400
    for path in ("/views/x", f"/views/{uuid7()}", "/views/x/deletion", "/views/x/restoration"):
        assert browser.post(path, name="x").status_code == 404


def test_a_board_of_all_states_does_not_say_that_it_shows_what_is_open(stage: Stage) -> None:
    """It has columns for what is closed; a board by anything else leaves that out, and says so."""
    olive = stage.browser("olive")
    by_state, by_choice, one = (
        olive.get(f"/tasks/?look=board&by={query}").text
        for query in ("status", "priority", "status&status=open")
    )
    assert 'data-stack="done"' in by_state and '<select name="status">' not in by_state
    assert '<select name="status">' in by_choice and "Not closed" in by_choice
    assert '<select name="status">' in one and 'data-stack="done"' not in one


def test_a_list_opens_with_the_view_of_a_role(fresh: Stage) -> None:
    """An administrator says so, for those who have the role and see the view; nobody else does."""
    ada = fresh.browser("ada")
    everybodys = keep(ada, "Of all", audience="all", usual="1")
    sellers = keep(ada, "Of sellers", audience="all", usual="1", role=IDS["seller"])
    for name in NAMES[:5]:
        page = fresh.browser(name).get("/accounts/").text
        mine = sellers if name in ("olive", "carl", "sam") else everybodys
        assert re.findall('data-view="([^"]+)" aria-current', page) == [mine], name
    forged = keep(fresh.browser("olive"), "Forged", audience="own", role=IDS["admin"])
    c = registry["saved_view"].table.c
    with writing() as connection:
        assert connection.scalar(select(c.role).where(c.id == forged)) is None
    phone = fresh.program("olive")
    phone.sync()
    refused = phone.do("set", "saved_view", forged, f="role", v=IDS["seller"])
    assert refused == ["rejected", "forbidden", "role"]
