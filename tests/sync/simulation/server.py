"""The real server in this process, with a clock, ids and mishaps that a script decides."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any
from unittest.mock import patch

from flask import Flask
from sqlalchemy.exc import OperationalError

from server.core import applying, clock, door, finishing, persisting, push
from server.core.batch import Batch
from server.core.operations import Operation
from server.sync import first, keyset
from tests.sync.gauge import registered

START = 1_790_000_000_000  # ms
BANG, BOOM = "BANG", "BOOM"  # values that make one operation, or the whole transaction, fail


class Killed(BaseException):
    """The process is gone: nobody gets to handle it."""


@dataclass(frozen=True)
class Answer:
    status: int
    kind: str
    body: str


class Server:
    """`ask` is one request as the network delivers it; `mishap` befalls the next one."""

    def __init__(self, app: Flask) -> None:
        self.app, self.http = app, app.test_client()
        self.begin(lambda: "")

    def begin(self, new_id: Callable[[], str]) -> None:
        """Forget the last run; `new_id` gives the ids that the server makes."""
        self.now, self.shape, self.mishap, self.new_id = START, "", "", new_id

    def time_ns(self) -> int:
        """Every look at the clock takes a millisecond, so that no two moments are the same."""
        self.now += 1
        return self.now * 1_000_000

    def ask(self, token: str, body: str, lines: bool = False) -> Answer | None:
        """None if the server died over it."""
        headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        if lines:
            headers["Accept"] = "application/x-ndjson, application/json"
        with self.app.app_context():
            try:
                answer = self.http.post("/sync", data=body, headers=headers)
            except Killed:
                return None
            finally:
                self.mishap = ""
            return Answer(answer.status_code, answer.mimetype or "", answer.text)


@contextmanager
def opened(app: Flask) -> Iterator[Server]:
    """A Server, while this lasts; needs an app context on an empty database."""
    server = Server(app)
    with ExitStack() as stack:
        stack.enter_context(registered())
        for place, name, value in _switches(server):
            stack.enter_context(patch.object(place, name, value))
        yield server


def _switches(server: Server) -> list[tuple[Any, str, Any]]:
    shape, apply, search = keyset.shape, push.apply, persisting.Indexer.search
    run, save = push.Push.run, push.save

    def poisoned(batch: Batch, op: Operation) -> Any:
        if BANG in op.body:
            raise ZeroDivisionError(BANG)
        return apply(batch, op)

    def fatal(self: Any, entity: Any, doc: Any) -> str:
        if BOOM in json.dumps(doc):
            raise ZeroDivisionError(BOOM)
        return search(self, entity, doc)

    def busy(self: Any, raw_ops: list[Any]) -> Any:
        if server.mishap == "busy":
            raise OperationalError("", {}, Exception("database is locked"))
        return run(self, raw_ops)

    def mortal(*given: Any) -> None:
        save(*given)
        if server.mishap == "killed_before":
            raise Killed
        if server.mishap == "deadlock":
            raise OperationalError("", {}, Exception("deadlock detected"))

    return [
        (clock, "time", server), (applying, "uuid7", lambda: server.new_id()),
        (finishing, "uuid7", lambda: server.new_id()),
        (keyset, "shape", lambda: shape() + server.shape), (push, "apply", poisoned),
        (persisting.Indexer, "search", fatal), (push.Push, "run", busy), (push, "save", mortal),
        (door.log, "disabled", True), (push.log, "disabled", True),
        (first, "LINE", 3), (first, "RESUMABLE", 2),
    ]  # fmt: skip
