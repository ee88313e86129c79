"""Streams of a real server: who is told of what, how many there are, and how they end."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import httpx
import pytest
from sqlalchemy import delete, update

from server.core.db import db, writing
from server.core.identity import LOGIN, TOKEN
from tests.people import Stage
from tests.support.servers import LiveServer

PATIENCE = 30  # seconds
EACH, LIMIT = 2, 6
Listen = Callable[..., "Listener"]


class Listener:
    """One open stream, read as it comes by a thread."""

    def __init__(self, server: LiveServer, headers: dict[str, str], query: str = "") -> None:
        self.events: list[tuple[str, str]] = []
        self.ended, self.ended_at = False, 0.0
        self._news = threading.Condition()
        self._stack = ExitStack()
        client = self._stack.enter_context(httpx.Client(timeout=PATIENCE))
        url = f"{server.url}/live{query}"
        self.answer = self._stack.enter_context(client.stream("GET", url, headers=headers))
        self.status = self.answer.status_code
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        name = ""
        try:
            for line in self.answer.iter_lines():
                field, _, value = line.partition(": ")
                if field == "event":
                    name = value
                elif line.startswith("data:"):
                    with self._news:
                        self.events.append((name, value))
                        self._news.notify_all()
        except (httpx.HTTPError, httpx.StreamError):
            pass
        with self._news:
            self.ended, self.ended_at = True, time.monotonic()
            self._news.notify_all()

    def until(self, look: Callable[[], bool]) -> None:
        with self._news:
            assert self._news.wait_for(look, PATIENCE), self.events

    def until_told(self, name: str, since: int) -> None:
        """Until an event of this name came after the first `since` ones."""
        self.until(lambda: name in [one for one, _ in self.events[since:]])

    def until_begun(self) -> int:
        self.until(lambda: bool(self.events))
        return len(self.events)

    def close(self) -> None:
        self._stack.close()


@pytest.fixture(scope="module")
def server(stage: Stage, tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveServer]:
    url = db.engine.url.render_as_string(hide_password=False)
    server = LiveServer(url, tmp_path_factory.mktemp("live"))
    server.environ |= {
        "KESHER_BEAT": "1", "KESHER_THREADS": "2",
        "KESHER_STREAMS": str(LIMIT), "KESHER_STREAMS_EACH": str(EACH),
    }  # fmt: skip
    server.start()
    yield server
    server.kill()


@pytest.fixture
def listen(server: LiveServer, stage: Stage) -> Iterator[Listen]:
    """`listen("olive")` opens a stream of hers, once those of the test before have ended."""
    made: list[Listener] = []

    def make(name: str, query: str = "", status: int = 200) -> Listener:
        headers = {"Authorization": f"Bearer {stage.cast.tokens[name]}"}
        end = time.monotonic() + PATIENCE
        while (one := Listener(server, headers, query)).status != status:
            one.close()
            assert time.monotonic() < end, one.status
        made.append(one)
        return one

    yield make
    for one in made:
        one.close()


def test_the_oldest_stream_of_a_person_gives_way(listen: Listen) -> None:
    """The first test: streams of others that are still to end would make room by the same rule."""
    first, second = listen("olive"), listen("olive")
    first.until_begun()
    second.until_begun()
    third = listen("olive")
    third.until_begun()
    first.until(lambda: first.ended)
    assert first.events[-1] == ("end", "full")
    assert not (second.ended or third.ended), (second.events, third.events)


def test_pages_are_served_while_all_streams_are_taken(
    server: LiveServer, listen: Listen, stage: Stage
) -> None:
    """The second test: only streams of hers may still be to end."""
    for name in ("olive", "carl", "sam") * EACH:
        listen(name).until_begun()
    full = listen("tara", status=503)
    assert full.answer.headers["Retry-After"] == "60"
    headers = {"Authorization": f"Bearer {stage.cast.tokens['tara']}"}
    for _ in range(6):
        assert httpx.get(f"{server.url}/today", headers=headers).status_code == 200


def test_a_change_is_told_to_whoever_holds_it_and_to_nobody_else(
    listen: Listen, stage: Stage
) -> None:
    olive = stage.program("olive")
    carl, sam, zed = listen("carl"), listen("sam"), listen("zed", "?every=1")
    seen = [one.until_begun() for one in (carl, sam, zed)]
    olive.new("account", name="Acme")
    olive.sync()
    carl.until_told("version", seen[0])
    told = [value for name, value in carl.events if name == "version"]
    assert int(told[-1]) == int(told[0]) + 1
    # They get signs of life only, which come later than the word did.
    for one, before in ((sam, seen[1]), (zed, seen[2])):
        one.until_told("beat", before)
        assert {name for name, _ in one.events[before:]} == {"beat"}


def test_it_is_told_within_a_second(listen: Listen, stage: Stage) -> None:
    """On either database: from the answer to whoever wrote to the word to whoever holds it. Other
    work on the machine may hold up one of them, but not most."""
    olive, carl = stage.program("olive"), listen("carl")
    carl.until_begun()
    took = []
    for n in range(5):
        olive.new("account", name=f"Acme {n}")
        ver = olive.sync()["ver"]
        began = time.monotonic()
        carl.until(lambda ver=ver: any(int(value) >= ver for name, value in carl.events  # type: ignore[misc]
                                       if name == "version"))  # fmt: skip
        took.append(time.monotonic() - began)
    assert sorted(took)[2] < 1, took


def test_who_wants_to_know_of_every_change_is_told_apart(listen: Listen, stage: Stage) -> None:
    olive, sam = stage.program("olive"), listen("sam", "?every=1")
    seen = sam.until_begun()
    olive.new("account", name="Acme")
    olive.sync()
    sam.until_told("other", seen)
    assert "version" not in [name for name, _ in sam.events[seen:]]


def test_a_person_who_is_shut_out_is_told_no_more(listen: Listen, stage: Stage) -> None:
    mona, ada = listen("mona"), listen("ada")
    mona.until_begun()
    ada.until_begun()
    with writing() as connection:
        connection.execute(delete(TOKEN).where(TOKEN.c.person == stage.cast["mona"]))
        disabled = update(LOGIN).where(LOGIN.c.person == stage.cast["ada"])
        connection.execute(disabled.values(disabled=True))
    for one in (mona, ada):
        one.until(lambda one=one: one.ended)  # type: ignore[misc]
        assert one.events[-1] == ("end", "signed_out")


def test_streams_end_with_the_server(server: LiveServer, listen: Listen) -> None:
    """All of them, and at once: of the 20 s that requests under way may take, they take none."""
    open_ = [listen(name) for name in ("olive", "carl", "sam") * EACH]
    for one in open_:
        one.until_begun()
    began = time.monotonic()
    server.stop()
    for one in open_:
        one.until(lambda one=one: one.ended)  # type: ignore[misc]
        assert one.events[-1] == ("end", "restart")
        assert one.ended_at - began < 2
    assert time.monotonic() - began < 10
    server.start()


def test_strangers_and_looks_at_the_head_take_no_stream(server: LiveServer, stage: Stage) -> None:
    assert httpx.get(f"{server.url}/live").status_code == 401
    headers = {"Authorization": f"Bearer {stage.cast.tokens['olive']}"}
    for _ in range(LIMIT + 1):
        answer = httpx.head(f"{server.url}/live", headers=headers)
        assert (answer.status_code, answer.headers["X-Accel-Buffering"]) == (200, "no")
