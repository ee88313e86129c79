"""vCard 2.1, 3.0 and 4.0: a card is a row, and what cards can say are the columns."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import vobject
from vobject.base import VObjectError

from ..faults import Unfit
from . import encodings
from .table import MOST_ROWS, Options, Row

# heading → what stands under it; the headings are such as the guessing knows
COLUMNS = ("name", "phones", "email", "company", "role", "website", "street", "city", "postcode",
           "country", "birthday", "notes", "tags", "id")  # fmt: skip
END = "END:VCARD"
LONGEST = 2_000_000  # characters of a card; pictures are in it


def guess(head: bytes) -> Options:
    return {"encoding": encodings.detect(head)}


def rows(path: Path, options: Options) -> Iterator[Row]:
    yield list(COLUMNS)
    try:
        with path.open(encoding=options["encoding"], newline=None) as file:
            for text in _cards(file):
                for card in vobject.readComponents(text, allowQP=True, ignoreUnreadable=True):
                    yield _row(card)
    except UnicodeDecodeError:
        raise Unfit("encoding") from None
    except (VObjectError, ValueError, KeyError, AttributeError, RecursionError):
        raise Unfit("torn") from None


def _cards(lines: Iterator[str]) -> Iterator[str]:
    """One after the other, so that only one is in memory."""
    some, size, found = [], 0, 0
    for line in lines:
        some.append(line.removeprefix("\ufeff"))
        size += len(line)
        if size > LONGEST:
            raise Unfit("too_long")
        if line.strip().upper() == END:
            yield "".join(some)
            some, size, found = [], 0, found + 1
        if found > MOST_ROWS:
            return
    if any(line.strip() for line in some):
        raise Unfit("torn")


def _row(card: Any) -> Row:
    place = _first(card, "adr")
    address = [_plain(getattr(place, one, "")) for one in ("street", "city", "code", "country")]
    found = {
        "name": _name(card), "phones": ", ".join(_all(card, "tel")),
        "company": _first_of(card, "org"), "email": _first_of(card, "email"),
        "role": _first_of(card, "title") or _first_of(card, "role"),
        "website": _first_of(card, "url"), "birthday": _birthday(_first_of(card, "bday")),
        "notes": "\n".join(_all(card, "note")), "tags": ", ".join(_all(card, "categories")),
        "id": _first_of(card, "uid").removeprefix("urn:uuid:"),
    }  # fmt: skip
    found |= dict(zip(("street", "city", "postcode", "country"), address, strict=True))
    return [found[one] for one in COLUMNS]


def _all(card: Any, name: str) -> list[str]:
    found = (_plain(line.value) for line in card.contents.get(name, ()))
    return [text.removeprefix("tel:") for text in found if text]


def _first(card: Any, name: str) -> Any:
    lines = card.contents.get(name)
    return lines[0].value if lines else ""


def _first_of(card: Any, name: str) -> str:
    return _plain(_first(card, name))


def _plain(value: Any) -> str:
    if isinstance(value, (list, tuple)):
        return ", ".join(_plain(one) for one in value if one)
    return str(value).strip()


def _name(card: Any) -> str:
    parts = _first(card, "n")
    pieces = [getattr(parts, one, "") for one in ("given", "additional", "family")]
    return _first_of(card, "fn") or " ".join(filter(None, map(_plain, pieces)))


def _birthday(text: str) -> str:
    """19840321 as well as 1984-03-21, with or without a time."""
    day = text.split("T")[0]
    return f"{day[:4]}-{day[4:6]}-{day[6:]}" if len(day) == 8 and day.isdigit() else day
