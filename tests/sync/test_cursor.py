"""Cursors: bad ones, other people's, and how far they have come."""

from __future__ import annotations

import pytest
from sqlalchemy import event, update

from server.core.db import db, reading, writing
from server.core.ledger import Organisation
from server.core.registry import registry
from server.sync import feed, keyset, pull
from server.sync.cursor import unseal
from server.sync.keyset import Keyset

from .cast import Cast
from .conftest import Connect
from .test_scope import join


@pytest.mark.parametrize(
    "cursor", ["", "x", "a.b", 5, [], {}, True, "x" * 5_000, "\ud800", "WzEsNV0.AAAA"]
)
@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_a_bad_cursor_means_a_reset(connect: Connect, cursor: object) -> None:
    olive = connect("olive")
    olive.sync()
    answer = olive.post(cursor=cursor)
    assert answer.status_code == 200
    assert answer.json["reset"] is True
    assert len(answer.json["rows"]) == len(olive.rows)


def test_a_cursor_is_of_one_person(connect: Connect) -> None:
    olive, carl = connect("olive"), connect("carl")
    olive.new("account", name="Acme")
    olive.sync()
    carl.cursor = olive.cursor
    assert carl.round()["reset"] is True
    assert connect("olive").post(cursor=olive.cursor).json["rows"] == []


def test_after_a_restored_backup_everything_is_loaded_again(connect: Connect) -> None:
    olive = connect("olive")
    rec = olive.new("account", name="Acme")
    olive.sync()
    with writing() as connection:
        connection.execute(update(Organisation).where(Organisation.id == 1).values(ver=1))
    olive.sync()
    assert olive.resets == 2
    assert rec in olive.rows


def test_a_forgotten_keyset_means_a_reset(connect: Connect) -> None:
    olive = connect("olive")
    olive.sync()
    with writing() as connection:
        connection.execute(keyset.KEYSETS.delete())
    olive.sync()
    assert olive.resets == 1  # what is held is still known by its hash
    olive.http.application.secret_key = "another"
    olive.sync()
    assert olive.resets == 2


def test_cursors_only_grow(connect: Connect, cast: Cast) -> None:
    olive, carl, ada = connect("olive"), connect("carl", limit=1), connect("ada")
    reached = 0
    viewer = cast.viewer("carl")
    for n in range(6):
        olive.new("account", name=f"Account {n}")
        olive.sync()
        carl.round()
        cursor = unseal(viewer, carl.cursor)
        assert cursor is not None
        assert cursor.ver >= reached
        reached = cursor.ver
        join(ada, cast, "carl", ("south", "north")[n % 2])


def test_a_kind_that_is_no_more_is_passed_over(connect: Connect) -> None:
    olive = connect("olive")
    olive.new("account", name="Acme")
    olive.sync()
    spec = registry.entities.pop("account")
    try:
        answer = connect("olive").round()
        olive.sync()
    finally:
        registry.entities["account"] = spec
    assert "account" not in {row[1] for row in answer["rows"]}


def test_an_empty_round_asks_little(connect: Connect, cast: Cast) -> None:
    olive = connect("olive")
    olive.new("account", name="Acme")
    olive.sync()
    viewer, asked = cast.viewer("olive"), []
    event.listen(db.engine, "before_cursor_execute", lambda *given: asked.append(given[2]))
    page = pull.pull(viewer, olive.cursor)
    assert page.rows == []
    # The version alone, with which kinds there are: nothing has been written since.
    assert len([sql for sql in asked if sql.startswith("SELECT")]) == 1


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_the_log_is_read_by_version_alone(connect: Connect, cast: Cast) -> None:
    """However much is held, a round costs what is new."""
    asked: list[tuple[str, tuple[object, ...]]] = []
    connect("olive")
    with reading() as connection:
        event.listen(connection, "before_cursor_execute", lambda *given: asked.append(given[2:4]))
        keys = Keyset("", {"*": frozenset({"all", "u:x"})})
        feed.log(connection, 1, keys, 5, 100)
        sql, values = asked[0]
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", values).all()
    assert "COVERING INDEX ix_feed_ver (org=? AND key=? AND ver>?)" in plan[0][3]
