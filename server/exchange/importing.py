"""Imports: choosing a file, saying what it means, a look at what would come, and how it went."""

from __future__ import annotations

from collections import Counter
from typing import Any

from flask import Blueprint, Response, redirect, request, stream_with_context
from werkzeug.exceptions import Conflict, NotFound

from server.core.db import reading, writing
from server.core.errors import Refused
from server.core.identity import current
from server.core.kinds import UUID
from server.core.permissions import Viewer
from server.core.registry import registry
from server.web.auth import expect_token
from server.web.pages import Visit, show, visit
from server.web.views.devices import instant_of

from . import keeping, reporting, taking, turning, wizard
from .faults import FILES, Unfit
from .hearing import Ear
from .plan import plan_of
from .portion import Portion
from .preparing import Reading
from .rights import importable, importing
from .saying import Voice
from .sources.reading import again
from .steering import steer
from .whose import teams_of

imports = Blueprint("imports", __name__, url_prefix="/imports")
LOOKED_AT = 500  # rows that are tried before anything is written
SHOWN = 8  # of them that are shown
MOST_FAULTS = 20
Json = dict[str, Any]


@imports.before_request
def _room() -> None:
    """The file itself is judged when it is here; what is far larger is not even read."""
    if request.method == "POST":
        if request.endpoint == "imports.upload":
            request.max_content_length = taking.LARGEST + 1024 * 1024
        expect_token()


@imports.get("/")
def history() -> Response:
    after = request.args.get("after", "")
    with visit() as v, reading() as connection:
        start = after if UUID.fullmatch(after) else ""
        rows, more = keeping.listed(connection, current().viewer, start)
        return show(("server/imports.html", {
            "rows": [_line(v, row) for row in rows], "after": more, "kinds": _kinds(v),
        }))  # fmt: skip


def _kinds(v: Visit) -> list[Json]:
    """Of which records may be brought in."""
    return [{"value": e.type, "label": e.plural, "icon": e.icon} for e in registry.entities.values()
            if importable(e) and v.me["can"][e.type]["create"] != "none"]  # fmt: skip


