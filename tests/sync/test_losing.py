"""Whoever may not see a file any more, by whichever road, with work on it that waits: at a device
that holds all, and at one that is in the middle of its first load."""

from __future__ import annotations

from typing import Any

import pytest
from uuid_utils.compat import uuid7

from server.core.roles import IDS
from tests.support.device import Client, Op
from tests.walking import doc

from .cast import Cast
from .conftest import Connect
from .test_holding import file, keep
from .test_scope import agree, held

Changes = list[tuple[str, str, str, Any]]


def moved(cast: Cast, ids: dict[str, str]) -> Changes:
    south = {"owner": cast["sam"], "team": cast["south"]}
    return [(kind, ids[kind], name, value)
            for kind in ("account", "contact") for name, value in south.items()]  # fmt: skip


def the_team(cast: Cast, ids: dict[str, str]) -> tuple[str, Changes, Changes]:
    """Who loses it; what an administrator writes before, that they have it, and what then."""
    return "carl", [], [("person", cast["carl"], "team", cast["south"])]


def the_role(cast: Cast, ids: dict[str, str]) -> tuple[str, Changes, Changes]:
    """Mona sees the other teams of her branch, and keeps one of their files by hand."""
    return "mona", moved(cast, ids), [("person", cast["mona"], "roles", [IDS["seller"]])]


def the_hierarchy(cast: Cast, ids: dict[str, str]) -> tuple[str, Changes, Changes]:
    before = [("person", cast["carl"], "team", cast["south"]),
              ("person", cast["olive"], "manager", cast["carl"])]  # fmt: skip
    return "carl", before, [("person", cast["olive"], "manager", None)]


def the_record(cast: Cast, ids: dict[str, str]) -> tuple[str, Changes, Changes]:
    return "carl", [], moved(cast, ids)


def the_work(cast: Cast, ids: dict[str, str]) -> tuple[str, Changes, Changes]:
    near = ("task", ids["task"], "assignee", cast["tara"])
    return "tara", [near], [(*near[:3], cast["sam"])]


def write(ada: Client, changes: Changes) -> None:
    ada.sync()
    for change in changes:
        op = ada.set(*change)
        ada.sync()
        assert ada.status(op) == ["ok"]


def work_on(device: Client, rec: str) -> list[Op]:
    made = {"name": "New", "account": rec}
    return [device.set("account", rec, "city", "Haifa"),
            device.op("new", "contact", str(uuid7()), v=made)]  # fmt: skip


@pytest.mark.parametrize("road", [the_team, the_role, the_hierarchy, the_record, the_work])
def test_work_that_waits_is_told_and_nothing_stays(connect: Connect, cast: Cast, road: Any) -> None:
    olive, ada = connect("olive"), connect("ada")
    rec, contact = file(olive)
    task = olive.new("task", title="Repair", account=rec, assignee=cast["olive"])
    olive.sync()
    name, before, then = road(cast, {"account": rec, "contact": contact, "task": task})
    write(ada, before)
    whole, half = connect(name), connect(name, limit=1)
    whole.sync()
    if road is the_role:
        keep(whole, cast, rec)
    assert {rec, contact} <= held(whole)
    while rec not in half.rows:
        assert half.round()["more"]
    work = [(device, work_on(device, rec)) for device in (whole, half)]
    write(ada, then)
    for device, (edit, made) in work:
        assert not {rec, contact, made["rec"]} & held(device)
        assert device.status(edit) == ["rejected", "missing", None]
        assert device.status(made) == ["rejected", "bad_reference", "account"]
        agree(device, connect)
    assert doc("account", rec)["city"] is None
