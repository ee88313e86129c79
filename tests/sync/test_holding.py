"""Files that people want on their phones: held while they may be seen, and never shown by it."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from uuid_utils.compat import uuid7

from server.core.clock import instant, now_ms
from server.core.holding import holding_id
from server.core.roles import IDS
from server.customers.holding import OPENED
from tests.people import Browser
from tests.support.device import Client

from .cast import Cast
from .conftest import Connect
from .test_scope import SIZES, agree, held, join


def file(client: Client, name: str = "Acme") -> tuple[str, str]:
    rec = client.new("account", name=name)
    contact = client.new("contact", name="Dana", account=rec)
    client.sync()
    return rec, contact


def keep(client: Client, cast: Cast, rec: str, kept: bool = True) -> dict[str, Any]:
    person = cast[client.device.split("-")[0]]
    id_ = holding_id(person, rec)
    if id_ in client.rows:
        return client.set("holding", id_, "kept", kept)
    return client.op("new", "holding", id_, v={"file": rec, "kept": kept})


@pytest.mark.parametrize("limit", SIZES)
def test_what_is_kept_comes_and_goes(connect: Connect, cast: Cast, limit: int) -> None:
    """Ada may see everything, and holds her team's; a file of another team comes when she wants."""
    sam, ada = connect("sam"), connect("ada", limit=limit)
    rec, contact = file(sam)
    assert not {rec, contact} & held(ada)
    op = keep(ada, cast, rec)
    assert {rec, contact} <= held(ada)
    assert ada.status(op) == ["ok"]
    late = sam.new("contact", name="Late", account=rec)
    sam.set("account", rec, "city", "Haifa")
    sam.sync()
    assert late in held(ada)
    agree(ada, connect)
    keep(ada, cast, rec, kept=False)
    assert not {rec, contact, late} & held(ada)
    agree(ada, connect)
    keep(ada, cast, rec)
    assert {rec, contact, late} <= held(ada)
    agree(ada, connect)


def test_it_is_nobody_elses(connect: Connect, cast: Cast, app: Flask) -> None:
    mona, ada, olive = connect("mona"), connect("ada"), connect("olive")
    rec, _ = file(olive)
    keep(mona, cast, rec)
    mona.sync()
    id_ = holding_id(cast["mona"], rec)
    assert id_ in mona.rows
    for other in (ada, olive):
        other.sync()
        assert id_ not in other.rows
        for op in (other.op("set", "holding", id_, f="kept", v=False),
                   other.op("del", "holding", id_)):  # fmt: skip
            other.sync()
            assert other.status(op) == ["rejected", "missing", None]
    forged = ada.op("new", "holding", str(uuid7()),
                    v={"file": rec, "kept": True, "owner": cast["carl"]})  # fmt: skip
    taken = ada.op("new", "holding", id_, v={"file": rec, "kept": False})
    handed = mona.op("set", "holding", id_, f="owner", v=cast["carl"])
    ada.sync()
    mona.sync()
    assert ada.status(forged) == ["rejected", "forbidden", "owner"]
    assert ada.status(taken) == ["rejected", "exists", None]
    assert mona.status(handed) == ["rejected", "forbidden", "owner"]
    assert Browser(app, cast, "ada").get("/holdings/").status_code == 404


@pytest.mark.parametrize("limit", SIZES)
def test_it_shows_nothing(connect: Connect, cast: Cast, limit: int, app: Flask) -> None:
    """Wanting a file opens nothing: neither at once nor when it could once be seen."""
    olive, sam, carl = connect("olive"), connect("sam", limit=limit), connect("carl")
    rec, contact = file(olive)
    op = keep(sam, cast, rec)
    assert not {rec, contact} & held(sam)
    assert sam.status(op) == ["rejected", "bad_reference", "file"]
    sam.round(opened=[rec, str(uuid7()), "nothing", 7])
    assert not {rec, contact} & held(sam)
    keep(carl, cast, rec)
    assert {rec, contact} <= held(carl)
    for kind, id_ in (("account", rec), ("contact", contact)):
        olive.set(kind, id_, "team", cast["south"])
    olive.sync()
    assert not {rec, contact} & held(carl)  # what was kept leaves with the right to see it
    assert Browser(app, cast, "carl").get(f"/accounts/{rec}").status_code == 404
    agree(carl, connect)
    olive.set("account", rec, "team", cast["north"])
    olive.sync()
    assert {rec, contact} <= held(carl)
    agree(carl, connect)


@pytest.mark.parametrize("limit", SIZES)
def test_it_leaves_with_a_role(connect: Connect, cast: Cast, limit: int) -> None:
    sam, ada, mona = connect("sam"), connect("ada"), connect("mona", limit=limit)
    rec, contact = file(sam)
    keep(mona, cast, rec)
    assert {rec, contact} <= held(mona)  # of her branch
    mona.round()
    ada.sync()
    ada.set("person", cast["mona"], "roles", [IDS["seller"]])
    ada.sync()
    assert not {rec, contact} & held(mona)
    agree(mona, connect)
    ada.set("person", cast["mona"], "roles", [IDS["office"]])
    ada.sync()
    assert {rec, contact} <= held(mona)
    agree(mona, connect)


