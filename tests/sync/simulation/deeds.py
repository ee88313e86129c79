"""What people do on their devices: each deed gives operations, or none if there is nothing to
do it to. `a` and `b` choose."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .house import TEAM_NAMES
from .script import PEOPLE
from .server import BANG, BOOM
from .world import Machine, World

Ops = list[dict[str, Any]]


def op(k: str, kind: str, rec: str, **more: Any) -> dict[str, Any]:
    return {"k": k, "type": kind, "rec": rec, **more}


def account(world: World, machine: Machine, a: int, b: int) -> Ops:
    values = {"name": f"Account {world.token()}", "notes": "a\nb\nc\nd"}
    return [op("new", "account", world.house.shuffled_id(), v=values)]


def contact(world: World, machine: Machine, a: int, b: int) -> Ops:
    file = world.held(machine, "account", a)
    values = {"name": f"Contact {world.token()}", "account": file}
    return [op("new", "contact", world.house.shuffled_id(), v=values)] if file else []


def task(world: World, machine: Machine, a: int, b: int) -> Ops:
    values = {"title": f"Task {world.token()}", "assignee": world.house[PEOPLE[b % 5]]}
    file = world.held(machine, "account", a)
    values |= {"account": file} if file and a % 5 else {}
    return [op("new", "task", world.house.shuffled_id(), v=values)]


def gauge(world: World, machine: Machine, a: int, b: int) -> Ops:
    values = {"name": f"Gauge {world.token()}", "stock": a % 9}
    return [op("new", "gauge", world.house.shuffled_id(), v=values)]


def city(world: World, machine: Machine, a: int, b: int) -> Ops:
    rec = world.held(machine, "account", a)
    return [op("set", "account", rec, f="city", v=f"City {world.token()}")] if rec else []


def notes(world: World, machine: Machine, a: int, b: int) -> Ops:
    rec = world.held(machine, "account", a)
    if not rec:
        return []
    lines = (machine.seen["texts"][rec][0] or "a").split("\n")
    lines[b % len(lines)] = f"line {world.token()}"
    return [op("set", "account", rec, f="notes", v="\n".join(lines))]


def tag(world: World, machine: Machine, a: int, b: int) -> Ops:
    rec = world.held(machine, "account", a)
    return [op("add", "account", rec, f="tags", v=world.token())] if rec else []


def untag(world: World, machine: Machine, a: int, b: int) -> Ops:
    rec = world.held(machine, "account", a)
    tags = machine.seen["texts"][rec][1] if rec else []
    return [op("rem", "account", rec or "", f="tags", v=tags[b % len(tags)])] if tags else []


def inc(world: World, machine: Machine, a: int, b: int) -> Ops:
    rec = world.held(machine, "gauge", a)
    return [op("inc", "gauge", rec, f="stock", d=b % 9 - 3)] if rec else []


def assign(world: World, machine: Machine, a: int, b: int) -> Ops:
    rec, who = world.held(machine, "task", a), world.house[PEOPLE[b % 5]]
    return [op("do", "task", rec, f="hand_over", v={"assignee": who})] if rec else []


def done(world: World, machine: Machine, a: int, b: int) -> Ops:
    rec = world.held(machine, "task", a)
    return [op("do", "task", rec, f="complete")] if rec else []


def reopen(world: World, machine: Machine, a: int, b: int) -> Ops:
    rec, state = world.held(machine, "task", a), ("open", "in_progress", "cancelled")[b % 3]
    return [op("set", "task", rec, f="status", v=state)] if rec else []


def owner(world: World, machine: Machine, a: int, b: int) -> Ops:
    rec, who = world.held(machine, "account", a), world.house[PEOPLE[b % 5]]
    return [op("set", "account", rec, f="owner", v=who)] if rec else []


def team(world: World, machine: Machine, a: int, b: int) -> Ops:
    rec = world.held(machine, "account", a)
    value = world.house[TEAM_NAMES[b % 3]] if b % 7 else None
    return [op("set", "account", rec, f="team", v=value)] if rec else []


def delete(world: World, machine: Machine, a: int, b: int) -> Ops:
    kind = ("account", "contact", "task")[b % 3]
    rec = world.held(machine, kind, a)
    return [op("del", kind, rec)] if rec else []


def restore(world: World, machine: Machine, a: int, b: int) -> Ops:
    kind = ("account", "contact", "task")[b % 3]
    rec = world.held(machine, kind, a)
    return [op("set", kind, rec, f="deleted", v=False)] if rec else []


def settle(world: World, machine: Machine, a: int, b: int) -> Ops:
    rec = world.held(machine, "conflict", a)
    return [op("set", "conflict", rec, f="open", v=False)] if rec else []


def group(world: World, machine: Machine, a: int, b: int) -> Ops:
    """All or nothing; every other time the last one can't be taken."""
    ops = city(world, machine, a, b) + inc(world, machine, b, a) + tag(world, machine, b, a)
    last = poison if b % 2 else city
    ops += last(world, machine, a + b, a // 2)
    name = f"group {world.token()}"
    return [one | {"g": name} for one in ops]


def poison(world: World, machine: Machine, a: int, b: int) -> Ops:
    rec = world.held(machine, "account", a)
    if not rec:
        return []
    token = world.token()
    return [[
        op("set", "account", rec, f="city", v=token + "z" * 200),
        op("set", "account", rec, f="city", v=f"{BANG} {token}"),
        op("set", "account", rec, f="city", v=f"{BOOM} {token}"),
        op("set", "account", rec, f="number", v=token),
        op("set", "account", rec, f="nothing", v=token),
        op("set", "account", rec, f="email", v=token),
        op("set", "account", rec, f="owner", v=world.house.id()),
        op("inc", "account", rec, f="city", d=1),
        op("do", "account", rec, f="explode", v=token),
    ][b % 9]]  # fmt: skip


def orphan(world: World, machine: Machine, a: int, b: int) -> Ops:
    """Everything hangs on a record that will be refused."""
    file, child = world.house.shuffled_id(), world.house.shuffled_id()
    values = {"name": f"Never {world.token()}", "email": "nonsense"}
    return [
        op("new", "account", file, v=values),
        op("new", "contact", child, v={"name": world.token(), "account": file}),
        op("set", "account", file, f="city", v=world.token()),
    ]


DEEDS: dict[str, Callable[[World, Machine, int, int], Ops]] = {
    work.__name__: work
    for work in (
        account, contact, task, gauge, city, notes, tag, untag, inc, assign, done, reopen, owner,
        team, delete, restore, settle, group, poison, orphan,
    )
}  # fmt: skip
