"""The servers of the peers, each in a process of its own."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bench.sync.watermelon import SPECS, fill
from server.core.config import ROOT
from tests.support.servers import free_port

FOLDER = ROOT / "bench" / "sync"
PATIENCE = 300  # seconds
Records = list[tuple[str, dict[str, Any]]]


@contextmanager
def pouch(data: Path, records: Records) -> Iterator[str]:
    """express-pouchdb on LevelDB."""
    port, rules = free_port(), {}
    for name, spec in SPECS.items():
        rules[name] = {"max": spec.max or 100_000, "values": sorted(spec.values) or None}
    files = {"records.json": records, "rules.json": rules}
    for name, content in files.items():
        (data / name).write_text(json.dumps(content))
    command = ["node", "--max-old-space-size=6144", "pouchserver.mjs", str(port), str(data)]
    command += [str(data / name) for name in files]
    with _running(command, FOLDER, port, {}) as origin:
        yield origin


@contextmanager
def watermelon(data: Path, records: Records) -> Iterator[str]:
    """Flask and SQLite behind gunicorn, with as many processes and threads as ours."""
    port, url = free_port(), f"sqlite:///{data}/watermelon.db"
    command = [sys.executable, "-m", "gunicorn", "--worker-class", "gthread", "--workers", "1"]
    command += ["--threads", "8", "--bind", f"127.0.0.1:{port}", "--log-level", "warning"]
    command += ["--no-control-socket", "bench.sync.watermelon:create_app()"]
    environ = {"PEER_DATABASE": url, "PEER_SESSION": fill(url, records)}
    with _running(command, ROOT, port, environ) as origin:
        yield origin


@contextmanager
def _running(command: list[str], home: Path, port: int, environ: dict[str, str]) -> Iterator[str]:
    origin = f"http://localhost:{port}"
    program = subprocess.Popen(command, cwd=home, env={**os.environ, **environ})
    try:
        _wait(program, port)
        yield origin
    finally:
        program.terminate()
        program.wait()


def _wait(program: subprocess.Popen[bytes], port: int) -> None:
    for _ in range(PATIENCE * 10):
        try:
            socket.create_connection(("localhost", port)).close()
            return
        except OSError:
            if program.poll() is not None:
                raise RuntimeError(f"the server at {port} did not start") from None
            time.sleep(0.1)
    raise RuntimeError(f"the server at {port} is silent")
