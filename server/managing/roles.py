"""Roles as a table: each kind of record, how far each action reaches, and rights on its fields."""

from __future__ import annotations

from collections import Counter
from typing import Any

from flask import Response, request
from werkzeug.exceptions import NotFound

from server.core.narrowing import restrictable
from server.core.registry import registry
from server.core.rights import ACTIONS, ADMIN, ALL, LEVELS, NONE, REST
from server.core.roles import HOLDS
from server.web.pages import Visit, show, visit
from server.web.templating import said
from server.web.views.manifest import Json

from . import base
from .base import managing
from .words import DEEDS, REACH, STATES


def all_roles(v: Visit) -> list[Json]:
    found: list[Json] = v.store.page("role", {"words": [], "limit": 200})["rows"]
    return found


@managing.get("/roles/")
def roles() -> Response:
    with visit() as v:
        people = v.store.page("person", {"words": [], "limit": 5000})["rows"]
        have = Counter(i for p in people if p["active"] is not False for i in p["roles"])
        rows = [{**role, "n": have[role["id"]]} for role in all_roles(v)]
        return show(("server/roles.html", {"rows": rows}))


@managing.get("/roles/new")
def new_role() -> Response:
    """A new one begins as a copy of another, if asked to."""
    with visit() as v:
        like = v.store.get("role", request.args.get("like")) or {}
        draft = {"id": None, "name": "", "about": "", "key": None, "holds": like.get("holds"),
                 "rights": like.get("rights") or {}}  # fmt: skip
        return _page(v, draft)


@managing.get("/roles/<id_>")
def role(id_: str) -> Response:
    with visit() as v:
        return _page(v, _found(v, id_))


@managing.post("/roles/")
def add_role() -> Response:
    with visit() as v:
        values = _read({})
        rec, wrong = base.make("role", values)
        if wrong:
            return _page(v, {"id": None, "key": None, **values}, wrong)
        return base.elsewhere(f"/roles/{rec}?saved=1")


@managing.post("/roles/<id_>")
def save_role(id_: str) -> Response:
    with visit() as v:
        row = _found(v, id_)
        values = _read(row["rights"] or {})
        if row["key"] == ADMIN:
            values.pop("rights")
        if values["name"] == said(v.me["lang"], row["name"]):
            values["name"] = row["name"]  # which everybody reads in their own language
        wrong = base.change("role", row, values)
        if wrong:
            return _page(v, {**row, **values}, wrong)
        return base.elsewhere(f"/roles/{id_}?saved=1")


@managing.post("/roles/<id_>/deletion")
def remove_role(id_: str) -> Response:
    with visit() as v:
        row = _found(v, id_)
        wrong = base.remove("role", row)
        return _page(v, row, wrong) if wrong else base.elsewhere("/roles/")


def _found(v: Visit, id_: str) -> Json:
    row: Json | None = v.store.get("role", id_)
    if row is None or row["deleted"]:
        raise NotFound
    return row


def _page(v: Visit, row: Json, wrong: list[str] | None = None) -> Response:
    rights = row["rights"] or {}
    context = {
        "role": row, "errors": wrong or [], "saved": request.args.get("saved") == "1",
        "fixed": row["key"] == ADMIN, "reach": REACH, "deeds": DEEDS, "states": STATES,
        "kinds": [_kind(kind, rights) for kind in (REST, *offered())],
        "holds": [{"value": v, "label": text, "on": v == row["holds"]} for v, text in HOLDS],
    }  # fmt: skip
    return show(("server/role.html", context), 422 if wrong else 200)


def offered() -> list[str]:
    """Kinds of record that roles speak of: those with pages."""
    return [e.type for e in registry.entities.values() if not (e.system or e.personal)]


def _kind(kind: str, rights: Json) -> Json:
    """A row of the table, and the fields below it."""
    row, usual = rights.get(kind, {}), rights.get(REST, {})
    cells = [
        {"name": f"{kind}.{action}", "action": action, "usual": usual.get(action, NONE),
         "value": row.get(action, NONE if kind == REST else ""),
         "levels": (NONE, ALL) if action == "create" else LEVELS}
        for action in ACTIONS
    ]  # fmt: skip
    if kind == REST:
        return {"kind": kind, "label": None, "cells": cells, "fields": [], "n": 0}
    entity, states = registry[kind], row.get("fields", {})
    fields = [
        {"name": f"{kind}.{name}", "label": entity.fields[name].label, "may": ("", *may),
         "value": states.get(name, "")}
        for name, may in restrictable(entity).items()
    ]  # fmt: skip
    return {"kind": kind, "label": entity.plural, "cells": cells, "fields": fields,
            "n": len(states)}  # fmt: skip


def _read(before: Json) -> Json:
    """The form as fields of a role. What the form does not show stays as it was."""
    form: Any = request.form
    rights = {kind: row for kind, row in before.items() if kind not in (REST, *offered())}
    for kind in (REST, *offered()):
        row: Json = {a: v for a in ACTIONS if (v := form.get(f"{kind}.{a}")) in LEVELS}
        if kind != REST and (fields := _fields(kind)):
            row["fields"] = fields
        if row:
            rights[kind] = row
    return {"name": base.typed("name"), "about": base.typed("about"),
            "holds": form.get("holds") or None, "rights": rights}  # fmt: skip


def _fields(kind: str) -> dict[str, str]:
    given = {n: request.form.get(f"{kind}.{n}") for n in restrictable(registry[kind])}
    may = restrictable(registry[kind])
    return {name: state for name, state in given.items() if state and state in may[name]}
