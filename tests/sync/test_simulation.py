"""Lives of many devices, on SQLite; simulation/test_postgresql.py has the same on PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.databases import Databases

from .simulation.accounts import Accounts
from .simulation.quiet import Quiet, settle
from .simulation.running import Stage, stage
from .simulation.script import generate, read
from .simulation.steps import take
from .simulation.world import World

CHUNK = 10
SEEDS = 200


@pytest.fixture(scope="module")
def simulation(sqlite: Databases) -> Iterator[Stage]:
    with stage(sqlite) as opened:
        yield opened


@pytest.mark.parametrize("start", range(0, SEEDS, CHUNK))
def test_promises_are_kept(simulation: Stage, start: int) -> None:
    for seed in range(start, start + CHUNK):
        script = generate(seed)
        broken = simulation.play(script)
        assert broken is None, f"seed {seed}: {broken}\n{script.text()}"


def test_a_seed_gives_the_same_life_again(simulation: Stage) -> None:
    lives = []
    script = generate(7)
    assert read(script.text()) == script
    for _ in range(2):
        world = World(simulation.server, simulation.node, script)
        for step in script.steps:
            take(world, step)
        settle(world)
        Quiet(world).check()
        world.close()
        mine = f"{world.house.org:08x}-"
        ops = Accounts(world.house.org).ops
        lives.append([repr(op).replace(mine, "") for op in ops if op.verb != "do"])
    assert lives[0] == lives[1]
    assert len(lives[0]) > 10
