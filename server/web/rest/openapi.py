"""The OpenAPI 3.1 document of the API, derived from the registry; see spec.openapis.org."""

from __future__ import annotations

from server.core.entity import Entity
from server.core.registry import registry
from server.core.rights import SERVER, Rights

from .base import TITLES, Json
from .paths import paths
from .shapes import ID, shape, values_of


def document(rights: Rights = SERVER) -> Json:
    """As it is for somebody with these rights: of fields that they hide nothing is said."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Kesher", "version": registry.manifest()["version"],
            "description": "Every kind of record, by the permissions of the token's person.",
            "license": {"name": "AGPL-3.0-or-later", "identifier": "AGPL-3.0-or-later"},
        },
        "servers": [{"url": "/"}],
        "security": [{"token": []}],
        "tags": [{"name": e.type, "description": e.plural} for e in registry.entities.values()],
        "paths": paths(rights),
        "components": {
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
            "parameters": PARAMETERS,
            "responses": {"problem": PROBLEM},
            "schemas": _schemas(rights),
        },
    }  # fmt: skip


PROBLEM: Json = {
    "description": "What is wrong, and what to do (RFC 9457).",
    "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/problem"}}},
}
PARAMETERS: Json = {
    "id": {"name": "id", "in": "path", "required": True, "example": ID,
           "schema": {"type": "string", "format": "uuid"}},
    "if_match": {"name": "If-Match", "in": "header", "example": '"17"',
                 "description": "The `ETag` seen: 412 if the record was changed since.",
                 "schema": {"type": "string", "pattern": '^((W/)?"[0-9]{1,15}"|\\*)$'}},
    "key": {"name": "Idempotency-Key", "in": "header",
            "description": "Sent again with the same key and body, it is carried out once.",
            "schema": {"type": "string", "pattern": "^[!-~]{1,200}$"}},
}  # fmt: skip


SENSITIVE = " (sensitive: empty unless a role of the token's person shows it plainly)"


def _schemas(rights: Rights) -> Json:
    found: Json = {"problem": {
        "type": "object", "required": ["type", "status", "code", "title"],
        "properties": {
            "type": {"type": "string"}, "status": {"type": "integer"}, "code": {"type": "string"},
            "title": {"type": "string", "examples": sorted(TITLES.values())},
            "detail": {"type": "string"}, "errors": {"type": "array", "items": {"type": "object"}},
        },
    }}  # fmt: skip
    for kind, entity in registry.entities.items():
        states = rights.fields(kind)
        found[kind] = _whole(entity, rights.hidden(kind))
        if not entity.system:
            fields = {n: f for n, f in entity.fields.items()
                      if not f.readonly and n != "deleted" and n not in states}  # fmt: skip
            found[f"{kind}_new"] = values_of(fields, whole=True)
            found[f"{kind}_change"] = values_of(fields, whole=False)
    return found


def _whole(entity: Entity, hidden: frozenset[str]) -> Json:
    system = {"id": {"type": "string", "format": "uuid"}, "type": {"type": "string"},
              "ver": {"type": "integer"}}  # fmt: skip
    fields = {name: shape(f) for name, f in entity.fields.items() if name not in hidden}
    for field in entity.sensitive:
        if field.name in fields:
            fields[field.name]["description"] += SENSITIVE
    return {"type": "object", "required": [*system, *fields], "properties": system | fields}
