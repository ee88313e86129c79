"""Nobody writes past the door: every statement of a whole walk through the app is looked at."""

from __future__ import annotations

import re
import sqlite3
import sys
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from sqlalchemy import event, select, update

from server.commands import demo
from server.core.clock import now_ms
from server.core.db import db, writing
from server.core.nearing import bring_near
from server.core.nearness import DAY
from server.core.registry import registry
from tests.exchange.bringing import Bringing, carry_out, table
from tests.people import Stage
from tests.samples import product, samples
from tests.walking import walk

DOOR = ("server/core/persisting.py", "server/core/bulk.py")
WRITES = re.compile(
    r"""\b(?:INSERT\s+(?:OR\s+\w+\s+)?INTO|REPLACE\s+INTO|MERGE\s+INTO|UPDATE(?:\s+OR\s+\w+)?
    |DELETE\s+FROM|TRUNCATE(?:\s+TABLE)?|COPY)\s+(?:ONLY\s+)?(?:"?\w+"?\.)?"?(\w+)""",
    re.IGNORECASE | re.VERBOSE,
)


class PastTheDoor(AssertionError):
    pass


def look(statement: str, found: list[str]) -> None:
    """Note a write to records, or to the feed, that does not come from the door."""
    tables = {entity.table.name for entity in registry.entities.values()} | {"feed"}
    if tables.isdisjoint(table.lower() for table in WRITES.findall(statement)):
        return
    frame, files = sys._getframe(1), set()
    while frame.f_back:
        frame = frame.f_back
        files.add(frame.f_code.co_filename)
    if not any(file.endswith(DOOR) for file in files):
        found.append(statement[:200])


@pytest.fixture
def watched(fresh: Stage, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """What was written past the door, also on the drivers' own connections."""
    found: list[str] = []

    def trace(connection: Any, _record: Any) -> None:
        if isinstance(connection, sqlite3.Connection):
            connection.set_trace_callback(lambda statement: look(statement, found))

    for name in ("execute", "executemany", "copy"):
        _listen(monkeypatch, name, found)
    event.listen(db.engine, "connect", trace)
    db.engine.dispose()
    yield found
    event.remove(db.engine, "connect", trace)


def _listen(monkeypatch: pytest.MonkeyPatch, name: str, found: list[str]) -> None:
    original = getattr(psycopg.Cursor, name)

    def execute(self: Any, query: Any, *rest: Any, **named: Any) -> Any:
        look(query.decode() if isinstance(query, bytes) else str(query), found)
        return original(self, query, *rest, **named)

    monkeypatch.setattr(psycopg.Cursor, name, execute)


WRITERS = [
    "UPDATE task SET title = 'x'",
    "update \"task\" set title = 'x'",
    "-- a comment\nDELETE FROM feed WHERE ver < 0",
    "WITH few AS (SELECT 1 AS n) UPDATE contact SET name = 'x' WHERE n IN (SELECT n FROM few)",
    "INSERT INTO feed SELECT org, key, type, 'x', ver, gone FROM feed WHERE ver < 0",
]
OF_THE_ENGINE = {
    "sqlite": ["INSERT OR REPLACE INTO account (n) SELECT n FROM account WHERE n < 0",
               "UPDATE OR IGNORE main.account SET city = 'x'"],
    "postgresql": ["UPDATE ONLY public.account SET city = 'x'", "TRUNCATE conflict"],
}  # fmt: skip


def test_a_writer_past_the_door_is_caught(
    fresh: Stage, engine_name: str, watched: list[str]
) -> None:
    """By SQLAlchemy, by its way past itself, and by the driver alone."""
    table = registry["account"].table
    with writing() as connection:
        connection.execute(select(table.c.city).with_for_update()).all()
        connection.exec_driver_sql("UPDATE organisation SET zone = zone")
        assert watched == []
        connection.execute(update(table).values(city="Haifa"))
        assert len(watched) == 1
        statements = WRITERS + OF_THE_ENGINE[engine_name]
        for n, statement in enumerate(statements):
            connection.exec_driver_sql(statement)
            assert len(watched) == n + 2, statement
        raw: Any = connection.connection.driver_connection
        raw.cursor().execute(WRITERS[0])
        raw.execute(WRITERS[0])
        place = "?" if engine_name == "sqlite" else "%s"
        raw.cursor().executemany(f"{WRITERS[0]} WHERE n = {place}", [(1,)])
        if engine_name == "postgresql":
            with raw.cursor().copy("COPY feed FROM STDIN"):
                pass
            del watched[-1]
    assert len(watched) == len(statements) + 4


def test_the_whole_app_writes_through_the_door(fresh: Stage, watched: list[str]) -> None:
    with writing() as connection:
        demo.fill(connection, accounts=12, password="")
    browser, program = fresh.browser("olive"), fresh.program("olive")
    refs = fresh.file("olive")
    for entity in product():
        for n, path in enumerate([f"/{entity.path}/", f"/{entity.path}/{refs[entity.type]}"]):
            made = samples(entity, fresh.whose("olive", **refs), n + 1)
            form = {"_fields": " ".join(made), **{k: s.typed for k, s in made.items()}}
            assert browser.post(path, **form).status_code == 303
        for page in ("", "/edit", *(f"/{action.noun}" for action in entity.actions)):
            assert browser.get(f"/{entity.path}/{refs[entity.type]}{page}").status_code == 200
        for action in entity.actions:
            answer = browser.post(f"/{entity.path}/{refs[entity.type]}/{action.noun}",
                                  assignee=fresh.cast["carl"])  # fmt: skip
            assert answer.status_code == 303
        for noun in ("deletion", "restoration"):
            answer = browser.post(f"/{entity.path}/{refs[entity.type]}/{noun}")
            assert answer.status_code == 303
        assert walk(browser, f"/{entity.path}/?q=sample")
    program.do("set", "account", refs["account"], f="name", v="Met")
    program.sync()
    conflicts = [id_ for id_, row in program.rows.items() if row[0] == "conflict"]
    assert conflicts
    assert browser.post(f"/conflicts/{conflicts[0]}", choice="lost").status_code == 303
    assert browser.post("/settings", theme="dark").status_code == 303
    for page in ("/today", "/conflicts", "/settings", "/more", "/outbox", "/problems"):
        assert browser.get(page).status_code == 200
    _others(fresh, refs["account"])
    assert watched == []


def _others(fresh: Stage, account: str) -> None:
    """The API, a file that is brought in and taken back, and a job."""
    ask = fresh.api("olive")
    assert ask("PATCH", f"/accounts/{account}", {"city": "Acre"}).status_code == 200
    made = ask("POST", "/accounts/", {"name": "By the API"}).json["id"]
    assert ask("DELETE", f"/accounts/{made}").status_code in (200, 204)
    coming = Bringing(fresh, "olive", "account", table(["Name"], ["One"], ["Two"]))
    coming.map()
    assert coming.run().made == 2
    assert coming.do("undoing").status_code == 303
    carry_out()
    assert coming.row().status == "undone"
    bring_near(now_ms() + 9 * DAY)
