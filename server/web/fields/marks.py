"""Which fields are sensitive: told of built-in ones and of the organisation's own alike."""

from __future__ import annotations

from flask import Response, redirect, request
from werkzeug.exceptions import NotFound

from server.core.clock import now_ms
from server.core.entity import Entity
from server.core.narrowing import markable

from ..changing import new_id, write
from ..pages import visit
from ..views.manifest import Json
from .base import blueprint, definitions, entity_of, settings


@blueprint.post("/<kind>/marking")
def mark_field(kind: str) -> Response:
    """`field` is sensitive from now on, or, without `sensitive`, no longer."""
    owner, name = entity_of(kind), request.form.get("field", "")
    there = definitions("field_mark", of=kind, field=name)
    if name not in markable(owner) and not there:
        raise NotFound
    wanted = request.form.get("sensitive") == "1"
    if there:
        ops = settings(there[0], {"sensitive": wanted, "deleted": False})
    else:
        ops = [_born(kind, name)] if wanted else []
    with visit() as v:
        write(v, ops)
    return redirect(f"/fields/{kind}/", 303)  # type: ignore[return-value]


def _born(kind: str, name: str) -> Json:
    values = {"of": kind, "field": name, "sensitive": True}
    return {"id": new_id(), "k": "new", "type": "field_mark", "rec": new_id(), "v": values,
            "base": 0, "t": now_ms()}  # fmt: skip


def marks_of(owner: Entity) -> dict[str, str]:
    """Each field that can be told so, and how it stands: marked, following from such a one, or
    neither."""
    there = {d["field"] for d in definitions("field_mark", of=owner.type)
             if d["sensitive"] and not d["deleted"]}  # fmt: skip
    states = {name: "marked" if name in there else "" for name in markable(owner)}
    following = {f.name: "follows" for f in owner.sensitive if f.name not in there}
    return states | following