def _line(v: Visit, row: Any) -> Json:
    entity = registry.get(row.type)
    names = ("id", "name", "status", "total", "done", "made", "changed", "same", "refused",
             "undone", "kept")  # fmt: skip
    found = {name: getattr(row, name) for name in names}
    label, path = (entity.plural, entity.path) if entity else (row.type, "")
    by = None if row.person == v.me["id"] else v.store.title("person", row.person)
    error = FILES.get(row.error or "") or (row.error and reporting.said(row.error))
    return found | {"label": label, "path": path, "at": instant_of(row.at), "by": by,
                    "error": error, "share": 100 * row.done // max(1, row.total)}  # fmt: skip


@imports.get("/new")
def new() -> Response:
    return _choose(None, 200)


def _choose(code: str | None, status: int) -> Response:
    entity = importing(current().viewer, request.values.get("of", ""))
    with visit():
        return show(("server/import_new.html", {
            "of": entity.type, "label": entity.plural, "path": entity.path,
            "error": FILES[code] if code else None,
            "most": taking.LARGEST, "megabytes": taking.MEGABYTES,
        }), status)  # fmt: skip


@imports.post("/")
def upload() -> Response:
    entity = importing(current().viewer, request.form.get("of", ""))
    sent = request.files.get("file")
    if sent is None:
        return _choose("no_file", 422)
    try:
        id_ = taking.take(current().viewer, entity, sent)
    except Unfit as unfit:
        return _choose(unfit.code, 422)
    return _to(id_)


def _to(id_: str, step: str = "") -> Response:
    return redirect(f"/imports/{id_}{step}", 303)  # type: ignore[return-value]


def _row(id_: str) -> Any:
    with reading() as connection:
        found = keeping.one(connection, current().viewer, id_)
    if found.format == keeping.SWEEP:
        raise NotFound
    return found


@imports.get("/<id_>")
def one(id_: str) -> Response:
    row = _row(id_)
    return _mapping(row, [], 200) if row.status == keeping.DRAFT else _outcome(row)


def _mapping(row: Any, errors: list[Json], status: int) -> Response:
    entity = importing(current().viewer, row.type)
    with visit() as v:
        with reading() as connection:
            kept = keeping.templates(connection, current().viewer, row.type)
        context = wizard.mapping(row, entity, v.store.people(), errors, current().viewer)
        context |= {"label": entity.plural, "path": entity.path, "templates": [
            {"id": one.id, "name": one.name, "mine": one.person == v.me["id"]} for one in kept
        ]}  # fmt: skip
        return show(("server/import_mapping.html", context), status)


def _outcome(row: Any) -> Response:
    with visit() as v:
        voice = Voice(v.me, lambda kind, id_: "")
        needing = list(reporting.accounts(row.id, True, MOST_FAULTS))
        faults = [{"n": a.n + 1, "text": reporting.reason(row, voice, a)} for a in needing]
        return show(("server/import_outcome.html", {"row": _line(v, row), "faults": faults}))


@imports.post("/<id_>/reading")
def read_again(id_: str) -> Response:
    row = _draft(id_)
    names = ("encoding", "separator", "sheet")
    options = {name: request.form[name] for name in names if request.form.get(name)}
    try:
        viewer = current().viewer
        taking.again(viewer, row, importing(viewer, row.type), options)
    except Unfit as unfit:
        with visit() as v:
            say = Voice(v.me, lambda kind, id_: "").say
        return _mapping(row, [{"text": say(FILES[unfit.code])}], 422)
    return _to(id_)


@imports.post("/<id_>/mapping")
def map_(id_: str) -> Response:
    row = _draft(id_)
    entity = importing(current().viewer, row.type)
    with visit() as v:
        people = {one["value"] for one in v.store.people()}
        viewer = current().viewer
        body = wizard.plan_from(entity, request.form, len(row.columns), people, viewer)
        say = Voice(v.me, lambda kind, id_: "").say
        errors = wizard.wrong(plan_of(entity, body, viewer), v.me, say)
    with writing() as connection:
        keeping.put(connection, id_, plan=body)
    name = " ".join(request.form.get("template", "").split())[:100]
    if name and not errors:
        kept = body | {"heads": row.columns}
        keeping.keep_template(current().viewer, row.type, name, kept)
    return _mapping(_row(id_), errors, 422) if errors else _to(id_, "/preview")


@imports.post("/<id_>/template")
def use(id_: str) -> Response:
    """Take a template's plan for this file, column by column as they are headed; or forget it."""
    row = _draft(id_)
    if forgotten := request.form.get("forget"):
        keeping.forget_template(current().viewer, forgotten)
        return _to(id_)
    with reading() as connection:
        kept = keeping.templates(connection, current().viewer, row.type)
    body = next((one.body for one in kept if one.id == request.form.get("use")), None)
    if body is None:
        raise NotFound
    heads = dict(zip(body["heads"], body["targets"], strict=False))
    targets = [heads.get(head, "") for head in row.columns]
    with writing() as connection:
        keeping.put(connection, id_, plan=body | {"targets": targets})
    return _to(id_)


def _draft(id_: str) -> Any:
    row = _row(id_)
    if row.status != keeping.DRAFT:
        raise Conflict
    return row


@imports.get("/<id_>/preview")
def preview(id_: str) -> Response:
    row = _row(id_)
    if row.status != keeping.DRAFT:
        return _to(id_)
    entity = importing(current().viewer, row.type)
    plan = plan_of(entity, row.plan, current().viewer)
    try:
        with visit() as v:
            return show(("server/import_preview.html", _looked_at(v, row, plan)))
    except (Unfit, Refused):
        return _to(id_)


def _looked_at(v: Visit, row: Any, plan: Any) -> Json:
    """The first rows, as they would be written."""
    work = Reading(plan, Ear(v.me, plan.dates == "month"))
    with keeping.file_of(row, "rows") as path:
        cells = [one for one, _ in zip(again(path), range(LOOKED_AT), strict=False)]
    lines = [work.line(n, one) for n, one in enumerate(cells, 1)]
    with reading() as connection:
        teams = teams_of(connection, row.org)
        portion = Portion(connection, current().viewer, plan, work.defaults, teams, "")
        found = portion.prepare(lines)
    voice = Voice(v.me, lambda kind, id_: v.store.title(kind, id_) or "")
    bad = [one for one in found if one.status == "refused"]
    fields = wizard.labels(plan.entity, plan)
    shown = [one for one in found if one.status != "refused"][:SHOWN]
    return {
        "id": row.id, "name": row.name, "label": plan.entity.plural, "total": row.total,
        "looked": len(found), "counts": Counter(one.status for one in found) | Counter(),
        "heads": [label for _, label in fields],
        "rows": [{"status": one.status, "cells": [
            voice.text(plan.entity.fields[name], one.line.values.get(name)) for name, _ in fields
        ]} for one in shown],
        "faults": [{"n": one.line.n + 1, "text": reporting.reasons(row.type, voice, one.faults)}
                   for one in bad[:MOST_FAULTS]],
    }  # fmt: skip


def _run(viewer: Viewer, id_: str) -> None:
    importing(viewer, _row(id_).type)
    turning.run(viewer, id_)


steer(imports, "", _row, _to, run=_run)


@imports.post("/<id_>/removal")
def remove(id_: str) -> Response:
    """A draft that is not wanted."""
    row = _draft(id_)
    keeping.remove(row.org, row.id)
    return redirect("/imports/", 303)  # type: ignore[return-value]


@imports.get("/<id_>/report")
def report(id_: str) -> Response:
    row = _row(id_)
    with visit() as v:
        voice = Voice(v.me, lambda kind, id_: "")
    needing = request.args.get("only") == "needing"
    answer = Response(stream_with_context(reporting.lines(row, voice, needing)),
                      content_type="text/csv; charset=utf-8")  # fmt: skip
    answer.headers["Content-Disposition"] = 'attachment; filename="import-report.csv"'
    answer.headers["Cache-Control"] = "no-store"
    return answer
