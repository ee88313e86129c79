"""The addresses of the API for the OpenAPI document: one description for each deed and entity."""

from __future__ import annotations

from typing import Any

from server.core.entity import Action, Entity
from server.core.registry import registry
from server.core.rights import Rights

from .base import Json
from .bulk import MOST as MOST_CHANGES
from .shapes import queries, values_of


def paths(rights: Rights) -> Json:
    found: Json = {"/api/v1/bulk": {"post": _bulk()}}
    for entity in registry.entities.values():
        there = f"/api/v1/{entity.path}/"
        found[there] = {"get": _list(entity, rights)}
        found[f"{there}{{id}}"] = {"get": _get(entity)}
        if entity.system:
            continue
        found[there]["post"] = _create(entity)
        found[f"{there}{{id}}"] |= {"patch": _change(entity), "delete": _delete(entity)}
        found[f"{there}{{id}}/restoration"] = {"post": _restore(entity)}
        for action in entity.actions:
            found[f"{there}{{id}}/{action.noun}"] = {"post": _act(entity, action)}
    return found


def _operation(
    entity: Entity, name: str, says: str, answers: Json, *refused: int, **more: Any
) -> Json:
    faults = (400, 401, 404, 429, *refused)
    return {
        "operationId": f"{entity.type}_{name}", "summary": says, "tags": [entity.type], **more,
        "responses": answers | {str(s): {"$ref": "#/components/responses/problem"} for s in faults},
    }  # fmt: skip


def _ref(*names: str) -> list[Json]:
    return [{"$ref": f"#/components/parameters/{name}"} for name in names]


def _sent(schema: Json) -> Json:
    return {"required": True, "content": {"application/json": {"schema": schema}}}


def _record(entity: Entity, says: str, **headers: str) -> Json:
    given = {"ETag": "The record's version.", **headers}
    return {
        "description": says,
        "headers": {n: {"description": d, "schema": {"type": "string"}} for n, d in given.items()},
        "content": {"application/json": {"schema": _schema(entity.type)}},
    }


def _schema(name: str) -> Json:
    return {"$ref": f"#/components/schemas/{name}"}


def _led(entity: Entity) -> Json:
    """Of records of which two may be about the same one."""
    says = "It was merged into another record, which is at `Location`."
    header = {"Location": {"description": "The other.", "schema": {"type": "string"}}}
    return {"308": {"description": says, "headers": header}} if entity.twins else {}


def _list(entity: Entity, rights: Rights) -> Json:
    page = {"type": "object", "required": ["data", "next"], "properties": {
        "data": {"type": "array", "items": {"anyOf": [_schema(entity.type), {"type": "object"}]}},
        "next": {"type": ["string", "null"]},
    }}  # fmt: skip
    good = {"description": "A page.", "content": {"application/json": {"schema": page}}}
    return _operation(entity, "list", f"{entity.plural}: a page at a time", {"200": good},
                      parameters=queries(entity, rights))  # fmt: skip


def _get(entity: Entity) -> Json:
    return _operation(entity, "get", f"One record: {entity.label}", {
        "200": _record(entity, "The record."), "304": {"description": "It has not changed."},
    } | _led(entity), parameters=_ref("id"))  # fmt: skip


def _create(entity: Entity) -> Json:
    good = _record(entity, "It was made.", Location="Its address.")
    return _operation(entity, "create", entity.new, {"201": good}, 403, 409, 415, 422, 503,
                      parameters=_ref("key"),
                      requestBody=_sent(_schema(f"{entity.type}_new")))  # fmt: skip


def _change(entity: Entity) -> Json:
    good = {"200": _record(entity, "The record as it is now.")} | _led(entity)
    return _operation(entity, "change", f"Change fields: {entity.label}", good,
                      403, 409, 412, 415, 422, 503, parameters=_ref("id", "if_match", "key"),
                      requestBody=_sent(_schema(f"{entity.type}_change")))  # fmt: skip


def _delete(entity: Entity) -> Json:
    return _operation(entity, "delete", f"Delete: {entity.label}",
                      {"204": {"description": "It is deleted, and can be restored."}},
                      403, 409, 412, 422, 503,
                      parameters=_ref("id", "if_match", "key"))  # fmt: skip


def _restore(entity: Entity) -> Json:
    return _operation(entity, "restore", f"Undo a deletion: {entity.label}",
                      {"200": _record(entity, "The record.")}, 403, 409, 412, 422, 503,
                      parameters=_ref("id", "if_match", "key"))  # fmt: skip


def _act(entity: Entity, action: Action) -> Json:
    fields = {f.name: f for f in action.fields}
    return _operation(entity, action.name, action.label,
                      {"200": _record(entity, "The record as it is now.")} | _led(entity),
                      403, 409, 412, 415, 422, 503, parameters=_ref("id", "if_match", "key"),
                      requestBody=_sent(values_of(fields, whole=True)))  # fmt: skip


def _bulk() -> Json:
    change = {
        "type": "object", "required": ["do", "type"], "additionalProperties": False,
        "properties": {
            "do": {"type": "string", "description": "create, change, delete, restore, an action"},
            "type": {"type": "string", "enum": [t for t, e in registry.entities.items()
                                                if not e.system]},
            "id": {"type": "string", "format": "uuid"},
            "if": {"type": "integer", "description": "As If-Match."},
            "values": {"type": "object"},
        },
    }  # fmt: skip
    sent = {
        "type": "object", "required": ["changes"],
        "properties": {
            "changes": {"type": "array", "items": change, "minItems": 1, "maxItems": MOST_CHANGES},
            "atomic": {"type": "boolean", "default": False},
        },
    }  # fmt: skip
    told = {"type": "object", "required": ["results"],
            "properties": {"results": {"type": "array", "items": {"type": "object"}}}}  # fmt: skip
    done = {"description": "What became of each, in order.",
            "content": {"application/json": {"schema": told}}}  # fmt: skip
    none = {**done, "description": "Nothing was done; why."}
    either = {"anyOf": [told, _schema("problem")]}
    none["content"] = {kind: {"schema": either}
                       for kind in ("application/json", "application/problem+json")}  # fmt: skip
    faults = {str(s): {"$ref": "#/components/responses/problem"} for s in (400, 401, 409, 415, 429)}
    return {"operationId": "bulk", "summary": "Many changes at once", "parameters": _ref("key"),
            "requestBody": _sent(sent),
            "responses": {"200": done, "422": none, **faults}}  # fmt: skip
