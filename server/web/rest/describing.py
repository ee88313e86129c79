"""The API's description, made from the registry: OpenAPI 3.1 for programs, a page for people."""

from __future__ import annotations

from flask import Response

from server.core.registry import registry

from ..rendering import page
from . import openapi
from .asking import filters_of, sorts_of
from .base import Json, answer, api, hidden, signed


@api.get("/openapi.json")
def description() -> Response:
    return answer(openapi.document(signed().viewer.rights))


@api.get("/docs")
def docs() -> Response:
    kinds = sorted(registry.entities, key=lambda kind: registry[kind].system)
    return page("server/api.html", {"kinds": [_kind(kind) for kind in kinds]})


def _kind(kind: str) -> Json:
    entity, rights = registry[kind], signed().viewer.rights
    fields = [f.describe() for f in entity.fields.values() if f.name not in hidden(entity)]
    return {
        "label": entity.plural, "path": f"/api/v1/{entity.path}/", "writable": not entity.system,
        "fields": [_field(field) for field in fields],
        "filters": ", ".join(filters_of(entity, rights)),
        "sorts": ", ".join(sorts_of(entity, rights)),
        "actions": [{"label": a.label, "noun": a.noun} for a in entity.actions],
    }  # fmt: skip


def _field(field: Json) -> Json:
    return {
        "name": field["name"], "label": field["label"], "kind": field["kind"],
        "required": field["required"], "readonly": field["readonly"], "max": field["max"],
        "choices": ", ".join(value for value, _ in field["choices"] or ()),
        "target": field["target"] or "",
    }  # fmt: skip
