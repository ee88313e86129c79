"""CSV, in any encoding and with any of the usual separators."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from ..defusing import restore
from ..faults import Unfit
from . import encodings
from .table import Options, Row

SEPARATORS = (",", ";", "\t", "|")
LONGEST = 100_000  # characters of a cell
LINES = 30  # by which the separator is guessed
csv.field_size_limit(LONGEST)


def guess(head: bytes, options: Options) -> Options:
    """What was not chosen, by the beginning of the file."""
    encoding = options.get("encoding") or encodings.detect(head)
    text = head.decode(encoding, "replace").lstrip("\ufeff")
    return {"encoding": encoding, "separator": options.get("separator") or separator(text)}


def separator(text: str) -> str:
    """The one that cuts most lines into the same number of cells, and into most of them."""
    lines = text.splitlines()[:LINES]
    return max(SEPARATORS, key=lambda one: _evenness(lines, one))


def _evenness(lines: list[str], sign: str) -> tuple[float, int]:
    try:
        widths = [len(row) for row in csv.reader(lines, delimiter=sign) if row]
    except csv.Error:
        return 0, 0
    cut = [width for width in widths if width > 1]
    if not cut:
        return 0, 0
    usual = max(set(cut), key=cut.count)
    return cut.count(usual) / len(widths), usual


def rows(path: Path, options: Options) -> Iterator[Row]:
    """Raises Unfit on the way where the file can't be read."""
    if options["encoding"] not in dict(encodings.OFFERED) or options["separator"] not in SEPARATORS:
        raise Unfit("encoding")
    try:
        with path.open(encoding=options["encoding"], newline="") as file:
            for row in csv.reader(_clean(file), delimiter=options["separator"]):
                yield [restore(cell) for cell in row]
    except UnicodeDecodeError:
        raise Unfit("encoding") from None
    except csv.Error:
        raise Unfit("too_long") from None


def _clean(lines: Iterator[str]) -> Iterator[str]:
    first = True
    for line in lines:
        if "\0" in line:
            raise Unfit("nul")
        yield line.removeprefix("\ufeff") if first else line
        first = False
