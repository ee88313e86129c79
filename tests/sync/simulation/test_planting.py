"""Each promise is really looked at: with a fault put in on purpose it is found to be broken."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.databases import Databases

from .planting import PHONE_PLANTS, PLANTS, copies_unseen, no_loser, planted
from .running import Stage, stage
from .script import Device, Script, Step, generate

SEEDS = 25
RARE = {"poison blocks": 32}  # where to begin to look for what few lives meet


@pytest.fixture(scope="module")
def simulation(sqlite: Databases) -> Iterator[Stage]:
    with stage(sqlite) as opened:
        yield opened


def first_caught(
    simulation: Stage, number: int, kinds: tuple[str, ...], first: int = 0
) -> int | None:
    """The seed at which the fault showed."""
    for seed in range(first, first + SEEDS):
        broken = simulation.play(generate(seed, kinds), only=number)
        if broken:
            assert broken.number == number
            return seed
    return None


@pytest.mark.parametrize("name", PLANTS)
def test_a_fault_of_the_server_is_caught(simulation: Stage, name: str) -> None:
    switches, number = PLANTS[name]
    with planted(switches()):
        assert first_caught(simulation, number, ("program",), RARE.get(name, 0)) is not None


@pytest.mark.parametrize("name", PHONE_PLANTS)
def test_a_fault_of_the_phone_is_caught(simulation: Stage, name: str) -> None:
    fault, number = PHONE_PLANTS[name]
    simulation.node.call("plant", "", name=fault)
    try:
        assert first_caught(simulation, number, ("phone",)) is not None
    finally:
        simulation.node.call("plant", "", name=None)


@pytest.mark.parametrize("kind", ["phone", "program"])
def test_a_copy_that_writes_under_the_name_of_the_first_is_caught(
    simulation: Stage, kind: str
) -> None:
    turns = [Step(what, 0, 0, n) for n in range(4) for what in ("city", "sync")]
    steps = (Step("sync"), Step("clone"), *turns)
    script = Script(1, (Device(kind, "olive", 2000, 200, 0),), steps)
    assert simulation.play(script) is None
    with planted(copies_unseen()):
        broken = simulation.play(script)
    assert broken is not None
    assert broken.number == 4


def test_a_failure_shrinks_to_a_short_script(simulation: Stage) -> None:
    with planted(no_loser()):
        seed = first_caught(simulation, 4, ("program",))
        assert seed is not None
        short = simulation.shrink(generate(seed, ("program",)), 4, only=4)
        again = simulation.play(short, only=4)
    assert again is not None
    assert again.number == 4
    assert len(short.steps) <= 8, short.text()
    assert simulation.play(short) is None
