"""The table of who may do what, level by level, and the keys that a level opens."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from server.core import permissions
from server.core.nearness import Span
from server.core.permissions import ACTIONS, Viewer, level
from server.core.registry import registry
from server.core.rights import Rights, built_in
from server.core.scope import file_keys, hold_key, own_keys, record_keys, shared_with
from tests.people import Stage
from tests.samples import product
from tests.walking import doc, walk

#         who           what        see      create  change    delete  export
TABLE = """
          admin         account     all      all     all       all     all
          manager       account     branch   all     branch    branch  branch
          seller        account     team     all     team      own     own
          technician    account     team     all     team      own     none
          office        account     all      all     all       own     all
          nobody        account     none     none    none      none    none
          admin         person      all      all     all       all     all
          manager       person      all      none    none      none    none
          seller        team        all      none    none      none    none
          office        branch      all      none    none      none    none
          admin         change      all      none    none      none    all
          seller        change      team     none    none      none    own
          admin         conflict    all      none    all       none    all
          seller        conflict    team     none    team      none    own
"""


def rights(role: str) -> Rights:
    return built_in() if role == "nobody" else built_in(role)


ROWS = [line.split() for line in TABLE.strip().splitlines()]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row[0]}-{row[1]}")
def test_the_table(row: list[str]) -> None:
    role, kind, *levels = row
    assert [level(rights(role), kind, action) for action in ACTIONS] == levels


@pytest.mark.parametrize("entity", product(), ids=lambda entity: entity.type)
def test_every_entity_of_the_product_has_the_levels_of_accounts(entity) -> None:
    for role in ("admin", "manager", "seller", "technician", "office"):
        for action in ACTIONS:
            found = level(rights(role), entity.type, action)
            assert found == level(rights(role), "account", action)


ME = Viewer("me", 1, built_in("seller"), "t1", frozenset({"t1", "t2"}),
            frozenset({"below", "far below"}), frozenset({"below"}))  # fmt: skip
OWN = {"u:me", "u:below", "u:far below", "s:me", "s:below", "s:far below", "f:me", "f:below",
       "f:far below", "all"}  # fmt: skip
HELD = {"u:me", "u:below", "s:me", "s:below", "all", "p:me", "v:t1"}
SPAN = Span("2026-01-08", "2025-12-29T00:00:00Z")


@pytest.mark.parametrize(
    ("role", "action", "opens"),
    [
        ("seller", "delete", OWN),
        ("seller", "see", OWN | {"t:t1"}),
        ("manager", "see", OWN | {"t:t1", "t:t2"}),
        ("admin", "see", None),
        ("nobody", "see", set()),
    ],
)
def test_what_a_level_opens(role: str, action: str, opens: set[str] | None) -> None:
    viewer = replace(ME, rights=rights(role))
    assert permissions.keys(viewer, "account", action) == opens


@pytest.mark.parametrize(
    ("role", "teams"),
    [("admin", {"t:t1"}), ("manager", {"t:t1"}), ("seller", {"t:t1"}), ("office", {"t:t1"}),
     ("technician", set())],
)  # fmt: skip
def test_what_a_phone_holds(role: str, teams: set[str]) -> None:
    """By role, and at most what may be seen; what is wanted, only by the keys of what is seen."""
    viewer = replace(ME, rights=rights(role))
    for entity in product():
        seen = permissions.keys(viewer, entity.type, "see")
        held = permissions.held_keys(viewer, entity.type)
        wanted = {key for key in held if key.startswith("h:")}
        assert held - wanted == HELD | teams
        assert wanted == {hold_key("me", key) for key in (("*",) if seen is None else seen)}
        # views are of all kinds of record, and none of them
        assert seen is None or held - wanted - {"p:me", "v:t1"} <= seen


def test_what_is_personal_is_nobody_elses() -> None:
    for role in ("admin", "manager", "seller", "nobody"):
        for action in ACTIONS:
            assert permissions.keys(replace(ME, rights=rights(role)), "holding", action) == {"p:me"}
    assert own_keys(registry["holding"], {"owner": "o", "team": "t", "deleted": False}) == {"p:o"}
    opens = [permissions.keys(ME, "notice", action) for action in ACTIONS]
    assert opens == [{"p:me"}, set(), {"p:me"}, set(), {"p:me"}]


def test_keys_of_a_record() -> None:
    task, contact, team = (registry[kind] for kind in ("task", "contact", "team"))
    values = task.blank() | {"owner": "o", "team": "t", "assignee": "a", "watchers": ["w", "v"]}
    assert own_keys(task, values) == {"u:o", "u:a", "s:w", "s:v", "t:t"}
    assert own_keys(task, task.blank()) == set()
    assert own_keys(team, team.blank() | {"owner": "o"}) == {"all"}
    assert record_keys(contact, contact.blank() | {"owner": "o"}, ["t:x"]) == ["t:x", "u:o"]


def test_keys_of_a_file() -> None:
    account = registry["account"]
    values = account.blank() | {"owner": "o"}
    assert file_keys(account, values, ["s:p", "f:p", "f:q"]) == ["f:q", "s:p", "u:o"]
    held = [hold_key("x", key) for key in ("s:p", "u:o", "*")]
    assert file_keys(account, values, ["s:p"], ["x"]) == sorted(["s:p", "u:o", *held])
    assert all(len(key) <= 40 for key in held)


@pytest.mark.parametrize(
    ("key", "values"),
    [("s:a", {}), ("s:a", {"status": "in_progress"}), ("s:a", {"due": "2026-01-08"}),
     ("s:a", {"due": "2020-01-01"}), ("f:a", {"due": "2026-01-09"}), (None, {"deleted": True}),
     ("s:a", {"status": "done"}), ("s:a", {"status": "cancelled"}),
     (None, {"status": "done", "updated_at": "2025-12-29T00:00:00Z"}), (None, {"assignee": None})],
)  # fmt: skip
def test_a_task_opens_the_file(key: str | None, values: dict[str, Any]) -> None:
    """To be held while it is near, to be seen while it is not, and a while after it was done."""
    task = registry["task"]
    usual = {"assignee": "a", "status": "open", "updated_at": "2026-01-01T00:00:00Z"}
    assert shared_with(task, task.blank() | usual | values, SPAN) == key


def test_the_hierarchy(fresh: Stage) -> None:
    """Whoever is above sees what those below have, at any depth; circles end."""
    cast, ada = fresh.cast, fresh.program("ada")
    rec = fresh.file("sam")["account"]
    assert rec not in walk(fresh.browser("carl"), "/accounts/")
    ada.sync()
    for below, above in (("sam", "tara"), ("tara", "carl"), ("carl", "sam")):
        assert ada.do("set", "person", cast[below], f="manager", v=cast[above]) == ["ok"]
    carl = fresh.browser("carl")
    assert rec in walk(carl, "/accounts/")
    assert carl.post(f"/accounts/{rec}", city="Haifa").status_code == 303
    assert carl.post(f"/accounts/{rec}/deletion").status_code == 303
    assert doc("account", rec)["deleted"] is True
    assert rec not in walk(fresh.browser("olive"), "/accounts/")


@pytest.mark.parametrize(
    ("name", "change", "delete"),
    [("olive", 303, 303), ("carl", 303, 403), ("mona", 303, 303), ("ada", 303, 303),
     ("sam", 404, 404), ("tara", 404, 404), ("walt", 404, 404), ("zed", 404, 404)],
)  # fmt: skip
def test_who_may_change_and_delete(stage: Stage, name: str, change: int, delete: int) -> None:
    browser, rec = stage.browser(name), stage.file("olive")["account"]
    assert browser.post(f"/accounts/{rec}", city="Eilat").status_code == change
    assert browser.post(f"/accounts/{rec}/deletion").status_code == delete
    kept = doc("account", rec)
    assert (kept["city"] == "Eilat", kept["deleted"]) == (change == 303, delete == 303)
