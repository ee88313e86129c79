"""XLSX, read as a stream and never unpacked as a whole.

The size of what is packed is told by the archive, and nothing reads beyond what it tells. XML with
entities of its own is refused by defusedxml, which openpyxl uses where it is there. A sheet may say
that it is as large as can be, which nobody believes: what counts are the cells that come.
"""

from __future__ import annotations

import warnings
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import openpyxl
from defusedxml import DefusedXmlException

from ..faults import Unfit
from .table import MOST_ROWS, Options, Row

UNPACKED = 600 * 1024 * 1024  # bytes of all parts
SHARED = 80 * 1024 * 1024  # of the texts, which are kept in memory
MOST_PARTS = 2_000
GAP = 10_000  # empty rows in a row, after which there is nothing more


def check(path: Path) -> None:
    """Raises Unfit for what is no workbook, or one that would fill the memory."""
    try:
        with zipfile.ZipFile(path) as pack:
            parts = pack.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, RuntimeError):
        raise Unfit("torn") from None
    names = {part.filename for part in parts}
    if "[Content_Types].xml" not in names or not any(n.startswith("xl/") for n in names):
        raise Unfit("binary")
    size = sum(part.file_size for part in parts)
    shared = sum(p.file_size for p in parts if "sharedstrings" in p.filename.lower())
    if size > UNPACKED or shared > SHARED or len(parts) > MOST_PARTS:
        raise Unfit("bomb")


def sheets(path: Path) -> list[str]:
    with _opened(path) as book:
        return [sheet.title for sheet in book.worksheets]


def rows(path: Path, options: Options) -> Iterator[Row]:
    with _opened(path) as book:
        names = [sheet.title for sheet in book.worksheets]
        if not names:
            raise Unfit("empty")
        name = options.get("sheet")
        yield from _rows(book[name if name in names else names[0]])


@contextmanager
def _opened(path: Path) -> Iterator[Any]:
    """Raises Unfit, also for whatever a damaged file makes of the library on the way."""
    check(path)
    try:
        with path.open("rb") as file, warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield openpyxl.load_workbook(file, read_only=True, data_only=True, keep_links=False)
    except Unfit:
        raise
    except DefusedXmlException:
        raise Unfit("binary") from None
    except Exception as error:
        raise Unfit("torn") from error


def _rows(sheet: Any) -> Iterator[Row]:
    sheet.reset_dimensions()
    gap = 0
    for row in sheet.iter_rows(values_only=True, max_row=MOST_ROWS + GAP):
        found = [_text(value) for value in row]
        gap = 0 if any(found) else gap + 1
        if gap > GAP:
            return
        yield found


def _text(value: Any) -> str:
    """As a person would have typed it: no .0, no midnight where only a day is meant."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, float):
        return f"{value:.15g}" if not value.is_integer() else str(int(value))
    if isinstance(value, datetime):
        bare = value.time() == time()
        return value.date().isoformat() if bare else value.isoformat(" ", "seconds")
    return value.isoformat() if isinstance(value, (date, time)) else str(value)
