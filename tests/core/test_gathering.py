"""An index of search texts that another process made is the one that would have been made here."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import Connection, select
from uuid_utils.compat import uuid7

from server.core import gathering as room
from server.core.aside import alone
from server.core.bulk import PORTION, bulk
from server.core.db import reading, writing
from server.core.registry import registry
from tests.people import Stage

SOME = PORTION + 7


@pytest.fixture(autouse=True)
def _lite(engine_name: str) -> None:
    if engine_name != "sqlite":
        pytest.skip("PostgreSQL's index is its own affair")


@pytest.fixture
def taken(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Which of the indexes were taken over."""
    found: list[bool] = []
    real = room.Gathering.take_over

    def take_over(self: room.Gathering, connection: Connection, table: str) -> bool:
        found.append(real(self, connection, table))
        return found[-1]

    monkeypatch.setattr(room.Gathering, "take_over", take_over)
    return found


def matches(connection: Connection, three: str) -> int:
    query = "SELECT count(*) FROM account_fts WHERE account_fts MATCH ?"
    return int(connection.exec_driver_sql(query, (f'"{three}"',)).scalar_one())


def plant(stage: Stage, connection: Connection) -> None:
    """Into an empty table, of which this connection knows the index as it was."""
    assert matches(connection, "כהן") == 0
    connection.exec_driver_sql("DELETE FROM account")
    whose = stage.whose("olive")
    same = {"kind": "company", "owner": whose.person, "team": whose.team}
    rows = (("account", {"id": str(uuid7()), "name": f"כהן {n:05}", **same}) for n in range(SOME))
    bulk(connection, 1, rows, whose.person)


def check(connection: Connection) -> None:
    query = "INSERT INTO account_fts(account_fts, rank) VALUES ('integrity-check', 1)"
    connection.exec_driver_sql(query)
    assert (matches(connection, "כהן"), matches(connection, "זהב")) == (SOME, 0)


def test_what_was_gathered_is_the_index(fresh: Stage, taken: list[bool]) -> None:
    with writing() as connection:
        plant(fresh, connection)
        check(connection)
    assert taken[0] is alone()
    browser = fresh.browser("olive")
    assert "כהן 05001" in browser.get("/accounts/?q=כהן 05001").text
    table = registry["account"].table
    with reading() as connection:
        rec = connection.execute(select(table.c.id).where(table.c.name == "כהן 00003")).scalar()
    program: Any = fresh.program("olive")
    program.do("set", "account", rec, f="name", v="זהב")
    with reading() as connection:
        assert (matches(connection, "כהן"), matches(connection, "זהב")) == (SOME - 1, 1)


def test_a_helper_that_dies_leaves_the_index_to_be_made_here(
    fresh: Stage, taken: list[bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room.Index, "behind", lambda self, table: 1 / 0)
    with writing() as connection:
        plant(fresh, connection)
        check(connection)
    assert taken[:1] == [False]
