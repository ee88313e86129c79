"""An app that was built from older declarations, with work that waits, meets the server of today.

The app is the real client in Node. What it knows of the entities is the manifest of a server of
before: fields under other names, one that is gone, one that was not there, a choice under another
name and one that was not there, an entity that was not there. An app that was really built from
older declarations is in tests/browser/test_versions.py.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from uuid_utils.compat import uuid7

from server.core.clock import now_ms
from server.core.registry import registry
from server.sync import keyset
from tests.support.device import Client

from .cast import Cast
from .conftest import Connect
from .simulation.network import Plan
from .simulation.phone import Node, Phone
from .simulation.script import Device
from .simulation.server import Answer


@pytest.fixture(scope="module")
def node() -> Iterator[Node]:
    node = Node()
    node.now = now_ms
    yield node
    node.stop()


def manifest_of_before() -> dict[str, Any]:
    """`city` was `town`, there was a fax, no postcode, a `partner` was called an ally, and neither
    advisers nor activities were known."""
    found = copy.deepcopy(registry.manifest())
    account = found["entities"]["account"]
    fields = {f["name"]: f for f in account["fields"]}
    fields["city"]["name"] = "town"
    del fields["postcode"]
    fields["fax"] = {**fields["street"], "name": "fax", "label": "Fax"}
    relation = fields["relation"]
    choices = relation["choices"]
    relation["choices"] = [["ally" if v == "partner" else v, label]
                           for v, label in choices if v != "adviser"]  # fmt: skip
    account["fields"] = list(fields.values())
    del found["entities"]["activity"]
    return found | {"version": "before"}


@pytest.fixture
def today(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Call it to have the server renewed; until then it says what it said before."""
    account = registry["account"]
    old, now, shape = manifest_of_before(), registry.manifest(), keyset.shape
    monkeypatch.setattr(registry, "manifest", lambda: old)
    monkeypatch.setattr(keyset, "shape", lambda: "before")

    def renew() -> None:
        monkeypatch.setattr(registry, "manifest", lambda: now)
        monkeypatch.setattr(keyset, "shape", shape)
        monkeypatch.setattr(account, "former", {"town": "city"})
        relation = account.fields["relation"]
        renamed = replace(relation, former={"ally": "partner"})
        monkeypatch.setitem(account.fields, "relation", renamed)

    return renew


@pytest.fixture
def phone(app: Flask, cast: Cast, node: Node) -> Iterator[Phone]:
    http = app.test_client()

    def carry(body: str, lines: bool, plan: Plan) -> Answer:
        headers = {"Authorization": f"Bearer {cast.tokens['olive']}",
                   "Content-Type": "application/json"}  # fmt: skip
        if lines:
            headers["Accept"] = "application/x-ndjson, application/json"
        with app.app_context():
            answer = http.post("/sync", data=body, headers=headers)
        return Answer(answer.status_code, answer.content_type or "", answer.text)

    device = Device("phone", "olive", 2000, 200, 0)
    phone = Phone(node, f"old-{uuid7()}", cast["olive"], device, carry)
    yield phone.begin()
    phone.close()


def op(k: str, rec: str, base: int = 0, **more: Any) -> dict[str, Any]:
    return {"id": str(uuid7()), "k": k, "type": "account", "rec": rec, "base": base,
            "t": now_ms(), **more}  # fmt: skip


def test_an_older_app_with_work_waiting(
    phone: Phone, today: Any, connect: Connect, cast: Cast
) -> None:
    olive = connect("olive")
    rec, other = olive.new("account", name="Acme", city="Haifa"), str(uuid7())
    olive.sync()
    phone.sync(Plan())
    base = phone.dump()[rec]["ver"]
    town, fax = op("set", rec, base, f="town", v="Eilat"), op("set", rec, base, f="fax", v="04-1")
    ally = op("set", rec, base, f="relation", v="ally")
    odd = op("set", rec, base, f="relation", v="foe")
    born = op("new", other, v={"name": "Born", "town": "Lod", "relation": "ally"})
    unborn = op("new", str(uuid7()), v={"name": "Unborn", "fax": "04-2"})
    phone.write([town, fax, ally, born, unborn], now_ms())
    today()
    phone.sync(Plan())
    olive.sync()
    assert (olive.doc(rec)["city"], olive.doc(rec)["relation"]) == ("Eilat", "partner")
    assert (olive.doc(other)["city"], olive.doc(other)["relation"]) == ("Lod", "partner")
    problems = phone.look()["problems"]
    assert set(problems) == {fax["id"], unborn["id"]}
    assert not phone.look()["outbox"]
    here = phone.dump()
    assert here[rec]["city"] == "Eilat"
    assert "town" not in here[rec]
    assert here[other]["postcode"] is None
    phone.write([odd], now_ms())
    phone.sync(Plan())
    assert odd["id"] in phone.look()["problems"]


