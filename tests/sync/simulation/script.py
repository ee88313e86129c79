"""A script: who takes part, and what happens step by step. A seed gives one; it can be printed,
read again, and shortened."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from random import Random
from typing import NamedTuple

HOUR, YEAR = 3_600_000, 365 * 86_400_000
SKEWS = (0, 0, HOUR, -HOUR, YEAR, -YEAR)
PAGES = (1, 2, 3, 4, 4, 4, 2000, 2000, 2000, 2000)
PEOPLE = ("olive", "carl", "sam", "tara", "mona")

WORK = {
    "account": 3, "contact": 3, "task": 3, "gauge": 1, "city": 8, "notes": 5, "tag": 3, "untag": 2,
    "inc": 5, "assign": 4, "done": 2, "reopen": 1, "owner": 2, "team": 3, "delete": 2, "restore": 1,
    "settle": 2, "group": 4, "poison": 2, "orphan": 2, "retry": 1, "discard": 1,
}  # fmt: skip
DEVICE = {
    "sync": 14, "kill": 3, "kill_write": 1, "full": 1, "full_write": 1, "wipe": 1, "tab": 2,
    "both": 2, "overtaken": 2, "during": 3, "flap": 3, "clone": 1, "clock": 1,
}  # fmt: skip
SERVER = {
    "office_team": 2, "office_role": 2, "office_boss": 2, "office_move": 3, "office_edit": 3,
    "office_assign": 1, "shape": 1, "tick": 2, "day": 1, "deliver": 3, "replay": 2,
}  # fmt: skip
RARE = {"giant": 4}
FAULTS = (
    "request_lost", "answer_lost", "doubled", "late", "cut", "html", "down", "signed_out",
    "old_schema", "killed_before", "killed_after", "busy", "deadlock",
)  # fmt: skip


class Step(NamedTuple):
    """`who` is a device; `a` and `b` choose among what there is, whatever it is."""

    what: str
    who: int = 0
    a: int = 0
    b: int = 0
    fault: str = ""


@dataclass(frozen=True)
class Device:
    """`kind`: phone (the real client code) or program (PROTOCOL.md alone). `page` is how many
    records its pulls give, `batch` how many operations its pushes have, `skew` in ms."""

    kind: str
    person: str
    page: int
    batch: int
    skew: int
    lines: bool = True


@dataclass(frozen=True)
class Script:
    seed: int
    devices: tuple[Device, ...]
    steps: tuple[Step, ...]

    def of(self, steps: list[Step]) -> Script:
        return replace(self, steps=tuple(steps))

    def text(self) -> str:
        """One line for the devices and one for each step; `read` takes it back."""
        head = {"seed": self.seed, "devices": [asdict(device) for device in self.devices]}
        return "\n".join([json.dumps(head), *(json.dumps(list(step)) for step in self.steps)])


def read(text: str) -> Script:
    head, *steps = (json.loads(line) for line in text.strip().splitlines())
    devices = tuple(Device(**device) for device in head["devices"])
    return Script(head["seed"], devices, tuple(Step(*step) for step in steps))


def generate(seed: int, kinds: tuple[str, ...] = ("phone", "program")) -> Script:
    dice = Random(seed)
    devices = tuple(_device(dice, n, kinds) for n in range(dice.randint(3, 4)))
    deeds = WORK | DEVICE | SERVER | (RARE if dice.random() < 0.15 else {})
    names, weights = list(deeds), list(deeds.values())
    chosen = dice.choices(names, weights, k=dice.randint(30, 45))
    return Script(seed, devices, tuple(_step(dice, what, len(devices)) for what in chosen))


def _device(dice: Random, n: int, kinds: tuple[str, ...]) -> Device:
    person = "olive" if n < 2 else dice.choice(PEOPLE)
    return Device(
        kinds[n % len(kinds)], person, dice.choice(PAGES), dice.choice((1, 2, 4, 200)),
        dice.choice(SKEWS), dice.random() < 0.7,
    )  # fmt: skip


def _step(dice: Random, what: str, devices: int) -> Step:
    faulty = what in ("sync", "during", "flap", "both", "overtaken") and dice.random() < 0.6
    fault = dice.choice(FAULTS) if faulty else ""
    return Step(what, dice.randrange(devices), dice.randrange(60), dice.randrange(60), fault)
