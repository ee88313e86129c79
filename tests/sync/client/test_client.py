"""The phone's half of sync, in Node with an IndexedDB in memory; one test here per file there."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

HERE = Path(__file__).parent
FILES = sorted(path.name for path in HERE.glob("*.test.mjs"))


@pytest.mark.parametrize("name", FILES)
def test_client(name: str) -> None:
    command = ["node", "--test", "--test-reporter=spec", name]
    run = subprocess.run(command, cwd=HERE, capture_output=True, text=True, timeout=120)
    assert run.returncode == 0, run.stdout + run.stderr
    assert " pass 0" not in run.stdout.replace("ℹ", ""), "no test ran"
