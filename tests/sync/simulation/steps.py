"""What a step of a script does."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from . import office
from .deeds import DEEDS, city
from .network import Plan
from .phone import Phone
from .promises import look_closely
from .script import PEOPLE, SKEWS, Step
from .world import Machine, World


def take(world: World, step: Step) -> None:
    """Raises Broken."""
    machine = world.machines[step.who % len(world.machines)]
    machine = machine.copy if machine.copy and step.b % 2 else machine
    if step.what in office.STEPS:
        world.attempt(office.STEPS[step.what], world, step)
    elif step.what in DEEDS:
        world.write(machine, DEEDS[step.what](world, machine, step.a, step.b))
    else:
        STEPS[step.what](world, machine, step)
    for one in world.machines:
        if one is machine or step.what in office.STEPS:
            world.attempt(look_closely, world, one)
    world.answer_for()


def _plan(step: Step) -> Plan:
    return Plan(step.fault, step.b % 3)


def sync(world: World, machine: Machine, step: Step) -> None:
    machine.device.sync(_plan(step))


def kill(world: World, machine: Machine, step: Step) -> None:
    """The process ends just before or just after it has committed something."""
    if not isinstance(machine.device, Phone):
        machine.device.sync(Plan("answer_lost", step.b % 3))
        return
    machine.device.do("arm", at=step.a % 8, after=step.b % 2 == 1)
    machine.device.sync(Plan())
    machine.device.do("restart")


def kill_write(world: World, machine: Machine, step: Step) -> None:
    if isinstance(machine.device, Phone):
        machine.device.do("arm", at=0, after=step.b % 2 == 1)
        world.write(machine, city(world, machine, step.a, 0))
        machine.device.do("restart")


def full(world: World, machine: Machine, step: Step) -> None:
    """There is no room left for one kind of thing."""
    store = ("rows", "meta", "pages", "outbox", "problems")[step.a % 5]
    with_room_for(machine, store, lambda: machine.device.sync(Plan()))


def full_write(world: World, machine: Machine, step: Step) -> None:
    def write() -> None:
        world.write(machine, city(world, machine, step.a, 0))

    with_room_for(machine, ("outbox", "meta")[step.b % 2], write)


def with_room_for(machine: Machine, store: str, work: Callable[[], Any]) -> None:
    if isinstance(machine.device, Phone):
        machine.device.do("fill", store=store)
        work()
        machine.device.do("fill", store=None)


def wipe(world: World, machine: Machine, step: Step) -> None:
    """The database is deleted, and what was only there is gone."""
    machine.device.wipe()
    machine.reached = (0, 0)
    for noted in world.noted.values():
        if noted.machine is machine:
            noted.fate = "lost"


def tab(world: World, machine: Machine, step: Step) -> None:
    """A second window writes; a third thing on the same device, its worker, sends."""
    if isinstance(machine.device, Phone):
        world.write(machine, city(world, machine, step.a, 0), tab=1)
        machine.device.sync(Plan(), tab=2 if step.b % 2 else 0)


def both(world: World, machine: Machine, step: Step) -> None:
    """Two windows sync at once, taking turns by the lock."""
    if isinstance(machine.device, Phone):
        machine.device.plans = {0: _plan(step), 1: Plan()}
        machine.device.do("both")
        machine.device.plans = {}


def overtaken(world: World, machine: Machine, step: Step) -> None:
    """While an answer is on its way another window goes ahead: the answer is out of date."""
    if isinstance(machine.device, Phone):
        plan = Plan("", step.b % 3)
        plan.after = lambda: machine.device.sync(Plan(step.fault, step.a % 2), tab=0)
        machine.device.sync(plan, tab=1)


def during(world: World, machine: Machine, step: Step) -> None:
    """Something is written while a request is under way, before or after it has arrived."""
    plan = _plan(step)

    def write() -> None:
        world.write(machine, city(world, machine, step.a, 0))

    if step.a % 2:
        plan.before = write
    else:
        plan.after = write
    machine.device.sync(plan)


def flap(world: World, machine: Machine, step: Step) -> None:
    """In mid-load, with work that waits, its person may see other things, and then others yet."""
    plan = _plan(step)
    change = office.SCOPES[step.a // 2 % len(office.SCOPES)]
    person = PEOPLE.index(machine.person)

    def then(b: int) -> None:
        world.attempt(change, world, Step("flap", 0, person if step.a % 3 else step.a, b))

    plan.before = partial(then, step.b)
    plan.after = partial(then, step.b // 2)
    world.write(machine, city(world, machine, step.a, 0))
    machine.device.sync(plan)


def clone(world: World, machine: Machine, step: Step) -> None:
    """A phone restored from a copy, while the first lives on."""
    if not any(one.cloned for one in world.machines):
        n = len(world.machines)
        copy = Machine(n, machine.person, machine.device.clone(f"device-{n}"), cloned=True)
        copy.reached = machine.reached
        world.machines.append(copy)
        world.look(copy)
        machine.copy = copy


def clock(world: World, machine: Machine, step: Step) -> None:
    """The device's clock is set anew."""
    skew = SKEWS[step.a % len(SKEWS)]
    if isinstance(machine.device, Phone):
        machine.device.do("clock", skew=skew)
    else:
        machine.device.skew = skew


def retry(world: World, machine: Machine, step: Step) -> None:
    """A refusal is sent once more."""
    problems = machine.seen["problems"]
    if isinstance(machine.device, Phone) and problems:
        op = problems[step.a % len(problems)]
        world.note(machine, machine.device.do("retry", op=op))


def discard(world: World, machine: Machine, step: Step) -> None:
    problems = machine.seen["problems"]
    if isinstance(machine.device, Phone) and problems:
        op = problems[step.a % len(problems)]
        world.note(machine, machine.device.do("discard", op=op))


STEPS: dict[str, Callable[[World, Machine, Step], None]] = {
    step.__name__: step
    for step in (
        sync, kill, kill_write, full, full_write, wipe, tab, both, overtaken, during, flap, clone,
        clock, retry, discard,
    )
}  # fmt: skip
