"""From a file as it came to one table in UTF-8, with what it is and how it begins."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path

import filetype

from ..faults import Unfit
from . import csv_in, vcard_in, xlsx_in
from .encodings import LOOK
from .table import MOST_COLUMNS, MOST_ROWS, Options, Row, filled

SAMPLE = 50  # rows by whose values columns are guessed
OLD_EXCEL = b"\xd0\xcf\x11\xe0"
ZIP = b"PK\x03\x04"


@dataclass(frozen=True)
class Table:
    """What was found in a file. `sheets` are those that could be chosen instead."""

    format: str
    options: Options
    columns: Row
    sample: list[Row]
    total: int
    sheets: list[str]


def read(path: Path, target: Path, options: Options) -> Table:
    """Write the table to `target`. `options` are those that a person chose. Raises Unfit."""
    form, known = _kind(path, options)
    rows = filled(ROWS[form](path, known))
    columns = next(rows, None)
    if columns is None:
        raise Unfit("empty")
    _narrow(columns)
    sample = list(islice(rows, SAMPLE))
    if not sample:
        raise Unfit("no_rows")
    total = _write(target, chain(sample, rows))
    sheets = xlsx_in.sheets(path) if form == "xlsx" else []
    return Table(form, known, columns, sample, total, sheets)


ROWS = {"csv": csv_in.rows, "xlsx": xlsx_in.rows, "vcf": vcard_in.rows}


def _kind(path: Path, options: Options) -> tuple[str, Options]:
    """By what is in the file; its name says nothing."""
    with path.open("rb") as file:
        head = file.read(LOOK)
    if not head.strip():
        raise Unfit("empty")
    if head.startswith(ZIP):
        return "xlsx", {name: options[name] for name in ("sheet",) if name in options}
    if head.startswith(OLD_EXCEL):
        raise Unfit("old_excel")
    if filetype.guess(head) is not None:
        raise Unfit("binary")
    known = csv_in.guess(head, options)
    text = head[:2_000].decode(known["encoding"], "replace").lstrip("\ufeff \r\n\t")
    if text[:11].upper() == "BEGIN:VCARD":
        return "vcf", {"encoding": known["encoding"]}
    if text[:9].lower() in ("<!doctype", "<html") or text.startswith(("<?xml", "{\\rtf", "%PDF")):
        raise Unfit("binary")
    return "csv", known


def _narrow(row: Row) -> None:
    if len(row) > MOST_COLUMNS:
        raise Unfit("too_many_columns")


def _write(target: Path, rows: Iterator[Row]) -> int:
    total = 0
    with target.open("w", encoding="utf-8", errors="replace", newline="") as file:
        writer = csv.writer(file)
        for row in rows:
            _narrow(row)
            total += 1
            if total > MOST_ROWS:
                raise Unfit("too_many_rows")
            writer.writerow(row)
    return total


def again(path: Path, start: int = 0) -> Iterator[Row]:
    """The rows of a table that was written so, from one of them on."""
    with path.open(encoding="utf-8", newline="") as file:
        yield from islice(csv.reader(file), start, None)
