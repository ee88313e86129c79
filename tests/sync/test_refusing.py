"""What is not accepted: by itself, in words, and without harm to anything else."""

from __future__ import annotations

import json
from typing import Any

import pytest
from sqlalchemy import func, select
from uuid_utils.compat import uuid7

from server.core.db import reading
from server.core.ledger import Feed, Op, Organisation
from server.core.roles import IDS
from tests.support.device import Client

from .cast import Cast
from .conftest import Connect


def state() -> list[Any]:
    """Everything that an operation could move."""
    with reading() as connection:
        return [
            connection.execute(select(Organisation.id, Organisation.ver).order_by("id")).all(),
            connection.execute(select(func.count()).select_from(Op)).scalar(),
            connection.execute(select(func.count(), func.sum(Feed.ver)).select_from(Feed)).one(),
        ]


def test_a_group_is_all_or_nothing(connect: Connect) -> None:
    olive = connect("olive")
    one = olive.op("new", "account", str(uuid7()), v={"name": "One"}, g="g1")
    two = olive.op("new", "account", str(uuid7()), v={"name": ""}, g="g1")
    three = olive.op("new", "account", str(uuid7()), v={"name": "Three"}, g="g1")
    other = olive.op("new", "account", str(uuid7()), v={"name": "Other"}, g="g2")
    olive.sync()
    assert [olive.status(op)[:2] for op in (one, two, three, other)] == [
        ["rejected", "group"], ["rejected", "required"], ["rejected", "group"], ["ok"],
    ]  # fmt: skip
    assert [doc["name"] for doc in olive.all("account")] == ["Other"]


def test_a_group_restores_what_it_had_changed(connect: Connect) -> None:
    olive = connect("olive")
    rec = olive.new("account", name="Acme", tags=["old"], city="Haifa")
    olive.sync()
    before = olive.rows[rec]
    olive.op("set", "account", rec, f="city", v="Eilat", g="g")
    olive.op("add", "account", rec, f="tags", v="new", g="g")
    olive.op("set", "account", rec, f="email", v="not one", g="g")
    olive.sync()
    assert olive.rows[rec] == before
    olive.set("account", rec, "street", "Herzl 1")
    olive.sync()
    assert (olive.doc(rec)["city"], olive.doc(rec)["tags"]) == ("Haifa", ["old"])
    changes = [f for doc in olive.all("change") for f, *_ in doc["fields"]]
    assert changes == ["street"]


def test_what_hangs_on_a_refused_creation_is_refused(connect: Connect) -> None:
    olive = connect("olive")
    rec = olive.new("account", name="")
    same = olive.set("account", rec, "city", "Haifa")
    contact = olive.op("new", "contact", str(uuid7()), v={"name": "Dana", "account": rec})
    olive.sync()
    later = olive.set("account", rec, "city", "Haifa")
    olive.sync()
    assert olive.status(same)[:2] == olive.status(later)[:2] == ["rejected", "depends"]
    assert olive.status(contact) == ["rejected", "bad_reference", "account"]


def test_a_poison_operation_is_isolated(connect: Connect, monkeypatch: pytest.MonkeyPatch) -> None:
    from server.core import applying

    real = applying.VERBS["set"]

    def explode(batch: Any, op: Any, work: Any) -> Any:
        outcome = real(batch, op, work)
        if op.value == "boom":
            raise ZeroDivisionError
        return outcome

    monkeypatch.setitem(applying.VERBS, "set", explode)
    olive = connect("olive")
    rec = olive.new("account", name="Acme")
    olive.sync()
    poison = olive.set("account", rec, "city", "boom")
    after = olive.set("account", rec, "street", "Herzl 1")
    olive.sync()
    assert olive.status(poison)[:2] == ["rejected", "error"]
    assert olive.status(after) == ["ok"]
    assert (olive.doc(rec)["city"], olive.doc(rec)["street"]) == (None, "Herzl 1")


