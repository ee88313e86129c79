"""A value against its declaration, by the checks of core. Equal to pwa/views/checks.js."""

from __future__ import annotations

from typing import Any

from marshmallow import ValidationError

from server.core.entity import Field
from server.core.kinds import KINDS

from .cells import is_empty
from .manifest import Json

MOST = 10_000
TOLD = ("tapped", "held", "example")  # what the manifest and forms say of a field besides
_CHECKS: dict[int, tuple[Json, Any]] = {}


def check(field: Json, value: Any) -> tuple[Any, str | None]:
    """The value as it will be kept, or a code."""
    if field["required"] and is_empty(value):
        return value, "required"
    try:
        return _check_of(field).deserialize(value), None
    except ValidationError as error:
        codes = error.messages if isinstance(error.messages, list) else ["wrong_kind"]
        return value, str(codes[0])


def _check_of(field: Json) -> Any:
    """Made once for a field of the manifest, which is kept so that its id stays its own."""
    found = _CHECKS.get(id(field))
    if found is None:
        if len(_CHECKS) >= MOST:  # of manifests that are no more
            _CHECKS.clear()
        choices = tuple((value, label) for value, label in field["choices"] or ())
        retired = tuple((value, label) for value, label in field.get("retired") or ())
        declared = {name: field[name] for name in field if name not in TOLD}
        spec = Field(**{**declared, "choices": choices, "retired": retired})
        found = _CHECKS[id(field)] = (field, KINDS[field["kind"]].value(spec))
    return found[1]


def check_move(field: Json, record: Json | None, value: Any) -> str | None:
    """A state may only move where its declaration says."""
    if field["kind"] != "state" or record is None or value == record[field["name"]]:
        return None
    legal = (field["states"] or {}).get(record[field["name"]], [])
    return None if value in legal else "illegal_transition"
