"""Links that an organisation puts beside its records, with the record's values in their address."""

from __future__ import annotations

from typing import Any

from flask import Response, redirect

from server.core.clock import now_ms
from server.core.custom.showing import nameable

from .. import forms as records
from ..changing import new_id, write
from ..pages import Visit, show, visit
from ..views.inputs import error_list, groups
from ..views.manifest import Json, entity, field_of
from .base import blueprint, definition, definitions, entity_of
from .pages import settings

NAMES = ("label", "address")


@blueprint.get("/<kind>/links/")
def links(kind: str) -> Response:
    with visit() as v:
        return _form(v, kind, None)


@blueprint.post("/<kind>/links/")
def create_link(kind: str) -> Response:
    entity_of(kind)
    with visit() as v:
        read = records.parse(_owner(), v.form, v.me)
        place = 10 * len(definitions("custom_link", of=kind))
        made = {"of": kind, "place": place, **read["values"]}
        op = {"id": new_id(), "k": "new", "type": "custom_link", "rec": new_id(), "v": made,
              "base": 0, "t": now_ms()}  # fmt: skip
        errors = read["errors"] or write(v, [op])
        return _form(v, kind, None, read["given"], errors) if errors else _back(kind)


@blueprint.get("/<kind>/links/<id_>")
def edit_link(kind: str, id_: str) -> Response:
    with visit() as v:
        return _form(v, kind, definition("custom_link", id_, of=kind))


@blueprint.post("/<kind>/links/<id_>")
def change_link(kind: str, id_: str) -> Response:
    record = definition("custom_link", id_, of=kind)
    with visit() as v:
        read = records.parse(_owner(), v.form, v.me, record)
        errors = read["errors"] or write(v, settings(record, read["values"]))
        return _form(v, kind, record, read["given"], errors) if errors else _back(kind)


@blueprint.post("/<kind>/links/<id_>/retiring")
def retire_link(kind: str, id_: str) -> Response:
    record = definition("custom_link", id_, of=kind)
    with visit() as v:
        write(v, settings(record, {"deleted": True}))
    return _back(kind)


def _back(kind: str) -> Response:
    return redirect(f"/fields/{kind}/links/", 303)  # type: ignore[return-value]


def _owner() -> Json:
    owner: Any = entity("custom_link")
    return {**owner, "fields": [field_of(owner, name) for name in NAMES]}


def _form(
    v: Visit, kind: str, record: Json | None, given: Json | None = None,
    errors: dict[str, str] | None = None,
) -> Response:  # fmt: skip
    owner, fields = entity_of(kind), _owner()["fields"]
    held = record or dict.fromkeys(NAMES)
    own = f"/fields/{kind}/links/"
    there = [one for one in definitions("custom_link", of=kind) if not one["deleted"]]
    return show(("server/links.html", {
        "entity": owner, "record": record, "action": f"{own}{record['id']}" if record else own,
        "links": there, "cancel": own if record else f"/fields/{kind}/",
        "groups": groups(v.store, v.me, fields, held, given or {}, errors or {}),
        "errors": error_list(fields, errors or {}),
        "names": [{"name": n, "label": f.label} for n, f in nameable(owner.fields).items()],
    }), 422 if errors else 200)  # fmt: skip
