"""The table of who may do what, level by level, and the keys that a level opens."""

from __future__ import annotations

import pytest

from server.core import permissions
from server.core.permissions import ACTIONS, Viewer, level
from server.core.registry import registry
from server.core.scope import own_keys, record_keys, shared_with
from tests.people import Stage
from tests.samples import product
from tests.walking import doc, walk

#         who           what        see      create  change    delete
TABLE = """
          admin         account     all      all     all       all
          manager       account     branch   all     branch    branch
          seller        account     team     all     team      own
          technician    account     team     all     team      own
          office        account     all      all     all       own
          nobody        account     none     none    none      none
          admin         person      all      all     all       all
          manager       person      all      none    none      none
          seller        team        all      none    none      none
          office        branch      all      none    none      none
          admin         change      all      none    none      none
          seller        change      team     none    none      none
          admin         conflict    all      none    all       none
          seller        conflict    team     none    team      none
"""
ROWS = [line.split() for line in TABLE.strip().splitlines()]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row[0]}-{row[1]}")
def test_the_table(row: list[str]) -> None:
    role, kind, *levels = row
    assert [level(role, kind, action) for action in ACTIONS] == levels


@pytest.mark.parametrize("entity", product(), ids=lambda entity: entity.type)
def test_every_entity_of_the_product_has_the_levels_of_accounts(entity) -> None:
    for role in ("admin", "manager", "seller", "technician", "office"):
        for action in ACTIONS:
            assert level(role, entity.type, action) == level(role, "account", action)


ME = Viewer("me", 1, "seller", "t1", frozenset({"t1", "t2"}), frozenset({"below"}))
OWN = {"u:me", "u:below", "s:me", "s:below", "all"}


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
    viewer = Viewer(ME.id, ME.org, role, ME.team, ME.branch_teams, ME.reports)
    assert permissions.keys(viewer, "account", action) == opens


def test_a_phone_holds_at_most_what_may_be_seen() -> None:
    for role in ("admin", "manager", "seller", "technician", "office"):
        viewer = Viewer("me", 1, role, "t1", frozenset({"t1", "t2"}))
        for entity in product():
            seen = permissions.keys(viewer, entity.type, "see")
            assert seen is None or permissions.held_keys(viewer) - {"p:me"} <= seen
        assert permissions.keys(viewer, "notice", "see") == {"p:me"}


def test_keys_of_a_record() -> None:
    task, contact, team = (registry[kind] for kind in ("task", "contact", "team"))
    values = task.blank() | {"owner": "o", "team": "t", "assignee": "a", "watchers": ["w", "v"]}
    assert own_keys(task, values) == {"u:o", "u:a", "s:w", "s:v", "t:t"}
    assert own_keys(task, task.blank()) == set()
    assert own_keys(team, team.blank() | {"owner": "o"}) == {"all"}
    assert record_keys(contact, contact.blank() | {"owner": "o"}, ["t:x"], ["p"]) == [
        "s:p", "t:x", "u:o",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("status", "deleted", "shares"),
    [("open", False, "a"), ("in_progress", False, "a"), ("done", False, None),
     ("open", True, None)],
)  # fmt: skip
def test_an_open_task_shares_the_file(status: str, deleted: bool, shares: str | None) -> None:
    task = registry["task"]
    values = task.blank() | {"assignee": "a", "status": status, "deleted": deleted}
    assert shared_with(task, values) == shares


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
