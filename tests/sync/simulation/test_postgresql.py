"""Lives of many devices, on PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.databases import Databases
from tests.sync.test_simulation import CHUNK, SEEDS

from .running import Stage, stage
from .script import generate


@pytest.fixture(scope="module")
def simulation(postgresql: Databases) -> Iterator[Stage]:
    with stage(postgresql) as opened:
        yield opened


@pytest.mark.parametrize("start", range(0, SEEDS, CHUNK))
def test_promises_are_kept(simulation: Stage, start: int) -> None:
    for seed in range(1000 + start, 1000 + start + CHUNK):
        script = generate(seed)
        broken = simulation.play(script)
        assert broken is None, f"seed {seed}: {broken}\n{script.text()}"
