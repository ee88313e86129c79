"""Every linter and type checker is content."""

from __future__ import annotations

import pytest

from tests.checks import CHECKS, run


@pytest.mark.parametrize("name", CHECKS)
def test_check(name):
    done = run(name)
    assert done.returncode == 0, done.stdout
