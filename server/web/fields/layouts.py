"""Layouts: which groups of fields forms and pages have, in which order, for everybody or one role.

A layout is edited as one list: headings, and below each its fields. What stands below the last
heading is not shown. A row is posted as `g:` (a heading, with `label` and `columns`), `f:<name>` or
`u:` (that last heading); the order of the rows is the layout. Without a script a button `move`
posts the list as well, which comes back in its new order and is not kept before it is saved."""

from __future__ import annotations

from typing import Any

from flask import Response, redirect, request

from server.core.clock import now_ms
from server.core.entity import Entity
from server.core.registry import registry

from ..changing import new_id, write
from ..pages import Visit, show, visit
from ..templating import said
from ..views.manifest import Json
from .base import blueprint, definitions, entity_of
from .pages import settings
from .rows import Line, moved, posted

APART = ("created_at", "created_by", "updated_at", "updated_by", "deleted")
EVERYBODY = ""


@blueprint.get("/<kind>/layout")
def layout(kind: str) -> Response:
    with visit() as v:
        return _form(v, entity_of(kind), request.args.get("role", EVERYBODY)[:40], {})


@blueprint.post("/<kind>/layout")
def set_layout(kind: str) -> Response:
    owner = entity_of(kind)
    with visit() as v:
        role = (v.form.get("role") or [EVERYBODY])[0][:40]
        there = _there(kind, role)
        if "move" in v.form:
            rows, at = moved(posted(v), v.form["move"][0])
            return _form(v, owner, role, {}, _read(owner, v, rows, whole=True), at)
        if "reset" in v.form:
            errors = write(v, settings(there, {"deleted": True})) if there else {}
        else:
            errors = write(v, _ops(kind, role, there, _read(owner, v, posted(v))))
        if errors:
            return _form(v, owner, role, errors)
    suffix = f"?role={role}" if role else ""
    return redirect(f"/fields/{kind}/layout{suffix}", 303)  # type: ignore[return-value]


def _there(kind: str, role: str) -> Json | None:
    """The layout of a role, a deleted one included."""
    found = definitions("custom_layout", of=kind)
    return next((one for one in found if (one["role"] or "") == role), None)


def _ops(kind: str, role: str, there: Json | None, plan: Json) -> list[Json]:
    if there:
        return settings(there, {"plan": plan, "deleted": False})
    values = {"of": kind, "plan": plan} | ({"role": role} if role else {})
    return [{"id": new_id(), "k": "new", "type": "custom_layout", "rec": new_id(), "v": values,
             "base": 0, "t": now_ms()}]  # fmt: skip


def _read(owner: Entity, v: Visit, rows: list[Line], *, whole: bool = False) -> Json:
    """The layout as it was posted; fields before any heading belong to the first one. `whole`: with
    groups that nothing is in, or that have no name, yet."""
    ours = {said(v.me["lang"], g): g for g in _groups_of(owner)}
    groups: list[Json] = []
    unseen: list[str] = []
    names: list[str] | None = None
    for row, label, wide in rows:
        what, _, name = row.partition(":")
        if what == "g":
            if label or whole or not groups:
                label = ours.get(label, label) or ("" if whole else "…")
                groups.append({"label": label[:80], "columns": 1 if wide == "1" else 2,
                               "fields": []})  # fmt: skip
            names = groups[-1]["fields"]
        elif what == "u":
            names = unseen
        elif name in owner.fields and names is not None:
            names.append(name)
    return {"groups": [g for g in groups if g["fields"] or whole], "unseen": unseen}


def _groups_of(owner: Entity) -> list[str]:
    return list(dict.fromkeys(f.group for f in owner.fields.values()))


def _placed(owner: Entity) -> list[str]:
    return [
        f.name for f in owner.fields.values()
        if f.name not in APART and not f.aside and f.kind not in ("json", "picture")
    ]  # fmt: skip


def _rows(owner: Entity, plan: Json | None) -> Json:
    """{groups: [{label, columns, fields}], unseen}: all fields, wherever the layout has them."""
    left = dict.fromkeys(_placed(owner))
    groups: list[Json] = []
    for group in plan["groups"] if plan else []:
        fields = [name for name in group["fields"] if name in left]
        groups.append({**group, "fields": fields})
        for name in fields:
            left.pop(name, None)
    unseen = [n for n in (plan or {}).get("unseen", []) if n in left]
    for name in [n for n in left if n not in unseen]:
        label = owner.fields[name].group
        group = next((g for g in groups if g["label"] == label), None)
        if group is None:
            group = {"label": label, "columns": 2, "fields": []}
            groups.append(group)
        group["fields"].append(name)
    if not groups or groups[-1]["label"] or groups[-1]["fields"]:
        groups.append({"label": "", "columns": 2, "fields": []})
    return {"groups": groups, "unseen": unseen}


def _roles() -> list[tuple[str, str]]:
    """Who may have a layout of their own: [(role, name)]."""
    if registry.get("role"):
        return [(one["id"], one["name"]) for one in definitions("role") if not one["deleted"]]
    return list(registry["person"].fields["role"].choices or ())


def _form(
    v: Visit, owner: Entity, role: str, errors: dict[str, str], draft: Json | None = None,
    at: str = "",
) -> Response:  # fmt: skip
    there = _there(owner.type, role)
    living = there if there and not there["deleted"] else None
    own = [d["role"] or "" for d in definitions("custom_layout", of=owner.type) if not d["deleted"]]
    plan: Any = living["plan"] if living else None
    return show(("server/layout.html", {
        "entity": owner, "role": role, "roles": _roles(), "own": own, "living": bool(living),
        "plan": _rows(owner, draft or plan), "at": at, "failed": bool(errors),
        "fields": {n: f.label for n, f in owner.fields.items()},
    }), 422 if errors else 200)  # fmt: skip
