"""The server of a test, what its database holds, and colleagues who write to it."""

from __future__ import annotations

import json
import shutil
import sqlite3
import time
from base64 import b64encode
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
from uuid_utils.compat import uuid7

from tests.support.servers import LiveServer

from .house import Demo

Doc = dict[str, Any]


class Office:
    def __init__(self, demo: Demo, home: Path, folder: Path) -> None:
        self.demo = demo
        self.file = folder / "office.db"
        shutil.copy(demo.file, self.file)
        self.server = LiveServer(f"sqlite:///{self.file}", folder / "data", home)
        self.url = self.server.url

    # The server

    def start(self) -> None:
        self.server.start()

    def stop(self) -> None:
        """At once: what a test proves must not depend on a tidy end."""
        self.server.kill()

    # Its database

    def rows(self, query: str, *values: Any) -> list[Any]:
        with sqlite3.connect(self.file, timeout=30) as connection:
            return connection.execute(query, values).fetchall()

    def execute(self, statement: str, *values: Any) -> None:
        with sqlite3.connect(self.file, timeout=30) as connection:
            connection.execute(statement, values)

    def record(self, type_: str, id_: str) -> Doc | None:
        found = self.rows(f"SELECT doc FROM {type_} WHERE id = ?", id_)
        return json.loads(found[0][0]) if found else None

    def records(self, type_: str, where: str = "1", *values: Any) -> list[Doc]:
        """Records of the demo's organisation, with id and ver, in the order of making."""
        query = f"SELECT id, ver, doc FROM {type_} WHERE org = 1 AND ({where}) ORDER BY n"
        return [{**json.loads(doc), "id": i, "ver": v} for i, v, doc in self.rows(query, *values)]

    def accounts_of(self, name: str) -> list[Doc]:
        return self.records("account", "owner = ? AND NOT deleted", self.demo.people[name])

    # Colleagues

    def as_(self, name: str) -> Colleague:
        return Colleague(self, name)


class Colleague:
    """Somebody at another device, who speaks the protocol."""

    def __init__(self, office: Office, name: str) -> None:
        self.office = office
        self.device = str(uuid4())
        self.headers = {"Authorization": f"Bearer {office.demo.tokens[name]}"}

    def sync(self, *ops: Doc) -> list[list[Any]]:
        body = {"v": 1, "device": self.device, "cursor": None, "ops": ops, "have_more": True}
        answer = httpx.post(f"{self.office.url}/sync", json=body, headers=self.headers, timeout=60)
        answer.raise_for_status()
        results: list[list[Any]] = answer.json()["results"]
        return results

    def set(self, record: Doc, type_: str, **values: Any) -> list[list[Any]]:
        """Change fields, having seen `record` as it was given."""
        return self.sync(*(self._op("set", type_, record, f=f, v=v) for f, v in values.items()))

    def make(self, type_: str, **values: Any) -> str:
        return self.make_many(type_, [values])[0]

    def make_many(self, type_: str, some: list[Doc]) -> list[str]:
        made = {str(uuid7()): values for values in some}
        new = (self._op("new", type_, {"id": i, "ver": 0}, v=v) for i, v in made.items())
        self.sync(*new)
        return [*made]

    def _op(self, kind: str, type_: str, record: Doc, **more: Any) -> Doc:
        return {"id": str(uuid7()), "k": kind, "type": type_, "rec": record["id"],
                "base": record["ver"], "t": int(time.time() * 1000), **more}  # fmt: skip

    def upload(self, id_: str, content: bytes) -> None:
        """Send the bytes of a file whose record is there."""
        url, name = f"{self.office.url}/files/uploads", b64encode(id_.encode()).decode()
        headers = self.headers | {"Tus-Resumable": "1.0.0"}
        about = {"Upload-Length": str(len(content)), "Upload-Metadata": f"file {name}"}
        httpx.post(f"{url}/", headers=headers | about).raise_for_status()
        piece = {"Upload-Offset": "0", "Content-Type": "application/offset+octet-stream"}
        answer = httpx.patch(f"{url}/{id_}", content=content, headers=headers | piece, timeout=60)
        answer.raise_for_status()
