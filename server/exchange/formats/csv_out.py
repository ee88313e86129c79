"""CSV as RFC 4180 has it, in UTF-8; with a byte order mark, by which Excel knows that it is."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator

from ..defusing import defuse

BOM = b"\xef\xbb\xbf"
LINES = 500  # that are sent at once


class _Lines:
    """What `csv` writes to; gives the text since last time."""

    def __init__(self) -> None:
        self.parts: list[str] = []

    def write(self, text: str) -> None:
        self.parts.append(text)

    def take(self) -> bytes:
        text = "".join(self.parts)
        self.parts.clear()
        return text.encode()


def lines(head: list[str], rows: Iterable[list[str]], *, bom: bool) -> Iterator[bytes]:
    out = _Lines()
    writer = csv.writer(out)
    if bom:
        yield BOM
    writer.writerow([defuse(one) for one in head])
    for row in rows:
        writer.writerow([defuse(one) for one in row])
        if len(out.parts) >= LINES:
            yield out.take()
    yield out.take()
