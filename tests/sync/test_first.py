"""The first load as lines."""

from __future__ import annotations

import gzip
import json
from typing import Any

import pytest

from server.core.bulk import bulk
from server.core.db import writing
from server.core.feeding import told
from server.sync import feed, first
from tests.support.device import Client

from .cast import Cast
from .conftest import Connect


def load(client: Client, cursor: Any = None, packed: bool = True, **body: Any) -> list[Any]:
    """The parsed lines."""
    headers = {"Accept": "application/x-ndjson, application/json"}
    headers |= {"Accept-Encoding": "gzip"} if packed else {}
    asked = {"v": 1, "device": client.device, "cursor": cursor, **body}
    answer = client.send(json.dumps(asked), **headers)
    assert answer.mimetype == "application/x-ndjson"
    data = gzip.decompress(answer.data) if packed else answer.data
    return [json.loads(line) for line in data.splitlines()]


def rows(lines: list[Any]) -> dict[str, Any]:
    return {row[0]: row[1:] for line in lines if isinstance(line, list) for row in line}


def fill(cast: Cast, n: int) -> None:
    """Many accounts of olive's."""
    made = [
        ("account", {"id": f"00000000-0000-7000-8000-{i:012x}", "name": f"A {i}",
                     "owner": cast["olive"], "team": cast["north"]})
        for i in range(n)
    ]  # fmt: skip
    with writing() as connection:
        bulk(connection, 1, made, None)


@pytest.mark.parametrize("packed", [True, False])
def test_lines_hold_what_pages_do(connect: Connect, cast: Cast, packed: bool) -> None:
    fill(cast, 1_203)
    olive, other = connect("olive"), connect("olive")
    lines = load(olive, packed=packed)
    head, last = lines[0], lines[-1]
    assert head.keys() == {"now", "results", "reset", "gone", "me", "manifest"}
    assert head["reset"] is True
    assert last.keys() == {"cursor", "more", "ver"}
    assert last["more"] is False
    sizes = [len(line) for line in lines if isinstance(line, list) and line[0][1] == "account"]
    assert sizes == [500, 500, 203]
    assert all(len({row[1] for row in line}) == 1 for line in lines if isinstance(line, list))
    other.sync()
    assert rows(lines) == {id_: list(row) for id_, row in other.rows.items()}
    olive.cursor = last["cursor"]
    after = olive.round()
    assert (after["rows"], after["gone"], after["more"]) == ([], [], False)


def test_a_stream_that_was_cut_goes_on(
    connect: Connect, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(first, "LINE", 10)
    monkeypatch.setattr(first, "RESUMABLE", 3)
    fill(cast, 95)
    olive, carl = connect("olive"), connect("carl")
    whole = load(olive)
    marks = [n for n, line in enumerate(whole) if isinstance(line, dict)][1:-1]
    assert len(marks) >= 3
    carl.sync()
    carl.set("account", "00000000-0000-7000-8000-000000000001", "city", "Haifa")
    carl.sync()  # already sent when the line was cut: the log has to bring it
    for mark in marks:
        rest = load(olive, whole[mark]["cursor"])
        assert rest[0]["reset"] is False
        merged = rows(whole[:mark]) | rows(rest)
        assert merged == {id_: list(row) for id_, row in carl.rows.items()}
        olive.rows = {id_: tuple(row) for id_, row in rows(whole[:mark]).items()}
        olive.cursor = whole[mark]["cursor"]
        olive.sync()
        assert olive.rows == carl.rows


def test_lines_follow_the_log_as_well(connect: Connect, cast: Cast) -> None:
    olive, carl = connect("olive"), connect("carl")
    rec = olive.new("account", name="Acme")
    lost = olive.new("account", name="Lost")
    olive.sync()
    carl.sync()
    olive.set("account", rec, "city", "Haifa")
    olive.set("account", lost, "owner", cast["sam"])
    olive.set("account", lost, "team", cast["south"])
    olive.sync()
    lines = load(carl, carl.cursor)
    assert rows(lines)[rec][2]["city"] == "Haifa"
    assert lost in lines[-1]["gone"]


def test_operations_are_taken_along(connect: Connect) -> None:
    olive = connect("olive")
    rec = olive.new("account", name="Acme")
    lines = load(olive, ops=olive.outbox)
    assert lines[0]["results"][0][1] == "ok"
    assert rows(lines)[rec][2]["name"] == "Acme"


def test_a_large_load_says_so(connect: Connect, cast: Cast) -> None:
    fill(cast, 3)
    assert "large" not in load(connect("olive"))[0]
    ids = (f"00000000-0000-7000-8001-{i:012x}" for i in range(2 * feed.LARGE))
    with writing() as connection:  # told of, which is all that is looked at
        told(connection, (1, "account", 1, 0), [f"u:{cast['olive']}"], ids)
    assert load(connect("olive"))[0]["large"] is True
    assert "large" not in load(connect("carl"))[0]
