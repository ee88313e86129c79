"""`serve` as an administrator meets it: it starts, answers, and ends without leaving anything."""

from __future__ import annotations

import os
import signal
import socket
import subprocess

import httpx
import pytest

from tests.support.servers import Program, free_port


class Served(Program):
    port = 0


@pytest.fixture
def served(tmp_path):
    port = free_port()
    environ = {"KESHER_DATA": str(tmp_path / "data"), "KESHER_WORKERS": "1"}
    program = Served(["server", "serve", "--port", str(port)], environ)
    program.wait_for("Kesher is at")
    program.port = port
    yield program
    # First, while they are its children: whoever is left holds what it prints open.
    for child in children(program.process.pid):
        os.kill(child, signal.SIGKILL)
    program.kill()


def children(pid: int) -> list[int]:
    listed = subprocess.run(
        ["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True
    )
    return [int(word) for word in listed.stdout.split()]


def test_it_answers(served, tmp_path):
    assert httpx.get(f"http://localhost:{served.port}/healthz").status_code == 200
    kept = {path.name for path in (tmp_path / "data").iterdir()}
    assert {"kesher.db", "secret_key", "push_private.pem", "push_public.pem"} <= kept


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_all_of_it(served, number):
    started = children(served.process.pid)
    assert len(started) == 2
    served.process.send_signal(number)
    assert served.process.wait(60) == 0
    assert not any(alive(pid) for pid in started)
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", served.port)) != 0


def test_when_one_part_dies_the_other_ends_too(served):
    started = children(served.process.pid)
    os.kill(started[1], signal.SIGKILL)
    assert served.process.wait(60) != 0
    assert not any(alive(pid) for pid in started)


def test_a_port_in_use_is_named(served, tmp_path):
    environ = {"KESHER_DATA": str(tmp_path / "other")}
    second = Program(["server", "serve", "--port", str(served.port)], environ)
    assert second.process.wait(60) == 1
    second.stop()
    assert second.output == f"Port {served.port} is in use: choose another with --port.\n"


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
