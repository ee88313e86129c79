"""POST /sync at the server: pushes, pulls and empty rounds."""

from __future__ import annotations

import http.client
import json
import time
from typing import Any
from uuid import uuid4

from uuid_utils.compat import uuid7

from bench.data import Population
from bench.timing import Figure, show, timed
from tests.support.servers import LiveServer

EDITS, PULLED = 1_000, 100


def ask(connection: http.client.HTTPConnection, *request: Any) -> bytes:
    """The body of an answer; a connection that was closed while idle is opened again."""
    try:
        connection.request(*request)
        answer = connection.getresponse()
    except (BrokenPipeError, http.client.RemoteDisconnected):
        connection.close()
        connection.request(*request)
        answer = connection.getresponse()
    body = answer.read()
    if answer.status != 200:
        raise RuntimeError(f"{request[1]}: {answer.status} {body[:200]!r}")
    return body


class Device:
    """A program that syncs: it remembers its cursor."""

    def __init__(self, server: LiveServer, token: str) -> None:
        self.connection = http.client.HTTPConnection("localhost", server.port, timeout=120)
        self.headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        self.device = uuid4().hex
        self.cursor: Any = None
        self.schema: str | None = None
        self.me: str | None = None

    def become_another(self) -> None:
        """A device that holds the same."""
        self.device = uuid4().hex

    def push(self, ops: list[dict[str, Any]]) -> None:
        """Send operations, and ask for nothing; raises RuntimeError if one is refused."""
        found = self.round(ops, have_more=True)
        refused = [result for result in found["results"] if result[1] == "rejected"]
        if refused:
            raise RuntimeError(f"refused: {refused[0]}")

    def round(
        self, ops: list[dict[str, Any]] | None = None, have_more: bool = False
    ) -> dict[str, Any]:
        body = {"v": 1, "schema": self.schema, "me": self.me, "device": self.device,
                "cursor": self.cursor, "have_more": have_more, "ops": ops or []}  # fmt: skip
        text = ask(self.connection, "POST", "/sync", json.dumps(body), self.headers)
        found: dict[str, Any] = json.loads(text)
        self.cursor = found["cursor"]
        self.schema = found["manifest"]["version"] if "manifest" in found else self.schema
        self.me = found["me"]["hash"] if "me" in found else self.me
        return found

    def catch_up(self) -> int:
        rows, more = 0, True
        while more:
            answer = self.round()
            rows, more = rows + len(answer["rows"]), answer["more"]
        return rows


def edits(accounts: list[str], ver: int, mark: str) -> list[dict[str, Any]]:
    now = int(time.time() * 1000)
    return [
        {"id": str(uuid7()), "k": "set", "type": "account", "rec": rec, "f": "street",
         "v": f"{mark} {n}", "base": ver, "t": now}
        for n, rec in enumerate(accounts)
    ]  # fmt: skip


def measure(server: LiveServer, people: Population, times: int, engine: str) -> None:
    pusher, puller = (Device(server, people.seller_token) for _ in range(2))
    for device in (pusher, puller):
        device.catch_up()
    pushes, pulls = [], []
    for n in range(times):
        ops = edits(people.accounts[:EDITS], 2**40, f"push {n}")
        pushes.append(
            _ms(lambda o=ops: [pusher.round(o[i : i + 200]) for i in range(0, EDITS, 200)])
        )
        puller.catch_up()
        pusher.round(edits(people.accounts[:PULLED], 2**40, f"pull {n}"))
        pulls.append(_ms(puller.catch_up))
    empty = timed("empty round", puller.round, 40, 10)
    show(f"Sync, {len(people.accounts):,} accounts, {engine}", [
        Figure(f"push of {EDITS:,} edits", pushes, 600 if engine == "sqlite" else None),
        Figure(f"pull of {PULLED} changes", pulls, 50), empty,
    ])  # fmt: skip


def _ms(work: Any) -> float:
    started = time.perf_counter()
    work()
    return (time.perf_counter() - started) * 1000
