"""A receiver of webhooks at this machine, named among those inside that may be."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from server.core.config import Settings, load
from tests.people import Browser, Stage
from tests.support.due import work_off


@dataclass
class Sink:
    """`answers` are given in turn, the last one for ever: (status, headers, body)."""

    got: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    answers: list[tuple[int, dict[str, str], bytes]] = field(
        default_factory=lambda: [(204, {}, b"")]
    )

    def start(self) -> None:
        sink = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                sink.got.append(({n.title(): v for n, v in self.headers.items()}, body))
                more = len(sink.answers) > 1
                status, headers, text = sink.answers.pop(0) if more else sink.answers[0]
                self.send_response(status)
                for name, value in {**headers, "Content-Length": str(len(text))}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(text)

            def log_message(self, *_: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.origin = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def stop(self) -> None:
        self.server.shutdown()
        self.server.server_close()

    @property
    def events(self) -> list[dict[str, Any]]:
        return [json.loads(body) for _, body in self.got]


@pytest.fixture
def sink() -> Iterator[Sink]:
    sink = Sink()
    sink.start()
    yield sink
    sink.stop()


@pytest.fixture
def settings(database_url: str, tmp_path: Path, sink: Sink) -> Settings:
    return load({
        "DATABASE_URL": database_url, "KESHER_DATA": str(tmp_path / "data"),
        "KESHER_WEBHOOKS_INSIDE": sink.origin,
    })  # fmt: skip


class Hooks:
    """Ada's webhooks, by her browser; what is due is worked off as a worker does."""

    def __init__(self, stage: Stage, sink: Sink) -> None:
        self.stage, self.sink = stage, sink
        self.ada: Browser = stage.browser("ada")

    def make(self, path: str = "/hook", **fields: Any) -> str:
        form = {"name": "ERP", "url": self.sink.origin + path, **fields}
        answer = self.ada.post("/webhooks/", **form)
        assert answer.status_code == 303, answer.text
        return answer.location.rpartition("/")[2]

    def page(self, hook: str) -> str:
        return self.ada.get(f"/webhooks/{hook}").text

    def work(self, after: float = 0) -> list[dict[str, Any]]:
        """Carry out what is due in so many seconds; the events that came of it."""
        before = len(self.sink.got)
        work_off(after + 1)
        return self.sink.events[before:]


@pytest.fixture
def hooks(fresh: Stage, sink: Sink) -> Hooks:
    return Hooks(fresh, sink)