@pytest.mark.parametrize("limit", [1, 2000])
def test_it_leaves_with_the_hierarchy(connect: Connect, cast: Cast, limit: int) -> None:
    """Carl sees Sam's because Sam reports to Tara and she to him; he holds what he keeps of it."""
    sam, ada, carl = connect("sam"), connect("ada"), connect("carl", limit=limit)
    recs = [file(sam, f"Acme {n}")[0] for n in range(3)]
    ada.sync()
    for below, above in (("sam", "tara"), ("tara", "carl")):
        ada.set("person", cast[below], "manager", cast[above])
    ada.sync()
    assert not set(recs) & held(carl)  # two steps below: seen, not held
    keep(carl, cast, recs[0])
    assert set(recs) & held(carl) == {recs[0]}
    agree(carl, connect)
    ada.set("person", cast["tara"], "manager", None)
    ada.sync()
    assert not set(recs) & held(carl)
    agree(carl, connect)
    ada.set("person", cast["sam"], "manager", cast["carl"])
    ada.sync()
    assert set(recs) <= held(carl)  # next below: held without being asked
    agree(carl, connect)


def test_opening_is_noted_once_an_hour(connect: Connect, cast: Cast) -> None:
    sam, ada = connect("sam"), connect("ada")
    rec, contact = file(sam)
    ada.sync()
    answer = ada.round(opened=[rec])
    assert {rec, contact} <= {row[0] for row in answer["rows"]}  # in the same answer
    id_ = holding_id(cast["ada"], rec)
    ver = ada.rows[id_][1]
    assert ada.doc(id_)["opened"] <= instant(now_ms())
    ada.round(opened=[rec, rec])
    assert ada.rows[id_][1] == ver
    agree(ada, connect)


def test_only_the_last_that_were_opened_stay(connect: Connect, cast: Cast) -> None:
    sam, ada = connect("sam"), connect("ada")
    recs = [sam.new("account", name=f"Account {n}") for n in range(OPENED + 3)]
    sam.sync()
    ada.sync()
    for n, rec in enumerate(recs):
        id_ = holding_id(cast["ada"], rec)
        ada.op("new", "holding", id_, v={"file": rec, "opened": instant(n * 1000), "kept": n == 0})
        ada.sync()
    assert set(recs) & held(ada) == {recs[0], *recs[3:]}  # the first is kept
    ada.round(opened=recs[1:2])
    assert set(recs) & held(ada) == {recs[0], recs[1], *recs[4:]}
    agree(ada, connect)


def test_two_devices_want_the_same_file(connect: Connect, cast: Cast) -> None:
    """Whichever comes first, the second is no refusal and no conflict."""
    sam, here, there = connect("sam"), connect("ada"), connect("ada")
    rec, contact = file(sam)
    here.sync()
    there.sync()
    first, second = keep(here, cast, rec), keep(there, cast, rec)
    opened = there.op("new", "holding", second["rec"], v={"file": rec, "opened": instant(0)})
    here.sync()
    there.sync()
    assert first["rec"] == second["rec"]
    for device, op in ((here, first), (there, second), (there, opened)):
        assert device.status(op) == ["ok"]
    off = here.set("holding", first["rec"], "kept", False)
    on = there.set("holding", first["rec"], "kept", True)
    there.sync()
    here.sync()
    assert here.status(off)[0] in ("ok", "merged")
    assert there.status(on)[0] in ("ok", "merged")
    assert not here.all("conflict") + there.all("conflict")
    assert {rec, contact} <= held(here) & held(there)


def test_work_on_a_file_that_leaves_is_refused_and_told(connect: Connect, cast: Cast) -> None:
    """A right that is taken away with work pending, in the middle of a load."""
    sam, ada, mona = connect("sam"), connect("ada"), connect("mona", limit=1)
    rec, contact = file(sam)
    keep(mona, cast, rec)
    while contact not in mona.rows:
        mona.round()
    join(ada, cast, "mona", "field")
    edit = mona.set("contact", contact, "role", "Janitor")
    made = mona.op("new", "contact", str(uuid7()), v={"name": "New", "account": rec})
    assert not {rec, contact, made["rec"]} & held(mona)
    assert mona.status(edit) == ["rejected", "missing", None]
    assert mona.status(made) == ["rejected", "bad_reference", "account"]
    agree(mona, connect)
    sam.sync()
    assert sam.doc(contact)["role"] is None


@pytest.mark.parametrize("limit", SIZES)
def test_a_record_moves_into_a_file_that_is_kept(
    connect: Connect, cast: Cast, limit: int
) -> None:
    sam, ada = connect("sam"), connect("ada", limit=limit)
    (kept, _), (other, contact) = file(sam, "Kept"), file(sam, "Other")
    keep(ada, cast, kept)
    assert contact not in held(ada)
    sam.set("contact", contact, "account", kept)
    sam.sync()
    assert contact in held(ada)
    sam.set("contact", contact, "account", other)
    sam.sync()
    assert contact not in held(ada)
    agree(ada, connect)
