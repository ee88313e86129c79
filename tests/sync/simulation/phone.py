"""The real client code, in one Node process for all phones of all runs."""

from __future__ import annotations

import json
import os
import select
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pwa.compiler.node import node_path

from .network import Lost, Plan
from .script import Device
from .server import Answer

HERE = Path(__file__).parent
PATIENCE = 120  # seconds
TYPES = ["account", "activity", "branch", "change", "conflict", "contact", "gauge", "notice",
         "person", "role", "task", "team"]  # fmt: skip
Told = dict[str, Any]
Carry = Callable[[str, bool, Plan], Answer]


class Node:
    """`call` gives a command and answers what the phones ask meanwhile, until it is done."""

    def __init__(self) -> None:
        self.process = subprocess.Popen(
            [node_path(), "phones.mjs"], cwd=HERE, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        self.phones: dict[str, Phone] = {}
        self.calls, self.rest = 0, b""
        self.told: dict[int, Told] = {}
        self.now: Callable[[], int] = lambda: 0

    def call(self, deed: str, phone: str, **given: Any) -> Told:
        self.calls += 1
        n = self.calls
        self._say({"n": n, "deed": deed, "phone": phone, "now": self.now(), **given})
        while n not in self.told:
            message = json.loads(self._line())
            if "ask" in message:
                self._answer(message)
            else:
                self.told[message["n"]] = message
        message = self.told.pop(n)
        if "broken" in message:
            raise RuntimeError(message["broken"] + message["cause"])
        return message["told"] or {}

    def _answer(self, message: Told) -> None:
        phone = self.phones[message["phone"]]
        try:
            answer = phone.asked(message["tab"], message["body"], message["lines"])
            said = {"status": answer.status, "kind": answer.kind, "body": answer.body}
        except Lost:
            said = {"status": 0}
        self._say({"answer": message["ask"], "now": self.now(), **said})

    def _say(self, message: Told) -> None:
        assert self.process.stdin
        self.process.stdin.write(json.dumps(message).encode() + b"\n")
        self.process.stdin.flush()

    def _line(self) -> bytes:
        assert self.process.stdout
        while b"\n" not in self.rest:
            if not select.select([self.process.stdout], [], [], PATIENCE)[0]:
                raise RuntimeError("the phones stand still")
            some = os.read(self.process.stdout.fileno(), 1 << 20)
            if not some:
                raise RuntimeError("the phones are gone")
            self.rest += some
        line, _, self.rest = self.rest.partition(b"\n")
        return line

    def stop(self) -> None:
        assert self.process.stdin
        self.process.stdin.close()
        self.process.wait(PATIENCE)


class Phone:
    """One phone. `plans` are what befalls the rounds of its tabs."""

    def __init__(self, node: Node, name: str, person: str, of: Device, carry: Carry) -> None:
        self.node, self.name, self.of, self.carry = node, name, of, carry
        self.key = f"{name}@{person}"
        self.plans: dict[int, Plan] = {}
        node.phones[self.key] = self
        self.facts: Told = {"person": person, "device": name, "skew": of.skew, "batch": of.batch,
                      "lines": of.lines, "types": TYPES}  # fmt: skip

    def begin(self) -> Phone:
        self.do("open", **self.facts)
        return self

    def do(self, deed: str, **given: Any) -> Told:
        return self.node.call(deed, self.key, **given)

    def asked(self, tab: int, body: str, lines: bool) -> Answer:
        request = json.loads(body) | {"limit": self.of.page}
        return self.carry(json.dumps(request), lines, self.plans.get(tab, Plan()))

    def write(self, ops: list[Told], now: int, tab: int = 0) -> Told:
        return self.do("write", ops=ops, tab=tab)

    def sync(self, plan: Plan, tab: int = 0) -> Told:
        self.plans[tab] = plan
        try:
            return self.do("sync", tab=tab)
        finally:
            del self.plans[tab]

    def look(self) -> Told:
        return self.do("look")

    def dump(self) -> dict[str, Told]:
        return {row["id"]: row for row in self.do("dump")["rows"]}

    def wipe(self) -> None:
        self.do("wipe")

    def clone(self, name: str) -> Phone:
        """Another phone with a copy of everything, the device's name included."""
        copy = Phone(self.node, name, self.facts["person"], self.of, self.carry)
        self.do("clone", into=copy.key)
        return copy

    def close(self) -> None:
        self.do("close")
        del self.node.phones[self.key]
