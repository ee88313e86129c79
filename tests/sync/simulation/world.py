"""A run under way: the house, the devices, the network between them, and what was asked for."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from server.core.permissions import Viewer, held_keys
from server.core.rights import built_in
from server.sync.cursor import Cursor, unseal

from .house import House
from .network import Network, Plan, Request
from .phone import Node, Phone
from .program import Carry, Program
from .script import Device, Script
from .server import Answer, Server

Told = dict[str, Any]


class Broken(Exception):
    """A promise was not kept."""

    def __init__(self, number: int, text: str) -> None:
        super().__init__(f"invariant {number}: {text}")
        self.number = number


@dataclass
class Noted:
    """An operation that a device has kept durably. `fate`: queued, squashed, lost (with its
    database) or settled (a refusal that the person has seen and dealt with)."""

    op: Told
    machine: Machine
    fate: str = "queued"


@dataclass
class Machine:
    """A device in somebody's hands; `seen` is how it looked last."""

    index: int
    person: str
    device: Any  # Phone or Program
    seen: Told = field(default_factory=dict)
    reached: tuple[int, int] = (0, 0)  # resets, version
    cloned: bool = False
    copy: Machine | None = None  # does every other thing in its place

    @property
    def name(self) -> str:
        return str(self.device.name)


class World:
    def __init__(self, server: Server, node: Node, script: Script) -> None:
        self.server, self.node = server, node
        self.house = House(script.seed)
        server.begin(self.house.id)
        node.now = lambda: server.now
        self.network = Network(server, self.watch)
        self.noted: dict[str, Noted] = {}
        self.found: list[Broken] = []
        self.machines: list[Machine] = []
        self.tokens = 0
        self.only: int | None = None
        for of in script.devices:
            self.add(of)

    def add(self, of: Device) -> None:
        n = len(self.machines)
        name, carry = f"device-{n}", self.carrier(of)
        if of.kind == "phone":
            device: Any = Phone(self.node, name, self.house[of.person], of, carry).begin()
        else:
            device = Program(name, of, carry)
        self.machines.append(Machine(n, of.person, device))
        self.look(self.machines[-1])

    def carrier(self, of: Device) -> Carry:
        """How this device's requests get to the server."""

        def carry(body: str, lines: bool, plan: Plan) -> Answer:
            request = Request(of.person, self.house.tokens[of.person], body, lines)
            return self.network.carry(request, plan)

        return carry

    def close(self) -> None:
        for machine in self.machines:
            if isinstance(machine.device, Phone):
                machine.device.close()

    # --- what devices do

    def token(self) -> str:
        """A word that is in no other value of this run."""
        self.tokens += 1
        return f"x{self.tokens}y"

    def write(self, machine: Machine, ops: list[Told], **where: Any) -> None:
        if ops:
            ops = [{"id": self.house.id(), **op} for op in ops]
            self.note(machine, machine.device.write(ops, self.server.now, **where))

    def note(self, machine: Machine, told: Told) -> None:
        for op in told.get("added", []):
            self.noted[op["id"]] = Noted(op, machine)
        for id_ in told.get("dropped", []):
            if self.noted[id_].fate == "queued":
                self.noted[id_].fate = "squashed"
        for id_ in told.get("gone", []):
            self.noted[id_].fate = "settled"

    def look(self, machine: Machine) -> None:
        machine.seen = machine.device.look()

    def held(self, machine: Machine, kind: str, which: int) -> str | None:
        ids = machine.seen["held"].get(kind, [])
        return ids[which % len(ids)] if ids else None

    # --- what goes over the wire

    def cursor(self, person: str, sealed: Any) -> Cursor | None:
        with self.server.app.app_context():
            return unseal(Viewer(self.house[person], self.house.org, built_in()), sealed)

    def watch(self, request: Request, answer: Answer) -> None:
        from .promises import watch_cursor, watch_scope

        if answer.status != 200:
            return
        asked, told = json.loads(request.body), _parsed(answer)
        self.attempt(watch_scope, self, request, told)
        self.attempt(watch_cursor, self, request, asked, told)

    def attempt(self, promise: Any, *given: Any) -> None:
        """For where a device would take what is raised for a fault of the network."""
        try:
            promise(*given)
        except Broken as broken:
            self.found.append(broken)

    def answer_for(self) -> None:
        """Raises the first that was broken, of those that are looked at."""
        for broken in self.found:
            if self.only in (None, broken.number):
                raise broken

    def keys(self, person: str) -> frozenset[str]:
        return held_keys(self.house.viewer(person))


def _parsed(answer: Answer) -> Told:
    """A page or a whole first load: rows, the last cursor, and whether it began anew."""
    if "ndjson" not in answer.kind:
        page: Told = json.loads(answer.body)
        return page
    whole: Told = {"rows": [], "gone": []}
    for line in answer.body.splitlines():
        said = json.loads(line)
        if isinstance(said, list):
            whole["rows"] += said
        else:
            whole |= said | {"gone": whole["gone"] + said.get("gone", [])}
    return whole
