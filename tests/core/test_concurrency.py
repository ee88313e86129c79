"""Everybody writes at once by every road, while others pull: nobody fails, nothing is missed."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from functools import partial
from typing import Any

import pytest
from sqlalchemy import event
from uuid_utils.compat import uuid7

from server.core import db as database
from server.core import door
from server.core.bulk import bulk
from server.core.clock import now_ms
from server.core.db import db, writing
from tests.exchange.bringing import Bringing, table
from tests.people import Program, Stage

TURNS = 12


def by_pages(stage: Stage, files: list[str], name: str) -> None:
    with stage.app.app_context():
        browser = stage.browser(name)
    for n in range(TURNS):
        assert browser.post(f"/accounts/{files[n % len(files)]}", _fields="city",
                            city=f"{name} {n}").status_code == 303  # fmt: skip
        made = browser.post("/accounts/", _fields="name", name=f"{name} page {n}")
        assert made.status_code == 303


def by_the_door(stage: Stage, files: list[str], name: str) -> None:
    """As a job does, and as an import: many new records in one transaction."""
    with stage.app.app_context():
        author = door.Author(stage.cast.viewer(name), "web:server", trusted=True)
        for n in range(TURNS):
            op = {"id": str(uuid7()), "k": "add", "type": "account", "rec": files[-n % len(files)],
                  "f": "tags", "v": f"{name}{n}", "base": 0, "t": now_ms()}  # fmt: skip
            assert door.write(author, [op])[0].status in ("ok", "merged")
            owner = {"owner": stage.cast[name], "team": stage.cast["north"]}
            rows = [
                ("account", {"id": str(uuid7()), "name": f"{name} import {n} {m}", **owner})
                for m in range(5)
            ]
            with writing() as connection:
                bulk(connection, stage.cast.orgs[name], rows, stage.cast[name])


def by_sync(stage: Stage, files: list[str], name: str) -> None:
    program = stage.program(name)
    for n in range(TURNS):
        ops = [program.set("account", rec, "street", f"{name} {n}") for rec in files]
        program.new("account", name=f"{name} phone {n}")
        program.round()
        assert {program.status(op)[0] for op in ops} <= {"ok", "merged", "conflict"}


def by_rest(stage: Stage, files: list[str], name: str) -> None:
    ask = stage.api(name)
    for n in range(TURNS):
        there = f"/accounts/{files[n % len(files)]}"
        assert ask("PATCH", there, {"postcode": f"{n}"}).status_code == 200
        assert ask("POST", "/accounts/", {"name": f"{name} rest {n}"}).status_code == 201


def by_import(stage: Stage, files: list[str], name: str) -> None:
    """Files as a person brings them, with what a worker does; known rows are changed."""
    with stage.app.app_context():
        for n in range(TURNS // 4):
            rows = [[f"{name} file {n} {m}", f"{name}{n}-{m}@x.com"] for m in range(20)]
            for city in ("Haifa", "Acre"):
                brought = table(["Name", "E-mail", "City"], *([*row, city] for row in rows))
                coming = Bringing(stage, name, "account", brought)
                coming.map(keys="email")
                done = coming.run()
                assert (done.status, done.refused, done.made + done.changed) == ("done", 0, 20)


def pulling(program: Program, over: threading.Event) -> None:
    while not over.is_set():
        program.round()


def at_once(work: list[Callable[[], None]], readers: list[Callable[[], None]],
            over: threading.Event) -> None:  # fmt: skip
    with ThreadPoolExecutor(len(work) + len(readers)) as pool:
        reading = [pool.submit(one) for one in readers]
        writing: list[Future[None]] = [pool.submit(one) for one in work]
        wait(writing)
        over.set()
    for done in writing + reading:
        done.result()


def test_all_roads_at_once(fresh: Stage) -> None:
    files = [fresh.file("olive", n)["account"] for n in range(3)]
    roads = [(by_pages, "olive"), (by_pages, "carl"), (by_the_door, "olive"),
             (by_the_door, "carl"), (by_sync, "olive"), (by_sync, "carl"),
             (by_rest, "olive"), (by_rest, "carl"), (by_import, "olive")]  # fmt: skip
    watchers = [fresh.program("carl"), fresh.program("olive"), fresh.program("mona")]
    watchers[0].limit = 7
    over = threading.Event()
    at_once(
        [partial(road, fresh, files, name) for road, name in roads],
        [partial(pulling, program, over) for program in watchers],
        over,
    )
    for name, watcher in zip(("carl", "olive", "mona"), watchers, strict=True):
        assert watcher.resets == 1
        watcher.sync()
        anew = fresh.program(name)
        anew.sync()
        assert watcher.rows == anew.rows
    names = [doc["name"] for doc in watchers[1].all("account")]
    for what, each in (("page", 1), ("import", 5), ("phone", 1), ("rest", 1)):
        assert sum(f" {what} " in name for name in names) == 2 * TURNS * each
    assert sum(" file " in name for name in names) == TURNS // 4 * 20


@pytest.mark.parametrize("engine_name", ["sqlite"])
def test_a_busy_sqlite_waits(fresh: Stage) -> None:
    """Somebody holds the lock for a second; the others' work is done afterwards."""
    browser, program = fresh.browser("olive"), fresh.program("carl")
    held, let_go = threading.Event(), threading.Event()

    def hold() -> None:
        with fresh.app.app_context(), writing():
            held.set()
            let_go.wait(60)

    with ThreadPoolExecutor(3) as pool:
        holder = pool.submit(hold)
        assert held.wait(60)
        page: Future[Any] = pool.submit(browser.post, "/accounts/", _fields="name", name="Waited")
        push: Future[Any] = pool.submit(
            program.do, "new", "account", str(uuid7()), v={"name": "Waited too"}
        )
        assert wait([page, push], timeout=1).done == set()
        let_go.set()
        assert (page.result().status_code, push.result()) == (303, ["ok"])
        holder.result()


@pytest.mark.parametrize("engine_name", ["sqlite"])
def test_a_sqlite_that_stays_busy_says_when_to_try_again(
    fresh: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser, program = fresh.browser("olive"), fresh.program("carl")

    def impatient(connection: Any, _record: Any) -> None:
        connection.execute("PRAGMA busy_timeout = 300")

    assert database.BUSY_SECONDS >= 10
    db.engine.dispose()
    event.listen(db.engine, "connect", impatient)
    over, held = threading.Event(), threading.Event()

    def hold() -> None:
        with fresh.app.app_context(), writing():
            held.set()
            over.wait(60)

    with ThreadPoolExecutor(1) as pool:
        holder = pool.submit(hold)
        assert held.wait(60)
        started = time.monotonic()
        page = browser.post("/accounts/", _fields="name", name="Later")
        answer = program.post(ops=[program.op("new", "account", str(uuid7()), v={"name": "Later"})])
        assert time.monotonic() - started >= 0.6
        over.set()
        holder.result()
    event.remove(db.engine, "connect", impatient)
    for one in (page, answer):
        assert one.status_code == 503
        assert int(one.headers["Retry-After"]) > 0
    anew = fresh.program("carl")
    anew.sync()
    assert [doc for doc in anew.all("account") if doc["name"] == "Later"] == []
