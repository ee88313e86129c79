"""Who holds what, and how records come and go when that changes."""

from __future__ import annotations

import pytest
from uuid_utils.compat import uuid7

from server.core.bulk import bulk
from server.core.clock import now_ms
from server.core.db import writing
from server.core.nearing import bring_near
from server.core.nearness import DAY
from server.core.roles import IDS
from server.sync import keyset
from tests.support.device import Client

from .cast import Cast
from .conftest import Connect

SIZES = [1, 2, 3, 4, 2000]


def held(client: Client) -> set[str]:
    client.sync()
    return client.rows.keys() - {i for i, row in client.rows.items() if row[0] == "change"}


def agree(client: Client, connect: Connect) -> None:
    """What came bit by bit is what a fresh device gets."""
    client.sync()
    fresh = connect(client.device.split("-")[0])
    fresh.sync()
    assert client.rows == fresh.rows


def days_pass(days: int) -> None:
    """What the hourly job does so many days from now."""
    bring_near(now_ms() + days * DAY)


def give(client: Client, rec: str, cast: Cast, owner: str, team: str) -> None:
    client.set("account", rec, "owner", cast[owner])
    client.set("account", rec, "team", cast[team])
    client.sync()


@pytest.mark.parametrize("limit", SIZES)
def test_a_file_moves_whole_to_another_team(connect: Connect, cast: Cast, limit: int) -> None:
    olive, carl, sam = (connect(name, limit=limit) for name in ("olive", "carl", "sam"))
    rec = olive.new("account", name="Acme")
    contact = olive.new("contact", name="Dana", account=rec)
    note = olive.new("activity", account=rec, kind="note", body="Called")
    file = {rec, contact, note}
    olive.sync()
    olive.set("contact", contact, "owner", cast["carl"])  # stays carl's, wherever the file goes
    olive.sync()
    assert file <= held(carl)
    assert not file & held(sam)
    give(olive, rec, cast, "sam", "south")
    assert file <= held(sam)
    assert note not in olive.rows or note in held(olive)
    assert contact in held(carl)
    assert rec not in held(carl)
    for client in (olive, carl, sam):
        agree(client, connect)


def test_a_task_brings_the_file_and_takes_it_away(connect: Connect, cast: Cast) -> None:
    olive, tara, sam = connect("olive", limit=2), connect("tara", limit=2), connect("sam")
    rec = olive.new("account", name="Acme")
    contact = olive.new("contact", name="Dana", account=rec)
    olive.sync()
    assert not {rec, contact} & held(tara)
    task = olive.new("task", title="Repair", account=rec, assignee=cast["tara"])
    olive.sync()
    assert {rec, contact, task} <= held(tara)
    tara.set("contact", contact, "role", "Janitor")
    late = olive.new("contact", name="Late", account=rec)
    olive.sync()
    assert late in held(tara)
    done = tara.op("do", "task", task, f="complete")
    assert {rec, contact, late, task} <= held(tara)  # for some days more
    assert tara.status(done) == ["ok"]
    days_pass(2)
    assert rec in held(tara)
    days_pass(4)
    assert not {rec, contact, late} & held(tara)
    assert task in held(tara)  # her own, done or not
    olive.sync()
    assert olive.doc(contact)["role"] == "Janitor"
    olive.set("task", task, "status", "open")
    olive.sync()
    assert {rec, contact, late, task} <= held(tara)
    assert not {rec, contact, task} & held(sam)
    for client in (olive, tara):
        agree(client, connect)


def test_two_tasks_keep_the_file_until_the_last_is_done(connect: Connect, cast: Cast) -> None:
    olive, tara = connect("olive"), connect("tara")
    rec = olive.new("account", name="Acme")
    tasks = [
        olive.new("task", title=f"Visit {n}", account=rec, assignee=cast["tara"]) for n in (1, 2)
    ]
    olive.sync()
    for task, expected in zip(tasks, (True, False), strict=True):
        tara.sync()
        tara.op("do", "task", task, f="complete")
        tara.sync()
        days_pass(4)
        assert (rec in held(tara)) is expected


def test_handing_a_task_over(connect: Connect, cast: Cast) -> None:
    olive, tara, sam = connect("olive"), connect("tara"), connect("sam")
    rec = olive.new("account", name="Acme")
    task = olive.new("task", title="Repair", account=rec, assignee=cast["tara"])
    olive.sync()
    tara.sync()
    op = tara.op(
        "do", "task", task, f="hand_over", v={"assignee": cast["sam"], "note": "Ask for Dana"}
    )
    assert {task, rec} <= held(tara) | {rec}
    assert tara.status(op) == ["ok"]
    assert {task, rec} <= held(sam)
    doc = sam.doc(task)
    assert (doc["assignee"], doc["watchers"]) == (cast["sam"], [cast["tara"]])
    assert task in held(tara)  # who gave it away goes on watching
    notes = [(c["what"], c["note"]) for c in sam.all("change") if c["rec"] == task]
    assert notes == [("hand_over", "Ask for Dana")]


