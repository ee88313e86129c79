"""Kinds of record: all that can have fields, and those that the organisation makes for itself."""

from __future__ import annotations

from typing import Any

from flask import Response, redirect
from werkzeug.exceptions import NotFound

from server.core.clock import now_ms
from server.core.i18n import _l
from server.core.registry import registry

from .. import forms as records
from ..changing import new_id, write
from ..pages import Visit, show, visit
from ..views.inputs import error_list, groups
from ..views.manifest import Json, entity, field_of
from .base import blueprint, definitions, key_for
from .pages import settings

NAMES = ("label", "plural", "new", "heading")
ABOUT = _l("What it is called")
WHERE = _l("Where it belongs")
ICONS = (
    "briefcase", "building-2", "calendar", "camera", "file-text", "flag", "house", "info",
    "key-round", "laptop", "list-checks", "map-pin", "message-square", "navigation",
    "notebook-pen", "phone", "smartphone", "star", "tag", "target", "users", "wallet",
)  # fmt: skip


@blueprint.get("/")
def kinds() -> Response:
    counts: dict[str, int] = {}
    for one in definitions("custom_field"):
        counts[one["of"]] = counts.get(one["of"], 0) + (0 if one["deleted"] else 1)
    there = [e for e in registry.entities.values() if not e.system]
    with visit():
        return show(("server/kinds.html", {
            "kinds": [{"entity": e, "n": counts.get(e.type, 0)} for e in there],
            "retired": [one for one in definitions("custom_entity") if one["deleted"]],
        }))  # fmt: skip


@blueprint.get("/kinds/new")
def new_kind() -> Response:
    with visit() as v:
        return _form(v, None)


@blueprint.post("/")
def create_kind() -> Response:
    with visit() as v:
        read = records.parse(_owner(), v.form, v.me)
        errors = read["errors"]
        if not errors:
            made = _born(read["values"])
            errors = write(v, [made])
        if errors:
            return _form(v, None, read["given"], errors)
    return redirect(f"/fields/{made['v']['key']}/", 303)  # type: ignore[return-value]


def _born(values: Json) -> Json:
    there = definitions("custom_entity")
    taken = {one["key"] for one in there} | set(registry.entities)
    key = key_for(values.get("label"), taken, 30, "kind")
    given = {name: value for name, value in values.items() if value is not None}
    return {"id": new_id(), "k": "new", "type": "custom_entity", "rec": new_id(),
            "v": given | {"key": key, "place": len(there) * 10}, "base": 0,
            "t": now_ms()}  # fmt: skip


@blueprint.get("/kinds/<key>")
def edit_kind(key: str) -> Response:
    with visit() as v:
        return _form(v, _known(key))


@blueprint.post("/kinds/<key>")
def change_kind(key: str) -> Response:
    record = _known(key)
    with visit() as v:
        read = records.parse(_owner(record), v.form, v.me, record)
        errors = read["errors"] or write(v, settings(record, read["values"]))
        if errors:
            return _form(v, record, read["given"], errors)
    return redirect(f"/fields/{key}/", 303)  # type: ignore[return-value]


@blueprint.post("/kinds/<key>/retiring")
def retire_kind(key: str) -> Response:
    return _at_once(key, {"deleted": True}, "/fields/")


@blueprint.post("/kinds/<key>/restoring")
def restore_kind(key: str) -> Response:
    return _at_once(key, {"deleted": False}, f"/fields/{key}/")


def _at_once(key: str, values: Json, then: str) -> Response:
    record = _known(key)
    with visit() as v:
        write(v, settings(record, values))
    return redirect(then, 303)  # type: ignore[return-value]


def _known(key: str) -> Json:
    """Raises NotFound."""
    found = next(iter(definitions("custom_entity", key=key)), None)
    if found is None:
        raise NotFound
    return found


def _owner(record: Json | None = None) -> Json:
    """The entity of such definitions with the fields of their form."""
    owner: Any = entity("custom_entity")
    named = [{**(field_of(owner, name) or {}), "group": ABOUT} for name in NAMES]
    icon = {**(field_of(owner, "icon") or {}), "kind": "choice", "group": ABOUT,
            "choices": [[one, one] for one in ICONS]}  # fmt: skip
    where = ["in_menu"] if record else ["belongs", "in_menu"]
    placed = [{**(field_of(owner, name) or {}), "group": WHERE} for name in where]
    return owner | {"fields": [*named, icon, *placed]}  # type: ignore[no-any-return]


def _form(
    v: Visit, record: Json | None, given: Json | None = None, errors: dict[str, str] | None = None
) -> Response:
    fields = _owner(record)["fields"]
    known = record or {"in_menu": True, "belongs": True, "icon": "file-text"}
    blank = {f["name"]: None for f in fields} | known
    key = record["key"] if record else None
    return show(("server/kind.html", {
        "record": record, "action": f"/fields/kinds/{key}" if key else "/fields/",
        "groups": groups(v.store, v.me, fields, blank, given or {}, errors or {}),
        "errors": error_list(fields, errors or {}), "icons": ICONS,
        "cancel": f"/fields/{key}/" if key else "/fields/",
    }), 422 if errors else 200)  # fmt: skip
