"""Fields of an entity: seen in their order, made, changed, moved, retired and restored."""

from __future__ import annotations

from typing import Any

from flask import Response, redirect, request
from werkzeug.exceptions import NotFound

from server.core.clock import now_ms
from server.core.custom.tables import KINDS
from server.core.registry import SYSTEM

from ..changing import new_id, write
from ..pages import Visit, show, visit
from ..views.inputs import error_list, groups
from ..views.manifest import Json, entity, message
from . import forms
from .base import blueprint, definition, definitions, entity_of, key_for, settings
from .expressing import names_of, places
from .marks import marks_of

LABELS = dict(KINDS)
ICONS = {
    "text": "pencil", "longtext": "notebook-pen", "number": "target", "date": "calendar",
    "instant": "clock", "choice": "circle-dot", "choices": "list-checks", "bool": "square-check",
    "ref": "arrow-right", "person": "user", "phone": "phone", "email": "mail", "url": "navigation",
    "money": "wallet", "autonumber": "tag", "formula": "sigma",
}  # fmt: skip


@blueprint.get("/<kind>/")
def listing(kind: str) -> Response:
    owner = entity_of(kind)
    mine = definitions("custom_field", of=kind)
    theirs = [f for f in owner.fields.values()
              if not f.custom and f.in_form and f.name not in SYSTEM]  # fmt: skip
    own = definitions("custom_entity", key=kind) if owner.own else []
    with visit():
        return show(("server/fields.html", {
            "entity": owner, "own": own[0] if own else None, "kinds": LABELS, "icons": ICONS,
            "fields": [one for one in mine if not one["deleted"]], "built_in": theirs,
            "retired": [one for one in mine if one["deleted"]], "marks": marks_of(owner),
        }))  # fmt: skip


@blueprint.get("/<kind>/new")
def new(kind: str) -> Response:
    owner, chosen = entity_of(kind), request.args.get("kind", "")
    with visit() as v:
        if chosen not in LABELS:
            return show(("server/field_kinds.html", {
                "entity": owner, "kinds": KINDS, "icons": ICONS}))  # fmt: skip
        return _form(v, kind, chosen, None)


@blueprint.post("/<kind>/")
def create(kind: str) -> Response:
    entity_of(kind)
    chosen = request.form.get("kind", "")
    if chosen not in LABELS:
        raise NotFound
    with visit() as v:
        owner = forms.field_owner(chosen)
        read = forms.read(v, owner, chosen, None)
        errors = read["errors"]
        if not errors:
            errors = write(v, [_born(v, kind, chosen, read["values"])])
        if errors:
            return _form(v, kind, chosen, None, read, errors)
    return _back(kind)


def _born(v: Visit, kind: str, chosen: str, values: Json) -> Json:
    there = definitions("custom_field", of=kind)
    key = key_for(values.get("label"), {one["key"] for one in there}, 40, "field")
    place = max((one["place"] or 0 for one in there), default=0) + 10
    made = {**values, "of": kind, "kind": chosen, "key": key, "place": place}
    given = {name: value for name, value in made.items() if value is not None}
    owner = {"type": "custom_field"}
    return {"id": new_id(), "k": "new", "type": owner["type"], "rec": new_id(), "v": given,
            "base": 0, "t": now_ms()}  # fmt: skip


@blueprint.get("/<kind>/<id_>")
def edit(kind: str, id_: str) -> Response:
    record = definition("custom_field", id_, of=kind)
    with visit() as v:
        return _form(v, kind, record["kind"], record)


@blueprint.post("/<kind>/<id_>")
def change(kind: str, id_: str) -> Response:
    record = definition("custom_field", id_, of=kind)
    chosen = record["kind"]
    with visit() as v:
        read = forms.read(v, forms.field_owner(chosen), chosen, record)
        errors = read["errors"]
        if not errors:
            errors = write(v, settings(record, read["values"]))
        if errors:
            return _form(v, kind, chosen, record, read, errors)
    return _back(kind)


@blueprint.post("/<kind>/<id_>/retiring")
def retire(kind: str, id_: str) -> Response:
    return _at_once(kind, id_, {"deleted": True})


@blueprint.post("/<kind>/<id_>/restoring")
def restore(kind: str, id_: str) -> Response:
    return _at_once(kind, id_, {"deleted": False})


def _at_once(kind: str, id_: str, values: Json) -> Response:
    record = definition("custom_field", id_, of=kind)
    with visit() as v:
        write(v, settings(record, values))
    return _back(kind)


@blueprint.post("/<kind>/<id_>/moving")
def move(kind: str, id_: str) -> Response:
    """One place up or down; all get places anew, tens apart."""
    there = [one for one in definitions("custom_field", of=kind) if not one["deleted"]]
    at = next((n for n, one in enumerate(there) if one["id"] == id_), None)
    if at is None:
        raise NotFound
    to = min(max(at + (1 if request.form.get("to") == "down" else -1), 0), len(there) - 1)
    there.insert(to, there.pop(at))
    ops = [op for n, one in enumerate(there, 1) for op in settings(one, {"place": n * 10})]
    with visit() as v:
        write(v, ops)
    return _back(kind)


def _back(kind: str) -> Response:
    return redirect(f"/fields/{kind}/", 303)  # type: ignore[return-value]


def _form(
    v: Visit, kind: str, chosen: str, record: Json | None, read: Json | None = None,
    errors: dict[str, str] | None = None,
) -> Response:  # fmt: skip
    owner, given = forms.field_owner(chosen), (read or {}).get("given", {})
    known: Json = record or {"filtered": True, "label": None}
    blank = {f["name"]: None for f in owner["fields"]} | known
    fields = [f for f in owner["fields"] if not (record and f["name"] in forms.FIXED)]
    made = groups(v.store, v.me, fields, blank, given, errors or {})
    usual = forms.default_input(v, chosen, record, {})
    if usual:
        code = (errors or {}).get("default")
        made[-1]["inputs"].append(usual | {"error": message(code) if code else None})
    options: list[Any] = (read or {}).get("values", {}).get("options") or blank.get("options") or []
    codes, lines = errors or {}, [one for one in options if len(one) == 2]
    return show(("server/field.html", {
        "entity": entity(kind), "kind": chosen, "kind_label": LABELS[chosen], "record": record,
        "action": f"/fields/{kind}/{record['id']}" if record else f"/fields/{kind}/",
        "groups": made, "errors": error_list(fields, codes), "cancel": f"/fields/{kind}/",
        "options": [*lines, *([["", ""]] * forms.SPARE)] if "choice" in chosen else None,
        "gone": [one for one in options if len(one) > 2],
        "places": places(kind, codes, given, record), "names": names_of(kind, chosen, record),
        "wrong": message(codes["options"]) if "options" in codes else None,
    }), 422 if codes else 200)  # fmt: skip