def test_what_the_database_refuses_is_isolated(
    connect: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    from server.core import persisting

    def spoil(name: str) -> None:
        real = getattr(persisting, name)
        monkeypatch.setattr(
            persisting, name,
            lambda *given: real(*given)
            | ({"deleted": None} if given[-2].doc.get("city") == "boom" else {}),
        )  # fmt: skip

    spoil("record_row")
    spoil("changed_row")
    olive = connect("olive")
    rec = olive.new("account", name="Acme")
    olive.sync()
    before = olive.set("account", rec, "postcode", "1")
    poison = olive.op("set", "account", rec, f="city", v="boom", g="g")
    along = olive.op("set", "account", rec, f="country", v="IL", g="g")
    born = olive.new("account", name="Boom", city="boom")
    orphan = olive.set("account", born, "street", "Herzl 2")
    after = olive.set("account", rec, "street", "Herzl 1")
    olive.sync()
    assert [olive.status(op)[:2] for op in (before, poison, along, orphan, after)] == [
        ["ok"], ["rejected", "error"], ["rejected", "group"], ["rejected", "depends"], ["ok"],
    ]  # fmt: skip
    assert (olive.doc(rec)["postcode"], olive.doc(rec)["street"]) == ("1", "Herzl 1")
    assert olive.doc(rec)["country"] is None


def test_a_number_used_for_another_body_is_refused(connect: Connect) -> None:
    olive = connect("olive")
    rec = olive.new("account", name="Acme")
    op = olive.outbox[0]
    olive.sync()
    other = {**op, "v": {"name": "Other"}}
    for ops in ([other], [op, other], [other, op]):
        answer = olive.post(ops=ops).json
        by_body = dict(zip([json.dumps(o) for o in ops], answer["results"], strict=True))
        assert by_body[json.dumps(other)][1:4:2] == ["rejected", "op_reused"]
        assert by_body.get(json.dumps(op), [0, "ok"])[1] == "ok"
    fresh = {**op, "id": str(uuid7()), "rec": str(uuid7())}
    results = olive.post(ops=[fresh, {**fresh, "base": 1}]).json["results"]
    assert [r[1] for r in results] == ["ok", "rejected"]
    assert olive.doc(rec)["name"] == "Acme"


FAULTS: list[tuple[dict[str, Any], str]] = [
    ({"type": "nothing"}, "unknown_type"),
    ({"f": "nothing"}, "unknown_field"),
    ({"f": "city", "v": 5}, "wrong_kind"),
    ({"f": "city", "v": ["a"]}, "wrong_kind"),
    ({"f": "city", "v": {"a": 1}}, "wrong_kind"),
    ({"f": "city", "v": "x" * 101}, "too_long"),
    ({"f": "name", "v": None}, "required"),
    ({"f": "name", "v": " \t "}, "required"),
    ({"f": "email", "v": "nobody"}, "bad_email"),
    ({"f": "kind", "v": "planet"}, "not_a_choice"),
    ({"f": "owner", "v": "nobody"}, "bad_reference"),
    ({"f": "owner", "v": "00000000-0000-7000-8000-000000000000"}, "bad_reference"),
    ({"f": "number", "v": "C-1"}, "readonly"),
    ({"f": "phones", "v": ["12"]}, "bad_phone"),
    ({"f": "tags", "v": ["x"] * 101}, "too_long"),
    ({"f": "tags", "k": "add", "v": {"a": 1}}, "wrong_kind"),
    ({"f": "city", "k": "add", "v": "a"}, "wrong_kind"),
    ({"f": "city", "k": "inc", "d": 1}, "wrong_kind"),
    ({"f": "deleted", "v": None}, "wrong_kind"),
    ({"f": "tags", "v": None}, "wrong_kind"),
    ({"k": "do", "f": "win", "v": {}}, "unknown_action"),
    ({"k": "do", "f": None}, "unknown_action"),
    ({"k": "fly"}, "malformed"),
    ({"k": None}, "malformed"),
    ({"base": -1}, "malformed"),
    ({"base": "1"}, "malformed"),
    ({"base": 1.5}, "malformed"),
    ({"t": 2**70}, "malformed"),
    ({"t": True}, "malformed"),
    ({"rec": "x"}, "malformed"),
    ({"g": 7}, "malformed"),
    ({"k": "new", "v": "x"}, "malformed"),
    ({"k": "new", "v": {"name": "A", "x": 1}, "rec": None}, "unknown_field"),
    ({"k": "new", "v": {"name": "A"}}, "exists"),
]


def test_faults_are_named(connect: Connect) -> None:
    olive = connect("olive")
    rec = olive.new("account", name="Acme")
    olive.sync()
    before = olive.doc(rec)
    wrong = []
    for changed, code in FAULTS:
        op = olive.op("set", "account", rec, f="city", v="Haifa") | changed
        op["rec"] = str(uuid7()) if op["rec"] is None else op["rec"]
        olive.outbox[-1] = op
        wrong.append((op, code))
    fine = olive.set("account", rec, "street", "Herzl 1")
    olive.sync()
    for op, code in wrong:
        assert olive.status(op)[:2] == ["rejected", code], op
    assert olive.status(fine) == ["ok"]
    stamp = {"street": "Herzl 1", "updated_at": olive.doc(rec)["updated_at"]}
    assert olive.doc(rec) == before | stamp


def strangers(connect: Connect, name: str) -> tuple[Client, str, str]:
    """A stranger, a record that is not for them, and one that is not there."""
    olive = connect("olive")
    rec = olive.new("account", name="Acme")
    olive.sync()
    return connect(name), rec, str(uuid7())


@pytest.mark.parametrize("name", ["sam", "zed"])
def test_a_foreign_record_is_as_if_it_were_not_there(connect: Connect, name: str) -> None:
    stranger, foreign, missing = strangers(connect, name)
    answers = []
    for rec in (foreign, missing):
        ops = [
            stranger.set("account", rec, "city", "Haifa"),
            stranger.op("del", "account", rec),
            stranger.op("set", "contact", rec, f="name", v="x"),
            stranger.op("new", "contact", str(uuid7()), v={"name": "Dana", "account": rec}),
            stranger.op("new", "task", str(uuid7()), v={"title": "Call", "account": rec}),
        ]
        stranger.sync()
        answers.append([stranger.status(op) for op in ops])
    assert answers[0] == answers[1]
    assert [a[1] for a in answers[0]] == ["missing"] * 3 + ["bad_reference"] * 2


def test_nobody_writes_the_log_or_the_people(connect: Connect, cast: Cast) -> None:
    olive = connect("olive")
    rec = olive.new("account", name="Acme")
    olive.sync()
    olive.set("account", rec, "city", "Haifa")
    olive.sync()
    change = next(i for i, row in olive.rows.items() if row[0] == "change")
    ops = [
        olive.set("change", change, "note", "never"),
        olive.op("del", "change", change),
        olive.set("person", cast["olive"], "roles", [IDS["admin"]]),
        olive.op("new", "person", str(uuid7()), v={"name": "Friend", "roles": [IDS["admin"]]}),
        olive.op("new", "conflict", str(uuid7()), v={"open": True}),
    ]
    olive.sync()
    assert {olive.status(op)[0] for op in ops} == {"rejected"}, [olive.status(o) for o in ops]


def test_replaying_anything_changes_nothing(connect: Connect) -> None:
    olive = connect("olive")
    rec = olive.new("account", name="Acme", tags=["a"])
    olive.op("rem", "account", rec, f="tags", v="a")
    olive.op("add", "account", rec, f="tags", v="a")
    olive.new("account", name="")
    ops = list(olive.outbox)
    first = olive.post(ops=ops).json
    before = state()
    for some in (ops, ops[::-1], ops[1:2], ops + ops):
        again = olive.post(ops=some).json
        assert {r[0]: r for r in again["results"]} == {
            r[0]: r for r in first["results"] if r[0] in {o["id"] for o in some}
        }
    assert state() == before


def test_ten_thousand_operations(connect: Connect) -> None:
    olive = connect("olive")
    recs = [olive.new("account", name=f"Account {n}") for n in range(100)]
    for n in range(9_900):
        olive.set("account", recs[n % 100], "city", f"City {n}")
    for start in range(0, 10_000, 1_000):
        ops = olive.outbox[start : start + 1_000]
        results = olive.post(ops=ops, have_more=True).json["results"]
        assert {r[1] for r in results} == {"ok"}
    olive.outbox = []
    olive.sync()
    assert olive.doc(recs[99])["city"] == "City 9899"
    assert not olive.all("conflict")
