"""Export of any list: the page that asks what to take, and the file itself."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, Response, request, stream_with_context
from werkzeug.exceptions import BadRequest

from server.core import devices
from server.core.db import reading
from server.core.entity import Entity, Field
from server.core.identity import current
from server.core.kinds import UUID
from server.core.reading import Asked
from server.core.registry import registry
from server.web.auth import expect_token
from server.web.pages import Visit, show, visit
from server.web.views import asking
from server.web.views.devices import instant_of
from server.web.views.manifest import by_path

from . import recording
from .formats.vcard_out import fits
from .leaving import Wish
from .listing import listed
from .producing import FORMATS, Export
from .rights import columns, exportable

exporting = Blueprint("exporting", __name__)


@exporting.get("/<path>/export")
def choose(path: str) -> Response:
    entity = exportable(current().viewer, path)
    with visit() as v:
        asked = _asked(v, path)
        return show(("server/export.html", {
            "entity": by_path(path), "back": asking.link(_owner(path), asked),
            "action": f"/{path}/export?{request.query_string.decode('ascii', 'replace')}",
            "formats": [{"value": name, "label": FORMATS[name][0]} for name in _formats(entity)],
            "narrowed": any(map(asked.get, ("q", "filters", "where"))) or asked["scope"] == "mine",
        }))  # fmt: skip


@exporting.post("/<path>/export")
def take(path: str) -> Response:
    expect_token()
    entity, form = exportable(current().viewer, path), request.form.get("format", "")
    if form not in _formats(entity):
        raise BadRequest
    with visit() as v:
        export = Export(v.signed, v.me, _wish(v, entity), form, bom="bom" in v.form)
    name = f"{entity.path}-{datetime.now(UTC):%Y-%m-%d}.{form}"
    answer = Response(stream_with_context(export.bytes()), content_type=FORMATS[form][1])
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


@exporting.get("/exports/")
def log() -> Response:
    """Administrators see what everybody took out."""
    everybody, after = devices.manages(current().viewer), request.args.get("after", "")
    with visit() as v:
        with reading() as connection:
            start = after if UUID.fullmatch(after) else None
            rows, more = recording.listed(connection, current().viewer, everybody, start)
        shown = [_line(v, row) for row in rows]
        return show(("server/exports.html", {
            "rows": shown, "after": more, "everybody": everybody,
        }))  # fmt: skip


def _line(v: Visit, row: Any) -> dict[str, Any]:
    entity = registry.get(row.type)
    return {
        "label": entity.plural if entity else row.type, "format": row.format.upper(), "n": row.n,
        "at": instant_of(row.at), "by": v.store.title("person", row.person),
        "address": row.address,
    }  # fmt: skip


def _formats(entity: Entity) -> list[str]:
    return [name for name in FORMATS if name != "vcf" or fits(entity)]


def _owner(path: str) -> dict[str, Any]:
    found = by_path(path)
    assert found is not None
    return found


def _asked(v: Visit, path: str) -> dict[str, Any]:
    return asking.read(_owner(path), v.me, v.query, v.default_scope)


def _wish(v: Visit, entity: Entity) -> Wish:
    """The list as it is shown, or everything of its kind."""
    fields = columns(entity, current().viewer)
    if v.form.get("columns") == ["shown"]:
        fields = _shown(entity, _asked(v, entity.path)["columns"])
    if v.form.get("which") == ["all"]:
        name, direction = _owner(entity.path)["order"]
        return Wish(entity, Asked(sort=name, descending=direction == "desc"), False, fields)
    return Wish(entity, *listed(v, _owner(entity.path)), fields)


def _shown(entity: Entity, names: list[str]) -> list[Field]:
    """The columns of the list."""
    found = columns(entity, current().viewer)
    return [one for name in names for one in found if one.name == name]
