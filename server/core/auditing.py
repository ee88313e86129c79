"""The log of who did what: the ledger of operations and the deeds, newest first. It is read here
and written where things are done; nothing changes or removes a row."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, and_, or_, select

from .clock import instant
from .covering import covered, tapped
from .deeds import DEED
from .i18n import _l
from .ledger import Op

OPS: Any = Op.__table__
PAGE = 50
# What can be done that is no operation on a record
WHATS = {
    "signed_in": _l("Signed in"), "token_made": _l("Made a token"),
    "token_revoked": _l("Revoked a token"), "link_made": _l("Made a link to choose a password"),
    "password_chosen": _l("Chose a password"), "disabled": _l("Disabled"),
    "enabled": _l("Let in again"), "exported": _l("Took out records"), "shown": _l("Looked at"),
    "device_signed_out": _l("Signed out a device"), "device_wiped": _l("Had a device wiped"),
    "device_spared": _l("Called off the wipe of a device"),
    "audit_exported": _l("Took out the audit log"),
    "person_copied": _l("Took out all about a person"), "person_erased": _l("Erased a person"),
}  # fmt: skip


@dataclass(frozen=True)
class Wanted:
    """Which rows; instants in ms."""

    person: str | None = None
    rec: str | None = None
    kind: str | None = None
    road: str | None = None
    words: str = ""
    since: int | None = None
    until: int | None = None


@dataclass(frozen=True)
class Line:
    """One row. `did` is the verb of an operation, or one of WHATS; `value` and `before` are what
    was written and what had stood there."""

    at: int
    id: str
    person: str | None
    did: str
    road: str
    via: str
    kind: str | None = None
    rec: str | None = None
    field: str | None = None
    value: Any = None
    before: Any = None
    refused: str | None = None
    about: str = ""
    address: str = ""
    silent: bool = False  # found by what is masked in it alone

    @property
    def when(self) -> str:
        return instant(self.at)

    @property
    def place(self) -> str:
        return f"{self.at}.{self.id}"


def page(
    connection: Connection, org: int, wanted: Wanted, after: str | None, limit: int = PAGE
) -> tuple[list[Line], str | None]:
    """Some lines, and the place from which to go on."""
    found = [*_ops(connection, org, wanted, after, limit + 1)]
    if not (wanted.rec or wanted.kind or wanted.road):
        found += _deeds(connection, org, wanted, after, limit + 1)
    found.sort(key=lambda line: (line.at, line.id), reverse=True)
    after = found[limit - 1].place if len(found) > limit else None
    return [line for line in found[:limit] if not line.silent], after


def every(connection: Connection, org: int, wanted: Wanted) -> Iterator[Line]:
    """All of them, some at a time."""
    after: str | None = None
    while True:
        lines, after = page(connection, org, wanted, after, 500)
        yield from lines
        if after is None:
            return


def _beyond(c: Any, wanted: Wanted, after: str | None) -> list[Any]:
    clauses = [] if wanted.person is None else [c.person == wanted.person]
    clauses += [] if wanted.since is None else [c.at >= wanted.since]
    clauses += [] if wanted.until is None else [c.at < wanted.until]
    at, _, id_ = (after or "").partition(".")
    if at.isdecimal() and len(at) < 16:
        clauses.append(or_(c.at < int(at), and_(c.at == int(at), c.id < id_)))
    return clauses


def _ops(
    connection: Connection, org: int, wanted: Wanted, after: str | None, limit: int
) -> Iterator[Line]:
    c = OPS.c
    query = select(OPS).where(c.org == org, *_beyond(c, wanted, after))
    for one, value in (("rec", wanted.rec), ("type", wanted.kind), ("road", wanted.road)):
        query = query if value is None else query.where(c[one] == value)
    words = json.dumps(wanted.words)[1:-1]  # as they are kept
    if words:
        query = query.where(c.body.contains(words, autoescape=True))
    for row in connection.execute(_newest(query, c, limit)):
        sent, was = json.loads(row.body), json.loads(row.before or "{}")
        body, before = covered(row.type, sent, was)
        silent = body != sent and bool(words) and words not in json.dumps(body)
        name = body.get("f") if isinstance(body.get("f"), str) else None
        value = tapped(body, row.at) if body.get("k") == "look" else body.get("v", body.get("d"))
        told = before.get(name) if name in before else before or None
        yield Line(
            row.at, row.id, row.person, str(body.get("k")), row.road, row.via, row.type, row.rec,
            name, value, told, row.code, silent=silent,
        )  # fmt: skip


def _deeds(
    connection: Connection, org: int, wanted: Wanted, after: str | None, limit: int
) -> Iterator[Line]:
    c = DEED.c
    query = select(DEED).where(c.org == org, *_beyond(c, wanted, after))
    if wanted.words:
        query = query.where(c.about.contains(wanted.words, autoescape=True))
    for row in connection.execute(_newest(query, c, limit)):
        yield Line(row.at, row.id, row.person, row.what, "page", row.via, about=row.about,
                   address=row.address)  # fmt: skip


def _newest(query: Select[Any], c: Any, limit: int) -> Select[Any]:
    return query.order_by(c.at.desc(), c.id.desc()).limit(limit)
