"""What became of each row, as a file: the rows as they came, with the result and the reasons."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import orjson
from sqlalchemy import select

from server.core.db import reading
from server.core.i18n import _l
from server.core.registry import registry

from . import keeping
from .faults import Unfit, said
from .formats import csv_out
from .saying import Voice
from .sources.reading import again
from .tables import ROWS

CHUNK = 2_000
NEEDING = ("refused", "kept")  # what a person may want to look at
RESULTS = {
    "made": _l("Added"), "changed": _l("Changed"), "same": _l("Unchanged"),
    "refused": _l("Refused"), "undone": _l("Taken back"), "kept": _l("Kept"),
}  # fmt: skip
HEAD = (_l("Row"), _l("Result"), _l("Reason"))


def lines(row: Any, voice: Voice, needing: bool) -> Iterator[bytes]:
    head = [*map(voice.say, HEAD), *row.columns]
    return csv_out.lines(head, _rows(row, voice, needing), bom=True)


def _rows(row: Any, voice: Voice, needing: bool) -> Iterator[list[str]]:
    try:
        with keeping.file_of(row, "rows") as path:
            cells = enumerate(again(path), 1)
            n, came = 0, [""]
            for one in accounts(row.id, needing):
                while n < one.n:
                    n, came = next(cells, (one.n, [""]))
                yield [*_said(row, voice, one), *came]
    except Unfit:
        yield from (_said(row, voice, one) for one in accounts(row.id, needing))


def _said(row: Any, voice: Voice, one: Any) -> list[str]:
    """The number of the row as the file has it, its heading being the first."""
    return [str(one.n + 1), voice.say(RESULTS[one.status]), reason(row, voice, one)]


def accounts(import_: str, needing: bool, most: int | None = None) -> Iterator[Any]:
    """Rows of the account, in order."""
    r, last, given = ROWS.c, 0, 0
    while True:
        query = select(ROWS).where(r.importing == import_, r.n > last).order_by(r.n)
        if needing:
            query = query.where(r.status.in_(NEEDING))
        with reading() as connection:
            found = connection.execute(query.limit(min(CHUNK, most or CHUNK))).all()
        for one in found:
            yield one
            given += 1
            if given == most:
                return
        if len(found) < CHUNK:
            return
        last = found[-1].n


def reason(row: Any, voice: Voice, one: Any) -> str:
    if one.status not in NEEDING:
        return ""
    return reasons(row.type, voice, orjson.loads(one.what or "[]"))


def reasons(kind: str, voice: Voice, faults: list[Any]) -> str:
    """Each fault with the field that it is about."""
    fields = registry[kind].fields
    parts = []
    for name, code in faults:
        field = fields.get(name or "")
        text = voice.say(said(code))
        parts.append(f"{voice.say(field.label)}: {text}" if field else text)
    return " ".join(parts)
