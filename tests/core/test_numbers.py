"""Autonumbers are given once, whoever takes them at the same moment."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from sqlalchemy import select

from server.core.config import ROOT
from server.core.db import reading
from server.core.registry import registry
from tests.people import Stage

PROCESSES, EACH, WIDE = 2, 30, 10
# One record at a time through the door, and every tenth time some through its wide wing.
TAKER = """
import sys
from uuid_utils.compat import uuid7
from server.app import create_app
from server.core import door
from server.core.bulk import bulk
from server.core.config import load
from server.core.db import writing
from server.core.permissions import Viewer
from server.core.rights import SERVER
url, data, person, each, wide = sys.argv[1:]
author = door.Author(Viewer(person, 1, SERVER), "web:taker", trusted=True)
with create_app(load({"DATABASE_URL": url, "KESHER_DATA": data})).app_context():
    print("ready", flush=True)
    sys.stdin.readline()
    for n in range(int(each)):
        op = {"id": str(uuid7()), "k": "new", "type": "account", "rec": str(uuid7()), "base": 0,
              "t": 0, "v": {"name": "Taker"}}
        assert door.write(author, [op])[0].status == "ok"
        if n % 10 == 0:
            rows = [("account", {"id": str(uuid7()), "name": "Taker"}) for _ in range(int(wide))]
            with writing() as connection:
                bulk(connection, 1, rows, person)
"""


def test_two_processes_never_take_the_same_number(
    fresh: Stage, database_url: str, tmp_path: Path
) -> None:
    command = [sys.executable, "-c", TAKER, database_url, str(tmp_path / "data")]
    command += [fresh.cast["olive"], str(EACH), str(WIDE)]
    takers = [
        subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                         stderr=subprocess.PIPE, text=True)
        for _ in range(PROCESSES)
    ]  # fmt: skip
    for taker in takers:
        assert taker.stdout and taker.stdout.readline() == "ready\n"
    errors = [taker.communicate("go\n", timeout=120)[1] for taker in takers]
    assert errors == [""] * PROCESSES
    account = registry["account"].table
    with reading() as connection:
        query = select(account.c.number).where(account.c.name == "Taker", account.c.org == 1)
        numbers = sorted(int(n.removeprefix("C-")) for n in connection.execute(query).scalars())
    taken = PROCESSES * (EACH + EACH // 10 * WIDE)
    assert numbers == list(range(numbers[0], numbers[0] + taken))
