"""XLSX, written row by row into a temporary file. Texts are texts, whatever they begin with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import xlsxwriter

Cell = str | float | int | Decimal | date | datetime
MOST_ROWS = 1_000_000  # of a sheet, with its head; then another one follows
LONGEST = 32_767  # characters of a cell
PIECE = 256 * 1024
WIDTH = 20
# Nothing is guessed to be a formula or an address, and rows leave memory when they are written
PLAIN = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}


@contextmanager
def made(name: str, head: list[str], rows: Iterable[list[Cell]], *, rtl: bool) -> Iterator[Path]:
    """The file, until it has been sent. `name` is that of the sheet."""
    with TemporaryDirectory(prefix="kesher-") as folder:
        path = Path(folder) / "export.xlsx"
        book: Any = xlsxwriter.Workbook(str(path), {**PLAIN, "tmpdir": folder})
        writer = _Sheets(book, name, head, rtl)
        for row in rows:
            writer.add(row)
        book.close()
        yield path


def pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            yield piece


class _Sheets:
    def __init__(self, book: Any, name: str, head: list[str], rtl: bool) -> None:
        self.book, self.head, self.rtl = book, head, rtl
        self.name = "".join(c for c in name if c not in "[]:*?/\\'")[:25]
        self.bold = book.add_format({"bold": True})
        self.day = book.add_format({"num_format": "yyyy-mm-dd"})
        self.moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
        self.count = 0
        self._open()

    def _open(self) -> None:
        self.count += 1
        self.sheet = self.book.add_worksheet(f"{self.name} {self.count}" if self.count > 1
                                             else self.name)  # fmt: skip
        if self.rtl:
            self.sheet.right_to_left()
        self.sheet.freeze_panes(1, 0)
        self.sheet.set_column(0, len(self.head) - 1, WIDTH)
        for at, label in enumerate(self.head):
            self.sheet.write_string(0, at, label, self.bold)
        self.row = 1

    def add(self, cells: list[Cell]) -> None:
        if self.row >= MOST_ROWS:
            self._open()
        for at, one in enumerate(cells):
            if isinstance(one, str):
                if one:
                    self.sheet.write_string(self.row, at, one[:LONGEST])
            elif isinstance(one, date):
                form = self.moment if isinstance(one, datetime) else self.day
                self.sheet.write_datetime(self.row, at, one, form)
            else:
                self.sheet.write_number(self.row, at, one)
        self.row += 1
