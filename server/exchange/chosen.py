"""Changes of many records at once: those chosen in a list, or all that match it. Each has a page
that tells how far it is, what was refused and why, and takes it back."""

from __future__ import annotations

import csv
from dataclasses import asdict
from typing import Any

import orjson
from flask import Blueprint, Response, redirect, request
from uuid_utils.compat import uuid7
from werkzeug.exceptions import NotFound

from server.core.db import reading
from server.core.identity import current
from server.core.kinds import UUID
from server.core.permissions import Viewer
from server.files.arriving import scratch
from server.web import deeds, views
from server.web.auth import expect_token
from server.web.pages import Visit, owner_of, show, visit
from server.web.views.addresses import back_to
from server.web.views.chosen import offers
from server.web.views.devices import instant_of
from server.web.views.manifest import Json
from server.web.views.sweep import COUNTS, line

from . import keeping, reporting, running, turning, undoing
from .faults import FILES, said
from .listing import listed
from .steering import steer
from .sweeping import PLAN

chosen = Blueprint("chosen", __name__)
MOST = 2_000  # records that are named one by one
AT_ONCE = 200  # that are changed before the answer, so that the list shows it
MOST_FAULTS = 100


@chosen.before_request
def _token() -> None:
    if request.method == "POST":
        expect_token()


@chosen.post("/<path>/chosen")
def do(path: str) -> Response:
    owner = owner_of(path)
    with visit() as v:
        if offers(v.me, owner) is None:
            raise NotFound
        read = deeds.read(owner, v.form, v.me)
        errors, ids = read["errors"], _ids(v)
        if not errors and "_all" not in v.form and not 0 < len(ids) <= MOST:
            errors = {"_rec": "many_chosen" if ids else "none_chosen"}
        if errors:
            query = {**v.query, "_do": v.form.get("_do", []), "_field": v.form.get("_field", [])}
            view = views.chosen_view(v.store, v.me, owner, query, v.default_scope,
                                     read["given"], errors)  # fmt: skip
            return show(view, 422)
        id_ = _begin(v, owner, read["deed"], ids)
        return _carry_out(v, id_, len(ids))


def _ids(v: Visit) -> list[str]:
    if "_all" in v.form:
        return []
    return [one for one in dict.fromkeys(v.form.get("_rec", [])) if UUID.fullmatch(one)]


def _begin(v: Visit, owner: Json, deed: Json, ids: list[str]) -> str:
    """A sweep, not yet begun; the same form sent twice is one."""
    viewer, id_ = current().viewer, (v.form.get("_run") or [""])[0]
    id_ = id_ if UUID.fullmatch(id_) else str(uuid7())
    with reading() as connection:
        if keeping.known(connection, id_):
            return id_
    options: Json = {"deed": deed}
    if not ids:
        asked, held = listed(v, owner)
        said = {k: value for k, value in asdict(asked).items() if k not in ("after", "limit")}
        options |= {"asked": said, "held": held, "lang": v.me["lang"]}
    with scratch() as path:
        with path.open("w", encoding="ascii", newline="") as file:
            csv.writer(file).writerows([one] for one in ids)
        keeping.keep_rows(viewer.org, id_, path)
    found = {"format": keeping.SWEEP, "options": options, "columns": ["id"], "sample": [],
             "sheets": [], "plan": PLAN, "total": len(ids)}  # fmt: skip
    return keeping.begin(viewer, owner["type"], owner["path"], found, id_)


def _carry_out(v: Visit, id_: str, n: int) -> Response:
    """A few at once; many, and all that match, by a worker."""
    row = _row(id_)
    if row.status == keeping.DRAFT:
        turning.run(current().viewer, id_)
        row = _row(id_)
        if 0 < n <= AT_ONCE:
            running.run(id_, row.turn)
            row = _row(id_)
    if row.status == keeping.DONE and not row.refused:
        return redirect(back_to(v.form) or f"/{row.name}/", 303)  # type: ignore[return-value]
    return _to(id_)


def _to(id_: str) -> Response:
    return redirect(f"/chosen/{id_}", 303)  # type: ignore[return-value]


def _row(id_: str) -> Any:
    with reading() as connection:
        found = keeping.one(connection, current().viewer, id_)
    if found.format != keeping.SWEEP:
        raise NotFound
    return found


@chosen.get("/chosen/")
def history() -> Response:
    after = request.args.get("after", "")
    with visit() as v, reading() as connection:
        start = after if UUID.fullmatch(after) else ""
        rows, more = keeping.listed(connection, current().viewer, start, sweeps=True)
        shown = [line(v.store, _said(v, row)) for row in rows]
        return show(("server/sweeps.html", {"rows": shown, "after": more}))


def _said(v: Visit, row: Any) -> Json:
    """As the views are told of it."""
    error = FILES.get(row.error or "") or (row.error and said(row.error))
    return {
        "id": row.id, "type": row.type, "deed": row.options["deed"], "at": instant_of(row.at),
        "by": None if row.person == v.me["id"] else row.person, "status": row.status,
        "faults": [], "error": error, **{name: getattr(row, name) for name in COUNTS},
    }  # fmt: skip


@chosen.get("/chosen/<id_>")
def one(id_: str) -> Response:
    row = _row(id_)
    needing = list(reporting.accounts(row.id, True, MOST_FAULTS))
    with visit() as v:
        faults = [[one.rec, *fault] for one in needing for fault in orjson.loads(one.what or "[]")]
        return show(views.sweep_view(v.store, _said(v, row) | {"faults": faults}))


def _undo(viewer: Viewer, id_: str) -> None:
    """Of a few at once, as they were done."""
    turning.undo(viewer, id_)
    row = _row(id_)
    if row.total <= AT_ONCE:
        undoing.undo(id_, row.turn)


steer(chosen, "/chosen", _row, _to, undo=_undo)
