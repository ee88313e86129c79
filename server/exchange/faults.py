"""What can be wrong with a file or with one of its rows: a code, and what to do about it."""

from __future__ import annotations

from server.core.errors import MESSAGES
from server.core.i18n import _l
from server.web.views.sweep import WHY

FILES: dict[str, str] = {
    "no_file": _l("Choose a file first."),
    "empty": _l("There is nothing in this file."),
    "no_rows": _l("This file has a heading and no rows below it."),
    "binary": _l("This is no table. Choose a CSV, XLSX or vCard file."),
    "old_excel": _l("This is a file of an old Excel. Save it as XLSX and choose that one."),
    "nul": _l("There are signs in this file that no text has. Save it anew as CSV in UTF-8."),
    "encoding": _l("This file is not in the encoding chosen. Choose another one."),
    "torn": _l("This file can't be read to its end: it is damaged. Save it anew."),
    "too_large": _l("This file is too large. Cut it into several files."),
    "bomb": _l("Unpacked, this file would be far too large. Cut it into several files."),
    "too_many_columns": _l("This file has too many columns. Take out those you don't need."),
    "too_many_rows": _l("This file has too many rows. Cut it into several files."),
    "too_long": _l("A cell of this file is far too long. Is the separator the right one?"),
    "gone": _l("The file is no longer kept. Choose it again."),
}
ROWS: dict[str, str] = {
    "ambiguous": _l("Several records are called this. Give the ID or the number instead."),
    "no_such": _l("No record that you may see is called this."),
    "no_match": WHY["no_match"],
    "is_there": _l("There is such a record already."),
    "no_key": _l("All fields by which it could be found are empty."),
    "twice": _l("Several records have this value, so it is not clear which one is meant."),
    "too_many_cells": _l("This row has more cells than the heading."),
}
UNDOING: dict[str, str] = {
    "changed": WHY["changed"],
    "used": _l("Other records belong to it by now, so it was kept."),
    "gone": WHY["gone"],
}


class Unfit(Exception):
    """A file is not taken; `code` is a key of FILES."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def said(code: str) -> str:
    """The text of what is wrong with a row."""
    return ROWS.get(code) or UNDOING.get(code) or MESSAGES.get(code) or MESSAGES["error"]
