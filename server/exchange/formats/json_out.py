"""JSON: a list of records as the API gives them, one to a line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import orjson

TOGETHER = 200  # records that are sent at once


def lines(records: Iterable[dict[str, Any]]) -> Iterator[bytes]:
    yield b"["
    before, some = b"\n", []
    for one in records:
        some.append(before + orjson.dumps(one))
        before = b",\n"
        if len(some) >= TOGETHER:
            yield b"".join(some)
            some.clear()
    yield b"".join(some) + b"\n]\n"
