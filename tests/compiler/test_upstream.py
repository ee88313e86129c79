"""Jinja2's own tests against the compiler: the same text, or refused at build.

The tests run under the plugin `conformance.py`, which renders every template a second time
through Node. Async and native templates do not concern a phone.
"""

import json
import os
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

import pytest

from tests.compiler.upstream import upstream_tests

ROOT = Path(__file__).parents[2]
LEFT_OUT = ("test_async.py", "test_async_filters.py", "test_nativetypes.py")

# Render differently, and may.
KNOWN = {
    "test_filters.py::TestFilter::test_int[12345678901234567890-12345678901234567890]": (
        "whole numbers above 2**53; records have none"
    ),
    "test_ext.py::TestNewstyleInternationalization::test_autoescape_support": (
        "translates by a function of its own, where the phone has a catalogue"
    ),
}
# Fewer than these would mean that something that worked is refused now, or is run no more.
IDENTICAL = 485
REFUSED = 70

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def verdicts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, str]]:
    """By verdict: the tests, each with the worst that happened to one of its templates."""
    report = tmp_path_factory.mktemp("upstream") / "report.jsonl"
    folder = upstream_tests()
    command = [sys.executable, "-m", "pytest", "-q", "-p", "tests.compiler.conformance"]
    command += ["-p", "no:cacheprovider", "-c", os.devnull, "--rootdir", str(folder), str(folder)]
    command += [f"--ignore={folder / name}" for name in LEFT_OUT]
    path = os.pathsep.join([str(ROOT), str(folder)])
    environment = {**os.environ, "KESHER_CONFORMANCE": str(report), "PYTHONPATH": path}
    ran = subprocess.run(command, cwd=folder.parent, env=environment, capture_output=True)
    assert ran.returncode in (0, 1), ran.stdout.decode()[-2000:]
    return _worst(report)


def _worst(report: Path) -> dict[str, dict[str, str]]:
    by_test: dict[str, dict[str, str]] = defaultdict(dict)
    for line in report.read_text().splitlines():
        test, verdict, detail = json.loads(line)
        by_test[test][verdict] = detail
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for test, seen in by_test.items():
        worst = next(v for v in ("different", "refused", "other", "identical") if v in seen)
        found[worst][test] = seen[worst]
    return found


def test_none_differs_unknown(verdicts: dict[str, dict[str, str]]) -> None:
    different = verdicts["different"]
    assert {test: why for test, why in different.items() if test not in KNOWN} == {}
    assert different.keys() == KNOWN.keys(), "a known difference is gone: take it from the list"


def test_as_many_as_ever(verdicts: dict[str, dict[str, str]]) -> None:
    counts = {verdict: len(tests) for verdict, tests in verdicts.items()}
    assert counts["identical"] >= IDENTICAL, counts
    assert counts["refused"] <= REFUSED, counts
