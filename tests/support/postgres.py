"""A PostgreSQL of our own in a temporary folder, reached by a socket there and by nobody else."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from pathlib import Path

import psycopg

DURABLE = {"listen_addresses": "", "max_connections": "200"}
HASTY = DURABLE | {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off"}


def programs() -> Path | None:
    """The folder of the newest PostgreSQL's programs; None if there is none."""
    found = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    return max((path.parent for path in found), key=lambda p: int(p.parent.name), default=None)


class PostgresCluster:
    """`start()` it, `create()` and `drop()` databases in it, `stop()` it."""

    def __init__(self, settings: dict[str, str] = HASTY) -> None:
        self.settings = settings
        folder = programs()
        if folder is None:
            raise RuntimeError("PostgreSQL is missing: ./run test installs it, or says how")
        self.programs = folder
        # Its socket's whole path must stay below 108 bytes: not in pytest's deep folders.
        self.folder = Path(tempfile.mkdtemp(prefix="kesher-pg-"))
        # PostgreSQL refuses to run as root.
        self.become = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        if self.become:
            shutil.chown(self.folder, pwd.getpwnam("postgres").pw_uid)

    def start(self) -> None:
        # pg_trgm needs a UTF-8 ctype; C collation is the code-point order that we sort by.
        encoding = ["--encoding=UTF8", "--locale=C.UTF-8"]
        self._run("initdb", "--username=kesher", "--auth=trust", "--no-sync", *encoding)
        settings = " ".join(f"-c {name}={value!r}" for name, value in self.settings.items())
        options = f"-k {self.folder} {settings}"
        self._run("pg_ctl", "start", "--wait", f"--options={options}", f"--log={self.folder}/log")

    def stop(self) -> None:
        self._run("pg_ctl", "stop", "--wait", "--mode=immediate")
        shutil.rmtree(self.folder, ignore_errors=True)

    def url(self, name: str) -> str:
        return f"postgresql+psycopg://kesher@/{name}?host={self.folder}"

    def create(self, name: str, template: str | None = None) -> str:
        """A new database, a copy of `template`; its URL."""
        self._execute(f'CREATE DATABASE "{name}" TEMPLATE "{template or "template0"}"')
        return self.url(name)

    def drop(self, name: str) -> None:
        self._execute(f'DROP DATABASE "{name}" WITH (FORCE)')

    def _execute(self, statement: str) -> None:
        place = f"host={self.folder} user=kesher dbname=postgres"
        with psycopg.connect(place, autocommit=True) as connection:
            connection.execute(statement.encode())

    def _run(self, program: str, *options: str) -> None:
        command = [*self.become, str(self.programs / program), f"--pgdata={self.folder}/data"]
        # No pipes: the server would inherit them, and waiting for their end would never end.
        with (self.folder / f"{program}.out").open("w+") as out:
            done = subprocess.run([*command, *options], stdout=out, stderr=out, cwd=self.folder)
            if done.returncode:
                out.seek(0)
                raise RuntimeError(f"{program}: {out.read()}")
