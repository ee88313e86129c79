"""What all sources give: rows of texts, the first of them the heading, within bounds."""

from __future__ import annotations

from collections.abc import Iterator

Row = list[str]
Options = dict[str, str]
MOST_COLUMNS = 300
MOST_ROWS = 1_000_000


def trimmed(row: Row) -> Row:
    """Without empty cells at its end."""
    end = len(row)
    while end and not row[end - 1].strip():
        end -= 1
    return row[:end]


def filled(rows: Iterator[Row]) -> Iterator[Row]:
    """Rows that have something in them."""
    return (found for row in rows if (found := trimmed(row)))
