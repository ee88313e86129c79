"""From a wish to the bytes of a file, made while they are sent: memory holds one portion."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from server.core import money
from server.core.db import reading
from server.core.entity import Field
from server.core.i18n import _l
from server.core.identity import Signed
from server.core.kinds import NUMBERS
from server.core.reading import Row
from server.core.zones import local

from . import recording
from .formats import csv_out, json_out, vcard_out, xlsx_out
from .leaving import Leaving, Wish
from .saying import ID, Voice

Bytes = Iterator[bytes]
# name → label, type of the file
FORMATS = {
    "csv": (_l("CSV: for any program"), "text/csv; charset=utf-8"),
    "xlsx": (_l("XLSX: for Excel and other spreadsheets"),
             "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "json": (_l("JSON: for programs"), "application/json"),
    "vcf": (_l("vCard: for address books"), "text/vcard; charset=utf-8"),
}  # fmt: skip


@dataclass
class Export:
    """One export for one person."""

    signed: Signed
    me: dict[str, Any]
    wish: Wish
    form: str
    bom: bool = False
    n: int = field(default=0, init=False)

    def bytes(self) -> Bytes:
        """Out of one snapshot. What is not read to its end stays open in the log."""
        id_ = recording.opened(self.signed, self.wish, self.form)
        with reading() as connection:
            leaving = Leaving(connection, self.signed.viewer, self.me["lang"])
            yield from PRODUCERS[self.form](self, leaving, Voice(self.me, leaving.title))
        recording.closed(id_, self.n)

    def records(self, leaving: Leaving) -> Iterator[Row]:
        for row in leaving.records(self.wish):
            self.n += 1
            yield row

    def head(self, voice: Voice) -> list[str]:
        return [voice.say(ID), *(voice.say(one.label) for one in self.wish.fields)]


def _csv(export: Export, leaving: Leaving, voice: Voice) -> Bytes:
    fields = export.wish.fields
    rows = (
        [row["id"], *(voice.text(one, row[one.name]) for one in fields)]
        for row in export.records(leaving)
    )
    return csv_out.lines(export.head(voice), rows, bom=export.bom)


def _xlsx(export: Export, leaving: Leaving, voice: Voice) -> Bytes:
    rows = (
        [row["id"], *(_cell(voice, one, row[one.name]) for one in export.wish.fields)]
        for row in export.records(leaving)
    )
    name, rtl = voice.say(export.wish.entity.plural), export.me["dir"] == "rtl"
    with xlsx_out.made(name, export.head(voice), rows, rtl=rtl) as path:
        yield from xlsx_out.pieces(path)


def _cell(voice: Voice, spec: Field, value: Any) -> xlsx_out.Cell:
    """Numbers as numbers, and days as days where the spreadsheet has their calendar."""
    if value is None or value == []:
        return ""
    if spec.kind == "money":
        return Decimal(money.plain(value, spec.currency))
    if spec.kind in NUMBERS:
        return value
    if spec.kind == "date" and not voice.jalali:
        return date.fromisoformat(value)
    if spec.kind == "instant" and not voice.jalali and local(value, voice.me["zone"]):
        return datetime.fromisoformat(voice.instant(value))
    return voice.text(spec, value)


def _json(export: Export, leaving: Leaving, voice: Voice) -> Bytes:
    names = ["id", "type", "ver", *(one.name for one in export.wish.fields)]
    return json_out.lines({n: row[n] for n in names} for row in export.records(leaving))


def _vcards(export: Export, leaving: Leaving, voice: Voice) -> Bytes:
    return vcard_out.lines(export.wish.entity, export.records(leaving), voice)


PRODUCERS: dict[str, Callable[[Export, Leaving, Voice], Bytes]] = {
    "csv": _csv, "xlsx": _xlsx, "json": _json, "vcf": _vcards,
}  # fmt: skip
