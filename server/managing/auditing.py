"""The audit log as pages and as a file. It can be read and taken out, and no more."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from flask import Response, request, stream_with_context

from server.core import auditing, deeds
from server.core.auditing import Wanted
from server.core.db import reading, writing
from server.core.identity import current
from server.core.kinds import DATE, UUID
from server.core.registry import registry
from server.core.text import clean
from server.exchange.defusing import defuse
from server.web.pages import show, visit

from .base import managing
from .lines import ROADS, shown

HEAD = ("at", "person", "did", "kind", "record", "field", "before", "after", "from", "device",
        "address", "refused")  # fmt: skip


@managing.get("/audit/")
def audit() -> Response:
    wanted = _wanted()
    with visit() as v:
        with reading() as connection:
            org = current().viewer.org
            lines, after = auditing.page(connection, org, wanted, request.args.get("after"))
        query = {name: value for name, value in request.args.items() if name != "after"}
        context = {
            "rows": [shown(v, line) for line in lines], "after": after, "query": query,
            "people": v.store.people(), "roads": ROADS,
            "kinds": [{"value": k, "label": e.label} for k, e in registry.entities.items()
                      if k not in ("change", "conflict", "notice", "holding")],
        }  # fmt: skip
        return show(("server/audit.html", context))


@managing.get("/audit/log")
def audit_file() -> Response:
    """The lines that the page would show, all of them, as CSV."""
    signed, wanted = current(), _wanted()
    with writing() as connection:
        org, person = signed.viewer.org, signed.viewer.id
        deeds.note(connection, org, person, "audit_exported", "", signed.via)
    answer = Response(stream_with_context(_csv(wanted)), mimetype="text/csv")
    answer.headers["Content-Disposition"] = 'attachment; filename="audit.csv"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _wanted() -> Wanted:
    """Nothing is refused: what can't be meant is left out."""
    asked = {name: clean(value)[:100] for name, value in request.args.items()}

    def known(name: str) -> str | None:
        return asked.get(name) if UUID.fullmatch(asked.get(name, "")) else None

    road, kind = asked.get("road"), asked.get("kind")
    until = _day(asked.get("until", ""))
    return Wanted(
        known("person"), known("rec"), kind if kind in registry.entities else None,
        road if road in ROADS else None, asked.get("q", "").strip(), _day(asked.get("since", "")),
        None if until is None else until + int(timedelta(days=1).total_seconds() * 1000),
    )  # fmt: skip


def _day(text: str) -> int | None:
    if not DATE.fullmatch(text):
        return None
    try:
        return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp() * 1000)
    except ValueError:
        return None


def _csv(wanted: Wanted) -> Iterator[str]:
    yield "\ufeff" + _line(HEAD)
    with visit() as v, reading() as connection:
        for line in auditing.every(connection, current().viewer.org, wanted):
            by = v.store.title("person", line.person) if line.person else ""
            yield _line((
                line.when, by or line.person or "", line.did, line.kind or "",
                line.rec or line.about, line.field or "", _text(line.before), _text(line.value),
                line.road, line.via, line.address, line.refused or "",
            ))  # fmt: skip


def _text(value: object) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _line(values: tuple[str, ...]) -> str:
    out = io.StringIO()
    csv.writer(out).writerow([defuse(value) for value in values])
    return out.getvalue()