def test_what_is_new_meets_work_that_waits(
    phone: Phone, today: Any, connect: Connect, cast: Cast
) -> None:
    """A choice, a field and an entity that the older app does not know: they come to it with the
    answer to what it had waiting, and nothing of either side is lost."""
    olive, carl = connect("olive"), connect("carl")
    rec, clashing = olive.new("account", name="Acme"), olive.new("account", name="Both")
    olive.sync()
    carl.sync()
    phone.sync(Plan())
    before = phone.dump()
    edits = [op("set", rec, before[rec]["ver"], f="town", v="Eilat"),
             op("set", clashing, before[clashing]["ver"], f="relation", v="ally")]  # fmt: skip
    phone.write(edits, now_ms())
    today()
    for one in (rec, clashing):
        carl.set("account", one, "relation", "adviser")
    carl.set("account", rec, "postcode", "88000")
    note = carl.new("activity", account=rec, kind="note", body="Since then")
    carl.sync()
    assert "activity" not in {row["type"] for row in phone.dump().values()}
    phone.sync(Plan())
    here = phone.dump()
    said = {"city": "Eilat", "postcode": "88000", "relation": "adviser"}
    assert here[rec].items() >= said.items()
    assert here[note]["body"] == "Since then"
    values = {here[clashing]["relation"]}
    values |= {row["lost"] for row in here.values() if row["type"] == "conflict"}
    assert values == {"adviser", "partner"}
    carl.sync()
    assert {i: carl.doc(i) for i in (rec, clashing, note)} == {
        i: {k: v for k, v in here[i].items() if k not in ("id", "type", "ver")}
        for i in (rec, clashing, note)
    }  # fmt: skip
    assert not phone.look()["outbox"] and not phone.look()["problems"]


def test_the_same_for_a_program(today: Any, connect: Connect, cast: Cast) -> None:
    """Refused is what has no name today, with its field; and it can be sent any number of times."""
    olive, again = connect("olive"), connect("olive")
    rec = olive.new("account", name="Acme", town="Haifa")
    today()
    made = olive.outbox[0]
    olive.sync()
    assert olive.doc(rec)["city"] == "Haifa"
    gone = olive.set("account", rec, "fax", "04-1")
    both = olive.op("new", "account", str(uuid7()), v={"name": "B", "town": "Old", "city": "New"})
    olive.sync()
    assert olive.status(gone) == ["rejected", "unknown_field", "fax"]
    assert olive.doc(both["rec"])["city"] == "New"
    again.device, again.outbox = olive.device, [made]
    before = json.dumps(olive.doc(rec))
    again.sync()
    assert again.status(made) == ["ok"]
    assert json.dumps(again.doc(rec)) == before


def test_a_field_that_is_required_since(
    connect: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With a default what an older app makes is taken; without one it is refused at the field."""
    fields = registry["account"].fields
    olive = connect("olive")
    monkeypatch.setitem(fields, "country", replace(fields["country"], required=True, default="IL"))
    rec = olive.new("account", name="Acme")
    olive.sync()
    assert olive.doc(rec)["country"] == "IL"
    monkeypatch.setitem(fields, "country", replace(fields["country"], required=True, default=None))
    op = olive.op("new", "account", str(uuid7()), v={"name": "Acme"})
    olive.sync()
    assert olive.status(op) == ["rejected", "required", "country"]


def test_an_app_that_is_too_new(connect: Connect) -> None:
    """What it has written is taken; only the pull waits for the server."""
    olive: Client = connect("olive")
    rec = olive.new("account", name="Acme")
    answer = olive.post(v=2, ops=olive.outbox)
    assert answer.status_code == 426
    assert [row[1] for row in answer.json["results"]] == ["ok"]
    assert answer.json["code"] == "too_new"
    olive.outbox = []
    olive.sync()
    assert rec in olive.rows
