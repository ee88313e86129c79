"""The rows of a layout's editor as they are posted, and moved by a button."""

from __future__ import annotations

from server.core.text import clean

from ..pages import Visit

Line = tuple[str, str, str]  # a row, and of a heading its label and columns


def posted(v: Visit) -> list[Line]:
    labels, columns = iter(v.form.get("label", [])), iter(v.form.get("columns", []))
    rows = v.form.get("row", [])
    return [(row, clean(next(labels, "")), next(columns, "2")) if row == "g:" else (row, "", "")
            for row in rows]  # fmt: skip


def moved(rows: list[Line], to: str) -> tuple[list[Line], str]:
    """One row a place up or down, and where it is now: `to` is its number and the direction."""
    number, _, way = to.partition(":")
    at = int(number) if number.isascii() and number.isdigit() and len(number) < 4 else len(rows)
    then = at + (1 if way == "down" else -1)
    if at < len(rows) and 0 < then < len(rows):  # a heading stays first
        rows[at], rows[then] = rows[then], rows[at]
        return rows, f"{then}:{way}"
    return rows, to