def test_a_record_of_nobody_leaves_every_phone(connect: Connect) -> None:
    olive, ada = connect("olive"), connect("ada")
    rec = olive.new("account", name="Acme")
    olive.sync()
    olive.op("set", "account", rec, f="team", v=None)
    olive.op("set", "account", rec, f="owner", v=None)
    assert rec not in held(olive)
    edit = olive.set("account", rec, "city", "Haifa")
    olive.sync()
    assert olive.status(edit)[:2] == ["rejected", "missing"]
    assert rec not in held(ada)  # may see everything, holds the team's


def join(ada: Client, cast: Cast, who: str, team: str) -> None:
    ada.sync()
    ada.set("person", cast[who], "team", cast[team])
    ada.sync()


@pytest.mark.parametrize("limit", SIZES)
def test_rights_revoked_and_granted_again(connect: Connect, cast: Cast, limit: int) -> None:
    olive, carl, ada = connect("olive"), connect("carl", limit=limit), connect("ada")
    recs = {olive.new("account", name=f"Account {n}") for n in range(5)}
    olive.sync()
    assert recs <= held(carl)
    join(ada, cast, "carl", "south")
    assert not recs & held(carl)
    join(ada, cast, "carl", "north")
    assert recs <= held(carl)
    join(ada, cast, "carl", "south")
    carl.round()  # the removal is taken, the rest not
    join(ada, cast, "carl", "north")
    assert recs <= held(carl)
    assert carl.resets == 1
    agree(carl, connect)


@pytest.mark.parametrize("steps", [1, 2, 3, 5])
def test_scope_changes_in_mid_back_fill(connect: Connect, cast: Cast, steps: int) -> None:
    """The half-loaded keys count as held, whether they stay, go, or go and come back."""
    olive, carl, ada, sam = (connect(name) for name in ("olive", "carl", "ada", "sam"))
    north = {olive.new("account", name=f"North {n}") for n in range(6)}
    south = {sam.new("account", name=f"South {n}") for n in range(6)}
    olive.sync()
    sam.sync()
    carl.limit = 2
    for _ in range(steps):  # the first load is under way
        carl.round()
    join(ada, cast, "carl", "south")
    for _ in range(steps):
        carl.round()
    join(ada, cast, "carl", "field")
    for _ in range(steps):
        carl.round()
    join(ada, cast, "carl", "south")
    assert south <= held(carl)
    assert not north & held(carl)
    agree(carl, connect)


def test_what_changes_during_a_back_fill_is_repaired(connect: Connect, cast: Cast) -> None:
    olive, carl = connect("olive"), connect("carl", limit=3)
    recs = [olive.new("account", name=f"Account {n}") for n in range(9)]
    olive.sync()
    for n in range(3):
        carl.round()
        olive.set("account", recs[n], "city", f"City {n}")
        give(olive, recs[8 - n], cast, "sam", "south")
        olive.new("account", name=f"Late {n}")
        olive.sync()
    agree(carl, connect)


@pytest.mark.parametrize("limit", [1, 7])
def test_a_giant_version_comes_whole(connect: Connect, cast: Cast, limit: int) -> None:
    olive = connect("olive", limit=limit)
    olive.sync()
    made = [
        ("account", {"id": str(uuid7()), "name": f"A {n}", "owner": cast["olive"]})
        for n in range(50)
    ]
    with writing() as connection:
        bulk(connection, 1, made, None)
    sam = connect("sam")
    sam.new("account", name="Noise")
    sam.sync()
    last = olive.new("account", name="Last")
    pages = []
    more = True
    while more:
        answer = olive.round()
        more = answer["more"]
        pages.append({row[0] for row in answer["rows"]})
    assert {row["id"] for _, row in made} in pages
    assert last in olive.rows
    agree(olive, connect)


def all_comes_again(client: Client) -> None:
    """Everything held is sent once more, bit by bit, while it stays."""
    before, came, more = set(client.rows), set(), True
    while more:
        answer = client.round()
        came |= {row[0] for row in answer["rows"]}
        more = answer["more"]
        assert before <= client.rows.keys()
    assert before <= came
    assert client.resets == 1


def test_a_new_field_loads_again_without_a_reset(
    connect: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    olive = connect("olive", limit=3)
    for n in range(5):
        olive.new("account", name=f"Account {n}")
    olive.sync()
    monkeypatch.setattr(keyset, "shape", lambda: "another")
    all_comes_again(olive)
    agree(olive, connect)


def test_another_role_moves_what_is_held_without_a_reset(connect: Connect, cast: Cast) -> None:
    olive, ada = connect("olive", limit=3), connect("ada")
    for n in range(5):
        olive.new("account", name=f"Account {n}")
    olive.sync()
    ada.sync()
    ada.set("person", cast["olive"], "roles", [IDS["technician"]])
    ada.sync()
    olive.sync()
    assert olive.resets == 1
    agree(olive, connect)
