"""A device that knows PROTOCOL.md and nothing of the app."""

from __future__ import annotations

import json
from collections.abc import Callable
from copy import deepcopy
from typing import Any

from tests.support.device import Client, Op

from .network import Lost, Plan
from .script import Device
from .server import Answer

KEPT = ("name", "of", "carry", "http")
ENDLESS = 1_000  # requests
Carry = Callable[[str, bool, Plan], Answer]
Told = dict[str, Any]


class Program(Client):
    """Whatever it has is durable at once. `rejected` are the operations it knows were refused."""

    def __init__(self, name: str, of: Device, carry: Carry) -> None:
        super().__init__(None, "", name, of.page, of.skew)  # type: ignore[arg-type]
        self.name, self.of, self.carry = name, of, carry
        self.batch, self.lines = of.batch, of.lines
        self.rejected: list[str] = []
        self.ticket: str | None = None
        self.more: Told = {}  # further members of its requests: what it knows, what else it wants
        self.checksums: Told = {}
        self.names = 0

    def write(self, ops: list[Op], now: int) -> Told:
        ops = [{"base": self.rows[op["rec"]][1] if op["rec"] in self.rows else 0,
                "t": now + self.skew, **op} for op in ops]  # fmt: skip
        self.outbox += ops
        return {"done": True, "added": ops, "dropped": []}

    def sync(self, plan: Plan) -> Told:  # type: ignore[override]
        try:
            for _ in range(ENDLESS):
                if not self._exchange(plan) and not self.outbox:
                    return {"done": True}
        except (Lost, ValueError, KeyError) as fault:
            return {"fault": repr(fault)}
        return {"fault": "a pull without end"}

    def _exchange(self, plan: Plan) -> bool:
        ops = self._next()
        body = {"v": 1, "device": self.device, "cursor": self.cursor, "ops": ops,
                "have_more": len(ops) < len(self.outbox), "limit": self.limit,
                "ticket": self.ticket, **self.more}  # fmt: skip
        lines = self.lines and self.cursor is None
        answer = self.carry(json.dumps(body), lines, plan)
        if answer.status == 409:
            self.names += 1
            self.device = f"{self.name}-{self.names}"
            return True
        if answer.status not in (200, 426):
            raise Lost
        if "ndjson" in answer.kind:
            return self._take_lines(answer.body)
        told = json.loads(answer.body)
        self._hear(told)
        if answer.status == 426:
            raise Lost
        if not body["have_more"]:
            self.take(told)
            self.checksums = told.get("sums", self.checksums)
        return bool(told["more"])

    def _next(self) -> list[Op]:
        """Groups stay whole."""
        ops = self.outbox[: self.batch]
        for op in self.outbox[self.batch :]:
            if not op.get("g") or op["g"] != ops[-1].get("g"):
                break
            ops.append(op)
        return ops

    def _hear(self, told: Told) -> None:
        """What became of the operations; and what need not be told again, as it is large."""
        results = told["results"]
        self.ticket = told.get("ticket", self.ticket)
        if "manifest" in told:
            self.more["schema"] = told["manifest"]["version"]
        self.results |= {result[0]: result for result in results}
        self.outbox = [op for op in self.outbox if op["id"] not in self.results]
        self.rejected += [result[0] for result in results if result[1] == "rejected"]

    def _take_lines(self, text: str) -> bool:
        """What came before the last cursor is kept, should the rest be missing."""
        head, *lines = text.split("\n")
        page: Told = {"rows": [], "gone": [], "more": True}
        for line in [head, *lines[:-1]]:
            said = json.loads(line)
            if isinstance(said, list):
                page["rows"] += said
                continue
            page |= said | {"gone": page["gone"] + said.get("gone", [])}
            if "results" in said:
                self._hear(said)
            if "cursor" in said:
                self.take(page)
                page = {"rows": [], "gone": [], "more": page["more"]}
        if page["more"]:
            raise Lost
        return False

    def look(self) -> Told:
        held: dict[str, list[str]] = {}
        for id_, (kind, _, doc) in sorted(self.rows.items()):
            if kind != "conflict" or doc["open"]:
                held.setdefault(kind, []).append(id_)
        outbox = [[op["id"], None] for op in self.outbox]
        texts = {i: [doc["notes"], doc["tags"]]
                 for i, (kind, _, doc) in self.rows.items() if kind == "account"}  # fmt: skip
        return {"held": held, "cursor": self.cursor, "gen": self.resets, "outbox": outbox,
                "device": self.device,
                "problems": self.rejected, "shown": {}, "texts": texts}  # fmt: skip

    def dump(self) -> dict[str, dict[str, Any]]:
        """Every record held, by id."""
        return {i: {**doc, "id": i, "type": kind, "ver": ver}
                for i, (kind, ver, doc) in self.rows.items()}  # fmt: skip

    def clone(self, name: str) -> Program:
        """Another device with a copy of everything, the name that it sends included."""
        copy = Program(name, self.of, self.carry)
        copy.__dict__ |= deepcopy({k: v for k, v in self.__dict__.items() if k not in KEPT})
        return copy

    def wipe(self) -> None:
        self.__init__(self.name, self.of, self.carry)  # type: ignore[misc]
