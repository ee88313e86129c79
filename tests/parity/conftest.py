"""One Node process per test module, answering calls of the phone's side of our code."""

import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

HARNESS = Path(__file__).with_name("harness.mjs")


class Node:
    """`call('text.fold', 'x')` gives what JavaScript gives; an exception there is one here."""

    def __init__(self) -> None:
        self.process = subprocess.Popen(
            [shutil.which("node") or "node", str(HARNESS)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8",
        )

    def call(self, fn: str, *args: Any) -> Any:
        return self._ask({"fn": fn, "args": args})

    def each(self, fn: str, calls: list[tuple[Any, ...]]) -> list[Any]:
        """The answers of many calls of one function."""
        answers: list[Any] = self._ask({"fn": fn, "each": calls})
        return answers

    def _ask(self, question: dict[str, Any]) -> Any:
        assert self.process.stdin and self.process.stdout
        self.process.stdin.write(json.dumps(question) + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        answer = json.loads(line or '{"error": "node ended"}')
        if "error" in answer:
            raise RuntimeError(f"{question}: {answer['error']}")
        return answer["ok"]

    def close(self) -> None:
        self.process.communicate(timeout=10)


@pytest.fixture(scope="module")
def node() -> Iterator[Node]:
    process = Node()
    yield process
    process.close()
