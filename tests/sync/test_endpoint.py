"""POST /sync as HTTP: what is a request, what an answer looks like, what is refused and how."""

from __future__ import annotations

import gzip
import json
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from uuid_utils.compat import uuid7

from server.core.db import writing
from server.core.identity import new_session
from server.core.registry import registry
from server.sync.sums import mix

from .cast import Cast
from .conftest import Connect

FINE = {"v": 1, "device": "phone-1"}
PROBLEM = "application/problem+json"


def test_the_answer_has_its_shape(connect: Connect) -> None:
    olive = connect("olive")
    answer = olive.post().json
    assert answer.keys() == {
        "now", "results", "reset", "rows", "gone", "cursor", "more", "ver", "me", "manifest",
    }  # fmt: skip
    olive.take(answer)
    known = {"schema": answer["manifest"]["version"], "me": answer["me"]["hash"]}
    assert olive.post(**known).json.keys() == {
        "now", "results", "rows", "gone", "cursor", "more", "ver",
    }  # fmt: skip
    assert abs(answer["now"] - olive.post(**known).json["now"]) < 60_000


def test_me_and_manifest_come_again_when_they_change(
    connect: Connect, cast: Cast, app: Flask
) -> None:
    ada, olive = connect("ada"), connect("olive")
    first = olive.sync()
    known = {"schema": first["manifest"]["version"], "me": first["me"]["hash"]}
    ada.sync()
    change = ada.set("person", cast["olive"], "theme", "dark")
    ada.sync()
    assert ada.status(change) == ["ok"]
    again = olive.sync(**known)
    assert "manifest" not in again
    assert (again["me"]["theme"], again["me"]["lease"]) == ("dark", 14)
    app.config["LEASE_DAYS"] = 3  # a setting: phones hear of it as of any other change
    known["me"] = again["me"]["hash"]
    assert olive.sync(**known)["me"]["lease"] == 3


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b"", 400, "bad_json"),
        (b"{", 400, "bad_json"),
        (b"\xff\xfe\x00", 400, "bad_json"),
        (b"[]", 400, "not_an_object"),
        (b"null", 400, "not_an_object"),
        (b'{"v":1,"device":"d","x":NaN}', 400, "bad_json"),
        (b'{"v":1,"device":"d","x":-Infinity}', 400, "bad_json"),
        (b'{"v":1,"device":"d","x":1e999}', 400, "bad_json"),
        (b'{"v":1,"device":"d","x":' + b"9" * 5000 + b"}", 400, "bad_json"),
        (b"[" * 200_000, 400, "bad_json"),
        (b'{"device":"d"}', 400, "bad_v"),
        (b'{"v":0,"device":"d"}', 400, "bad_v"),
        (b'{"v":true,"device":"d"}', 400, "bad_v"),
        (b'{"v":"1","device":"d"}', 400, "bad_v"),
        (b'{"v":1}', 400, "bad_device"),
        (b'{"v":1,"device":7}', 400, "bad_device"),
        (b'{"v":1,"device":""}', 400, "bad_device"),
        (b'{"v":1,"device":"a b"}', 400, "bad_device"),
        (b'{"v":1,"device":"web:mine"}', 400, "bad_device"),
        (b'{"v":1,"device":"' + b"x" * 65 + b'"}', 400, "bad_device"),
        (b'{"v":1,"device":"d","ops":{}}', 400, "bad_ops"),
        (b'{"v":1,"device":"d","limit":0}', 400, "bad_limit"),
        (b'{"v":1,"device":"d","limit":2001}', 400, "bad_limit"),
        (b'{"v":1,"device":"d","limit":"9"}', 400, "bad_limit"),
        (b'{"v":1,"device":"d","schema":7}', 400, "bad_schema"),
        (b'{"v":1,"device":"d","have_more":1}', 400, "bad_have_more"),
        (json.dumps({**FINE, "ops": [None] * 1001}).encode(), 413, "too_many_operations"),
        (json.dumps({**FINE, "x": "y" * 10_000_000}).encode(), 413, "too_large"),
    ],
)
@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_what_is_no_request(connect: Connect, body: bytes, status: int, code: str) -> None:
    answer = connect("olive").send(body)
    assert (answer.status_code, answer.mimetype) == (status, PROBLEM)
    assert answer.json["code"] == code
    assert answer.json["status"] == status
    assert answer.json["title"]


def test_somebody_unknown_is_asked_to_sign_in(connect: Connect) -> None:
    olive = connect("olive")
    olive.token = "kesher_nobody"
    answer = olive.post()
    assert (answer.status_code, answer.mimetype) == (401, PROBLEM)
    assert answer.json["code"] == "signed_out"


