"""A client in Python, as PROTOCOL.md describes one: rows, a cursor and an outbox."""

from __future__ import annotations

import json
from typing import Any

from flask.testing import FlaskClient
from uuid_utils.compat import uuid7

from server.core.clock import now_ms
from server.sync.sums import checksum

Op = dict[str, Any]


class Client:
    """One device of one person. `limit` is the size of its pages."""

    def __init__(
        self, http: FlaskClient, token: str, device: str, limit: int = 2000, skew: int = 0
    ) -> None:
        self.http, self.token, self.device, self.limit, self.skew = http, token, device, limit, skew
        self.rows: dict[str, tuple[str, int, dict[str, Any]]] = {}
        self.cursor: Any = None
        self.outbox: list[Op] = []
        self.results: dict[str, list[Any]] = {}
        self.seen: set[str] | None = None
        self.resets = 0
        self.schema = ""

    # --- writing

    def op(self, k: str, kind: str, rec: str, **more: Any) -> Op:
        """Queue an operation; its base is the version held."""
        base = self.rows[rec][1] if rec in self.rows else 0
        op = {"id": str(uuid7()), "k": k, "type": kind, "rec": rec, "base": base,
              "t": now_ms() + self.skew, **more}  # fmt: skip
        self.outbox.append(op)
        return op

    def new(self, kind: str, /, **values: Any) -> str:
        rec = str(uuid7())
        self.op("new", kind, rec, v=values)
        return rec

    def set(self, kind: str, rec: str, f: str, v: Any) -> Op:
        return self.op("set", kind, rec, f=f, v=v)

    # --- the wire

    def post(self, **body: Any) -> Any:
        """One request; the parsed answer, whatever its status."""
        request = {"v": 1, "device": self.device, "cursor": self.cursor, "ops": [], **body}
        return self.send(json.dumps(request))

    def send(self, body: bytes | str, **headers: str) -> Any:
        """In an app context of its own: within the test's, `g` would outlive the request."""
        with self.http.application.app_context():
            return self.http.post("/sync", data=body, headers=self.headers() | headers)

    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}

    def round(self, **body: Any) -> dict[str, Any]:
        """Send the outbox and take one page."""
        ops = self.outbox
        response = self.post(ops=ops, limit=self.limit, **{"schema": self.schema} | body)
        assert response.status_code == 200, response.text
        answer: dict[str, Any] = response.json
        assert len(answer["results"]) == len(ops)
        self.schema = answer.get("manifest", {}).get("version", self.schema)
        self.results |= {result[0]: result for result in answer["results"]}
        self.outbox = self.outbox[len(ops) :]
        self.take(answer)
        return answer

    def sync(self, **body: Any) -> dict[str, Any]:
        """Rounds until there is nothing more."""
        answer = self.round(**body)
        for _ in range(10_000):
            if not answer["more"]:
                return answer
            answer = self.round(**body)
        raise AssertionError("a pull without end")

    def take(self, answer: dict[str, Any]) -> None:
        if answer.get("reset"):
            self.seen, self.resets = set(), self.resets + 1
        for id_, kind, ver, doc in answer["rows"]:
            if id_ not in self.rows or ver >= self.rows[id_][1] or answer.get("reset"):
                self.rows[id_] = (kind, ver, doc)
            if self.seen is not None:
                self.seen.add(id_)
        for id_ in answer["gone"]:
            self.rows.pop(id_, None)
        if self.seen is not None and not answer["more"]:
            self.rows = {i: row for i, row in self.rows.items() if i in self.seen}
            self.seen = None
        self.cursor = answer["cursor"]

    # --- looking

    def doc(self, rec: str) -> dict[str, Any]:
        return self.rows[rec][2]

    def status(self, op: Op) -> list[Any]:
        """[status, code?, field?] of an operation that was sent."""
        result = self.results[op["id"]]
        return [result[1], *result[3:]]

    def all(self, kind: str) -> list[dict[str, Any]]:
        return [doc for type_, _, doc in self.rows.values() if type_ == kind]

    def sums(self) -> dict[str, list[int]]:
        kinds = {kind for kind, _, _ in self.rows.values()}
        return {
            kind: checksum((i, ver) for i, (type_, ver, _) in self.rows.items() if type_ == kind)
            for kind in kinds
        }
