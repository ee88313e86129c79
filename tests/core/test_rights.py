"""Roles as records: what they give, together and by kind; who keeps whom in."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from uuid_utils.compat import uuid7

from server.core.db import writing
from server.core.identity import LOGIN
from server.core.permissions import Viewer, held_keys, keys, level, opened
from server.core.rights import ACTIONS, Rights, Role, built_in
from server.core.roles import IDS
from tests.people import Stage

LEVELS = dict.fromkeys(ACTIONS, "all")


def rights(*roles: dict[str, Any]) -> Rights:
    return Rights(Role(None, "team", rows) for rows in roles)


def test_several_roles_give_what_any_of_them_gives() -> None:
    both = rights({"*": {"see": "own"}}, {"task": {"see": "team", "change": "own"}})
    assert [both.level(kind, "see") for kind in ("account", "task")] == ["own", "team"]
    assert both.level("task", "change") == "own"
    assert both.level("account", "change") == "none"


def test_nobody_changes_what_they_do_not_see() -> None:
    role = rights({"*": {**LEVELS, "see": "own"}, "task": {"see": "none"}})
    assert role.level("account", "delete") == "own"
    assert role.level("account", "create") == "all"
    assert {role.level("task", action) for action in ACTIONS} == {"none"}


def test_a_field_is_hidden_only_if_all_that_show_the_record_hide_it() -> None:
    hides = {"*": LEVELS, "account": {"fields": {"notes": "hidden", "city": "readonly"}}}
    protects = {"*": LEVELS, "account": {"fields": {"notes": "readonly"}}}
    blind = {"*": LEVELS, "account": {"see": "none"}}
    assert rights(hides).fields("account") == {"notes": "hidden", "city": "readonly"}
    assert rights(hides, blind).fields("account") == {"notes": "hidden", "city": "readonly"}
    assert rights(hides, protects).fields("account") == {"notes": "readonly"}
    assert rights(hides, {"*": LEVELS}).fields("account") == {}


def test_the_history_is_open_as_far_as_what_it_is_about() -> None:
    viewer = Viewer("me", 1, rights({"*": LEVELS, "account": {"see": "own"}}), "t")
    assert keys(viewer, "change", "see", "task") is None
    assert "u:me" in (keys(viewer, "change", "see", "account") or ())
    assert keys(viewer, "change", "see", "person") == frozenset()
    assert {of for ofs, keys in opened(viewer, "change") if keys is None for of in ofs or ()} >= {
        "task", "contact"
    }  # fmt: skip
    assert "t:t" not in held_keys(viewer, "change", "account")
    assert "t:t" in held_keys(viewer, "change", "task")
    assert level(replace(viewer, rights=built_in("admin")).rights, "change", "see") == "all"


def test_a_bounded_token_is_no_administrators() -> None:
    limited = built_in("admin").limited(True, ["account"])
    assert [limited.level("account", action) for action in ACTIONS] == [
        "all", "none", "none", "none", "all"
    ]  # fmt: skip
    assert level(limited, "person", "change") == "none"
    assert level(limited, "task", "see") == "none"
    assert limited != built_in("admin")


@pytest.fixture
def ada(fresh: Stage) -> Any:
    return fresh.program("ada")


def test_the_last_administrator_stays(fresh: Stage, ada: Any) -> None:
    cast, seller = fresh.cast, IDS["seller"]
    me, her = cast["ada"], cast["olive"]
    last = ["rejected", "last_admin"]
    ada.sync()
    assert ada.do("set", "person", me, f="roles", v=[seller])[:2] == last
    assert ada.do("set", "person", me, f="active", v=False)[:2] == last
    assert ada.do("del", "person", me)[:2] == last
    assert ada.do("add", "person", her, f="roles", v=IDS["admin"]) == ["ok"]
    assert ada.do("set", "person", me, f="roles", v=[seller]) == ["ok"]


def test_built_in_roles_stay_and_administrators_may_do_everything(ada: Any) -> None:
    ada.sync()
    assert ada.do("del", "role", IDS["seller"])[:2] == ["rejected", "forbidden"]
    assert ada.do("set", "role", IDS["admin"], f="rights", v={})[:2] == ["rejected", "forbidden"]
    assert ada.do("set", "role", IDS["admin"], f="name", v="Chief") == ["ok"]
    wrong = {"account": {"see": "everything"}}
    assert ada.do("set", "role", IDS["seller"], f="rights", v=wrong)[:2] == [
        "rejected", "not_a_choice"
    ]  # fmt: skip
    mine = {"*": LEVELS}
    assert ada.do("set", "role", IDS["seller"], f="rights", v=mine) == ["ok"]


def test_others_change_no_roles(fresh: Stage) -> None:
    olive = fresh.program("olive")
    olive.sync()
    answer = olive.do("set", "role", IDS["seller"], f="rights", v={"*": LEVELS})
    assert answer[:2] == ["rejected", "forbidden"]
    rec = str(uuid7())
    assert olive.do("new", "role", rec, v={"name": "Mine"})[:2] == ["rejected", "forbidden"]


def test_a_change_is_obeyed_at_once_and_followed_by_phones(fresh: Stage, ada: Any) -> None:
    """Records and fields come and go at the next sync; what waits is judged by the new rights."""
    file = fresh.file("olive")
    olive = fresh.program("olive")
    olive.sync()
    assert file["account"] in olive.rows
    ada.sync()
    hides = {"*": LEVELS, "account": {"fields": {"notes": "hidden"}}, "task": {"see": "none"}}
    assert ada.do("set", "role", IDS["seller"], f="rights", v=hides) == ["ok"]
    waiting = olive.op("set", "account", file["account"], f="notes", v="Mine")
    olive.sync()
    assert olive.status(waiting)[:2] == ["rejected", "forbidden"]
    assert olive.doc(file["account"])["notes"] is None
    assert file["task"] not in olive.rows
    assert olive.resets == 1
    whole = fresh.program("olive")
    whole.sync()
    assert whole.rows == olive.rows
    assert ada.do("set", "role", IDS["seller"], f="rights", v={"*": LEVELS}) == ["ok"]
    olive.sync()
    assert olive.doc(file["account"])["notes"] is not None
    assert file["task"] in olive.rows


def test_a_disabled_administrator_does_not_count(fresh: Stage, ada: Any) -> None:
    cast = fresh.cast
    ada.sync()
    assert ada.do("add", "person", cast["olive"], f="roles", v=IDS["admin"]) == ["ok"]
    with writing() as connection:
        c = LOGIN.c
        connection.execute(
            LOGIN.update().where(c.person == cast["olive"]).values(disabled=True)
        )
    answer = ada.do("set", "person", cast["ada"], f="roles", v=[IDS["seller"]])
    assert answer[:2] == ["rejected", "last_admin"]