@pytest.fixture
def browser_session(app: Flask, cast: Cast) -> FlaskClient:
    """A browser in which Olive is signed in."""
    with writing() as connection:
        session_id = new_session(connection, cast["olive"], 1, "test")
    http = app.test_client()
    with http.session_transaction() as session:
        session["_user_id"] = session_id
        session["_fresh"] = True
    return http


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "same-origin"}, 200),
        ({"Origin": "http://localhost"}, 200),
        ({}, 200),
        ({"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"}, 403),
        ({"Sec-Fetch-Site": "same-site", "Origin": "http://other.localhost"}, 403),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
    ],
)
@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_another_site_cannot_use_our_cookie(
    browser_session: FlaskClient, headers: dict[str, str], status: int
) -> None:
    op = {"id": str(uuid7()), "k": "new", "type": "account", "rec": str(uuid7()),
          "v": {"name": "x"}, "base": 0, "t": 1}  # fmt: skip
    body = json.dumps({**FINE, "ops": [op]})
    with browser_session.application.app_context():
        answer: Any = browser_session.post("/sync", data=body, headers=headers)
    assert answer.status_code == status
    if status == 200:
        assert answer.json["results"][0][1] == "ok"
        assert answer.json["me"]["csrf"]
    else:
        assert answer.json["code"] == "cross_site"


def test_a_newer_app_is_pushed_but_not_pulled(connect: Connect) -> None:
    olive = connect("olive")
    rec = olive.new("account", name="Acme")
    answer = olive.post(v=2, ops=olive.outbox)
    assert (answer.status_code, answer.mimetype) == (426, PROBLEM)
    assert [r[1] for r in answer.json["results"]] == ["ok"]
    assert "rows" not in answer.json
    olive.outbox = []
    olive.sync()
    assert rec in olive.rows


def test_with_more_to_push_nothing_is_pulled(connect: Connect) -> None:
    olive = connect("olive")
    olive.new("account", name="Acme")
    answer = olive.round(have_more=True)
    assert (answer["rows"], answer["gone"], answer["cursor"], answer["more"]) == (
        [], [], None, True,
    )  # fmt: skip
    olive.sync()
    cursor = olive.cursor
    assert olive.round(have_more=True)["cursor"] == cursor


def test_answers_are_packed_for_those_who_can(connect: Connect) -> None:
    olive = connect("olive")
    plain = olive.send(json.dumps({**FINE, "cursor": None}))
    packed = olive.send(json.dumps({**FINE, "cursor": None}), **{"Accept-Encoding": "gzip"})
    assert "Content-Encoding" not in plain.headers
    assert packed.headers["Content-Encoding"] == "gzip"
    unpacked = json.loads(gzip.decompress(packed.data))
    assert sorted(unpacked["rows"]) == sorted(plain.json["rows"])
    assert packed.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("accept", ["*/*", "application/json", "text/html,*/*;q=0.8"])
@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_json_is_what_one_gets(connect: Connect, accept: str) -> None:
    answer = connect("olive").send(json.dumps(FINE), Accept=accept)
    assert answer.mimetype == "application/json"


def test_a_busy_database_says_when_to_come_back(
    connect: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sqlalchemy.exc import OperationalError

    from server.core.push import Push

    def busy(self: Push, ops: list[Any]) -> Any:
        raise OperationalError("", {}, Exception("database is locked"))

    monkeypatch.setattr(Push, "run", busy)
    olive = connect("olive")
    olive.new("account", name="Acme")
    answer = olive.post(ops=olive.outbox)
    assert (answer.status_code, answer.json["code"]) == (503, "busy")
    assert int(answer.headers["Retry-After"]) > 0


def test_checksums_are_those_of_the_rows(connect: Connect) -> None:
    olive = connect("olive", limit=3)
    for n in range(7):
        olive.new("account", name=f"Account {n}")
    last = olive.sync(want_sums=True)
    assert last["sums"] == olive.sums()
    assert last["sums"]["account"][0] == 7
    olive.rows.pop(next(i for i, row in olive.rows.items() if row[0] == "account"))
    assert olive.sync(want_sums=True)["sums"] != olive.sums()
    assert "sums" not in olive.sync()
    assert mix("00000000-0000-7000-8000-000000000001", 1) == 2980047484  # as in PROTOCOL.md


def test_every_product_entity_travels(connect: Connect) -> None:
    manifest = connect("olive").sync()["manifest"]
    assert manifest["entities"].keys() == registry.entities.keys()
