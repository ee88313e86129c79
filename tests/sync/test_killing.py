"""The real server, killed in the middle of pushes like by a power cut: nothing lost or doubled."""

from __future__ import annotations

import json
import os
import signal
import threading
from collections import Counter
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from random import Random
from typing import Any

import pytest
from sqlalchemy import Engine, select
from uuid_utils.compat import uuid7

from server.core.db import open_engine, reading
from server.core.ledger import Op, Organisation
from server.core.registry import registry
from tests.people import Cast
from tests.support.servers import LiveServer

KILLS = 50  # on each database
WHOLE = 12  # each so many kills the whole server goes, not only the process that serves
BATCH = 12  # operations in one push
PATIENCE = 20  # seconds for one answer


class Writer(threading.Thread):
    """Pushes one batch after the other, each again and again until it is answered."""

    def __init__(self, port: int, token: str, number: int) -> None:
        super().__init__(daemon=True)
        self.port, self.token, self.device = port, token, f"writer-{number}"
        self.made: list[dict[str, Any]] = []
        self.answered: dict[str, list[Any]] = {}
        self.up, self.ending = threading.Event(), threading.Event()
        self.pushes = self.failures = 0
        self.news = threading.Condition()

    def run(self) -> None:
        while not self.ending.is_set():
            self._deliver(self._batch())

    def _batch(self) -> list[dict[str, Any]]:
        """Whole groups: a record and two edits of it."""
        ops = []
        for _ in range(BATCH // 3):
            rec, group = str(uuid7()), str(uuid7())
            at = {"type": "account", "rec": rec, "base": 0, "t": 1_790_000_000_000, "g": group}
            ops.append({"id": str(uuid7()), "k": "new", "v": {"name": "Made"}, **at})
            ops.append({"id": str(uuid7()), "k": "set", "f": "city", "v": rec, **at})
            ops.append({"id": str(uuid7()), "k": "add", "f": "tags", "v": rec, **at})
        self.made += ops
        return ops

    def _deliver(self, ops: list[dict[str, Any]]) -> None:
        body = {"v": 1, "device": self.device, "cursor": None, "ops": ops, "have_more": True}
        while True:
            self.up.wait()
            with self.news:
                self.pushes += 1
                self.news.notify_all()
            try:
                self.answered |= {row[0]: row for row in self._post(json.dumps(body))["results"]}
                return
            except (OSError, HTTPException, ValueError, KeyError):
                self.failures += 1

    def _post(self, body: str) -> Any:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            connection.request("POST", "/sync", body, {"Authorization": f"Bearer {self.token}"})
            return json.loads(connection.getresponse().read())
        finally:
            connection.close()

    def wait_for_push(self, more: int) -> None:
        """Until it has begun so many further pushes."""
        with self.news:
            goal = self.pushes + more
            assert self.news.wait_for(lambda: self.pushes >= goal, PATIENCE)


@pytest.fixture
def stage(staffed: tuple[str, Cast], tmp_path: Path) -> Iterator[tuple[LiveServer, Engine, Cast]]:
    url, cast = staffed
    server, engine = LiveServer(url, tmp_path / "data"), open_engine(url)
    yield server, engine, cast
    server.kill()
    engine.dispose()


def test_a_server_that_is_killed_loses_and_doubles_nothing(
    stage: tuple[LiveServer, Engine, Cast],
) -> None:
    server, engine, cast = stage
    names = ("olive", "carl", "sam", "ada")
    writers = [Writer(server.port, cast.tokens[name], n) for n, name in enumerate(names)]
    for writer in writers:
        writer.start()
    _kill_often(server, writers)
    for writer in writers:
        writer.ending.set()
        writer.up.set()
    for writer in writers:
        writer.join(PATIENCE * 3)
        assert not writer.is_alive()
    assert sum(writer.failures for writer in writers) >= KILLS  # they were hit
    _check(engine, writers)


def _kill_often(server: LiveServer, writers: list[Writer]) -> None:
    """Mostly the process that serves, which the one that watches over it replaces; sometimes
    both."""
    dice = Random(50)
    server.start()
    for n in range(KILLS):
        for writer in writers:
            writer.up.set()
        dice.choice(writers).wait_for_push(dice.randrange(1, 4))
        threading.Event().wait(dice.random() / 20)  # anywhere within a push, not at its beginning
        if n % WHOLE:
            os.kill(_serving(server), signal.SIGKILL)
            continue
        for writer in writers:
            writer.up.clear()
        server.kill()
        server.start()


def _serving(server: LiveServer) -> int:
    """The process that answers; there may be none for a moment."""
    assert server.web
    master = server.web.process.pid
    for _ in range(1_000):
        workers = Path(f"/proc/{master}/task/{master}/children").read_text().split()
        if workers:
            return int(workers[0])
        threading.Event().wait(0.01)
    raise AssertionError("nobody serves any more")


def _check(engine: Engine, writers: list[Writer]) -> None:
    made = [op for writer in writers for op in writer.made]
    answers: dict[str, list[Any]] = {}
    for writer in writers:
        answers |= writer.answered
    with reading(engine) as connection:
        c: Any = Op.__table__.c
        ledger = {row.id: [row.id, row.status, row.ver] for row in connection.execute(
            select(c.id, c.status, c.ver).where(c.org == 1))}  # fmt: skip
        t = registry["account"].table.c
        query = select(t.id, t.city, t.tags).where(t.org == 1, t.name == "Made")
        records = {id_: (city, json.loads(tags)) for id_, city, tags in connection.execute(query)}
        numbers = connection.execute(select(t.number).where(t.org == 1)).scalars().all()
        version = connection.execute(select(Organisation.ver).where(Organisation.id == 1)).scalar()
    assert ledger == answers
    assert {op["id"] for op in made} == ledger.keys()
    assert {status for _, status, _ in ledger.values()} == {"ok"}
    assert records == {op["rec"]: (op["rec"], [op["rec"]]) for op in made}
    assert max(Counter(numbers).values()) == 1
    assert max(ver for *_, ver in ledger.values()) == version
