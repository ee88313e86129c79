"""A file of the largest size: into the server in pieces with a break in between, and out again."""

from __future__ import annotations

import base64
import hashlib
import http.client
import random
import time
from collections.abc import Iterator
from pathlib import Path

from uuid_utils import uuid7

from bench.data import Population
from bench.syncing import Device
from tests.support.servers import LiveServer

MEGABYTE = 1024 * 1024
PIECE = 16 * MEGABYTE
PATIENCE = 300  # seconds


def measure(server: LiveServer, people: Population, megabytes: int) -> None:
    size, digest = megabytes * MEGABYTE, hashlib.sha256()
    for piece in _pieces(size):
        digest.update(piece)
    server.start_worker()  # makes one of the pieces
    sender = Sender(server, people.seller_token)
    began = time.perf_counter()
    id_ = sender.record(people.accounts[0], size, digest.hexdigest())
    sender.send(id_, size, until=size // 2)
    sender.connection.close()  # the break
    sender.send(id_, size, until=size)
    sent = time.perf_counter()
    sender.wait_for(id_)
    there = time.perf_counter()
    if sender.fetched(id_) != digest.hexdigest():
        raise RuntimeError("it came back as another one")
    got = time.perf_counter()
    print(f"\nA file of {megabytes:,} MB{'':20}{'s':>9}{'MB/s':>9}")
    steps = {"in, broken off halfway": sent - began, "one of the pieces": there - sent}
    for what, seconds in (steps | {"out again": got - there}).items():
        print(f"{what:36}{seconds:9.1f}{megabytes / seconds:9.0f}")
    print(f"{'most memory of a process, MB':36}{_memory(server):9.0f}", flush=True)


def _pieces(size: int, start: int = 0) -> Iterator[bytes]:
    """The same bytes each time, none of them like others."""
    for at in range(start, size, PIECE):
        yield random.Random(at).randbytes(min(PIECE, size - at))  # noqa: S311


class Sender:
    """A program that sends files as tus has it."""

    def __init__(self, server: LiveServer, token: str) -> None:
        self.device = Device(server, token)
        self.connection = http.client.HTTPConnection("localhost", server.port, timeout=PATIENCE)
        self.headers = {"Authorization": f"Bearer {token}", "Tus-Resumable": "1.0.0"}

    def record(self, account: str, size: int, sha256: str) -> str:
        id_, now = str(uuid7()), int(time.time() * 1000)
        said = {"name": "Film.bin", "of": "account", "rec": account, "size": size, "sha256": sha256}
        op = {"id": str(uuid7()), "k": "new", "type": "file", "rec": id_, "base": 0, "t": now}
        self.device.push([op | {"v": said}])
        told = f"file {base64.b64encode(id_.encode()).decode()}"
        more = {"Upload-Length": str(size), "Upload-Metadata": told}
        self._ask("POST", "/files/uploads/", b"", more, 201)
        return id_

    def send(self, id_: str, size: int, until: int) -> None:
        """From where it stopped."""
        path = f"/files/uploads/{id_}"
        at = int(self._ask("HEAD", path, b"", {}, 200).headers["Upload-Offset"])
        for piece in _pieces(size, at):
            if at >= until:
                return
            told = {"Upload-Offset": str(at), "Content-Type": "application/offset+octet-stream"}
            self.connection.close()  # one that has rested while the piece was made may be shut
            self._ask("PATCH", path, piece, told, 204)
            at += len(piece)

    def wait_for(self, id_: str) -> None:
        """Until the pieces are one."""
        end = time.monotonic() + PATIENCE
        while (answer := self._original(id_, Range="bytes=0-0")).status != 206:
            if time.monotonic() > end:
                raise RuntimeError(f"it is not given out: {answer.status}")
            answer.read()
            time.sleep(0.1)
        answer.read()

    def _original(self, id_: str, **more: str) -> http.client.HTTPResponse:
        self.connection.request("GET", f"/files/{id_}/original", headers=self.headers | more)
        return self.connection.getresponse()

    def fetched(self, id_: str) -> str:
        """The checksum of what is given out."""
        answer, digest = self._original(id_), hashlib.sha256()
        while some := answer.read(MEGABYTE):
            digest.update(some)
        return digest.hexdigest()

    def _ask(
        self, method: str, path: str, body: bytes, headers: dict[str, str], status: int
    ) -> http.client.HTTPResponse:
        self.connection.request(method, path, body, self.headers | headers)
        answer = self.connection.getresponse()
        said = answer.read()
        if answer.status != status:
            raise RuntimeError(f"{method} {path}: {answer.status} {said[:200]!r}")
        return answer


def _memory(server: LiveServer) -> float:
    """The most that one of the server's processes has held at once, in MB."""
    pids = [program.process.pid for program in (server.web, server.worker) if program]
    pids += [int(one) for pid in pids for one in _proc(pid, f"task/{pid}/children").split()]
    lines = [line for pid in pids for line in _proc(pid, "status").splitlines()]
    return max(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024


def _proc(pid: int, name: str) -> str:
    return Path(f"/proc/{pid}/{name}").read_text()
