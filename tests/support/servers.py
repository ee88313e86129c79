"""The real program in processes of its own: served by gunicorn, with or without a job worker."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping
from pathlib import Path

from server.core.config import ROOT

PATIENCE = 60


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Program:
    """A process whose output is read as it comes, so that it can be waited for and shown."""

    def __init__(self, command: list[str], environ: Mapping[str, str], home: Path = ROOT) -> None:
        self.lines: list[str] = []
        self.process = subprocess.Popen(
            [sys.executable, "-m", *command],
            cwd=home,
            env={**os.environ, "PYTHONUNBUFFERED": "1", **environ},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        self._news = threading.Condition()
        self._ended = False
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    @property
    def output(self) -> str:
        return "".join(self.lines)

    def wait_for(self, words: str) -> None:
        """Wait until a line with these words was printed; RuntimeError if the program ends."""
        with self._news:
            self._news.wait_for(lambda: words in self.output or self._ended, PATIENCE)
        if words not in self.output:
            raise RuntimeError(f"never printed {words!r}:\n{self.output}")

    def stop(self) -> None:
        """End it as an administrator would."""
        self._end(self.process.terminate)

    def kill(self) -> None:
        """End it and its children as a power cut would."""
        self._end(lambda: os.killpg(self.process.pid, signal.SIGKILL))

    def _end(self, how: Callable[[], None]) -> None:
        if self.process.poll() is None:
            how()
        self.process.wait(PATIENCE)
        self._reader.join(PATIENCE)

    def _read(self) -> None:
        for line in self.process.stdout or ():
            with self._news:
                self.lines.append(line)
                self._news.notify_all()
        with self._news:
            self._ended = True
            self._news.notify_all()


class LiveServer:
    """The web server on one port and database; it can be stopped, killed and started again.

    `home` is the folder of the program; it may be changed while the server is down.
    """

    def __init__(self, database_url: str, data: Path, home: Path = ROOT, **environ: str) -> None:
        self.home = home
        self.port = free_port()
        self.url = f"http://localhost:{self.port}"
        self.environ = {
            "DATABASE_URL": database_url,
            "KESHER_DATA": str(data),
            "KESHER_PORT": str(self.port),
            "KESHER_WORKERS": "1",
            **environ,
        }
        self.web: Program | None = None
        self.worker: Program | None = None

    def start(self) -> None:
        self.web = Program(["gunicorn", "--config", "server/gunicorn.py"], self.environ, self.home)
        self.web.wait_for("Kesher is at")

    def start_worker(self) -> None:
        self.worker = Program(["server", "worker"], self.environ, self.home)

    def stop(self) -> None:
        for program in (self.web, self.worker):
            if program:
                program.stop()

    def kill(self) -> None:
        for program in (self.web, self.worker):
            if program:
                program.kill()
