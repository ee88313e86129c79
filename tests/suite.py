"""All tests, as `./run test` runs them; a few that failed in a browser are tried once more, alone.

What fails both times fails; what passes the second time is named (docs/decisions/041).
"""

from __future__ import annotations

import subprocess
import sys

import pytest

MOST = 5  # failures: more of them are no accident
# In the order of tests/conftest.py, and a file on one processor
EVERYWHERE = ["--numprocesses=auto", "--dist=loadfile", "--no-loadscope-reorder"]


class Failures:
    """What failed, by name."""

    def __init__(self) -> None:
        self.names: dict[str, None] = {}  # in their order
        self.in_browser = True

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            self.names[report.nodeid] = None
            self.in_browser &= "browser" in report.keywords

    @property
    def may_be_accidents(self) -> bool:
        return self.in_browser and 0 < len(self.names) <= MOST


def main(arguments: list[str]) -> int:
    failures = Failures()
    status = pytest.main([*EVERYWHERE, *arguments], plugins=[failures])
    if status != pytest.ExitCode.TESTS_FAILED or not failures.may_be_accidents:
        return int(status)
    print("\nOnce more, alone and in new browsers:", *failures.names, sep="\n  ", flush=True)
    again = subprocess.call([sys.executable, "-m", "pytest", *failures.names])
    if again == 0:
        print("\nFailed at first and passed when alone:", *failures.names, sep="\n  ")
    return again


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
