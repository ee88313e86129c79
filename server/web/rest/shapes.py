"""The JSON Schema of fields and of what a list may be asked, from their declarations."""

from __future__ import annotations

from server.core import money
from server.core.entity import Entity, Field
from server.core.i18n import bare
from server.core.kinds import (
    DATE,
    EMAIL,
    INSTANT,
    KINDS,
    LARGEST,
    MOST_ELEMENTS,
    PHONE,
    REFERENCES,
    UUID,
)
from server.core.rights import Rights

from .asking import LONGEST, MOST, USUAL, filters_of, sorts_of
from .base import Json

ID = "0192f0a0-1c2d-7e3f-8a4b-5c6d7e8f9a0b"
PATTERNS = {"email": EMAIL, "phone": PHONE, "phones": PHONE, "date": DATE, "instant": INSTANT}
EXAMPLES: Json = {
    "text": "Carmel Medical Centre", "longtext": "Asked for a call after noon.",
    "email": "dana@example.org", "url": "https://example.org", "phone": "+972521234567",
    "phones": "+972521234567", "tags": "vip", "date": "2026-03-21",
    "instant": "2026-03-21T09:30:00Z", "integer": 30, "money": 125_000, "bool": True,
    "autonumber": "C-00042", "language": "he",
}  # fmt: skip


def values_of(fields: dict[str, Field], *, whole: bool) -> Json:
    """The JSON Schema of what is sent. `whole`: what is required has to be there."""
    wanted = [n for n, f in fields.items() if whole and f.required and f.default is None]
    found: Json = {"type": "object", "additionalProperties": False,
                   "properties": {n: shape(f) for n, f in fields.items()}}  # fmt: skip
    return found | ({"required": wanted} if wanted else {})


def shape(field: Field) -> Json:
    """The JSON Schema of a field's value."""
    described = {"description": bare(field.help or field.label) + _unit(field)}
    if field.kind == "json":
        return described
    if KINDS[field.kind].is_list:
        return described | {"type": "array", "maxItems": MOST_ELEMENTS, "items": _text(field)}
    if field.kind == "bool":
        return described | {"type": "boolean"}
    if field.kind == "number":
        bounds = {"minimum": -LARGEST if field.min is None else field.min,
                  "maximum": LARGEST if field.max is None else field.max}  # fmt: skip
        return described | bounds | {"type": "number" if field.required else ["number", "null"]}
    if field.kind in ("integer", "money"):
        bounds = {"minimum": -(2**53) + 1 if field.min is None else field.min,
                  "maximum": 2**53 - 1 if field.max is None else field.max}  # fmt: skip
        return described | bounds | {"type": "integer" if field.required else ["integer", "null"]}
    text = _text(field)
    if not field.required:
        text["type"] = ["string", "null"]
        if "enum" in text:
            text["enum"] = [*text["enum"], None]
    return described | text


def _unit(field: Field) -> str:
    """What an amount counts: 1250 may be 12.50."""
    if field.kind != "money":
        return ""
    return f" ({field.currency or ''} / {10 ** money.decimals(field.currency)})"


def _text(field: Field) -> Json:
    found: Json = {"type": "string"}
    if field.choices:
        return found | {"enum": sorted(field.values)}
    if field.kind in REFERENCES:
        return found | {"format": "uuid", "pattern": f"^{UUID.pattern}$", "examples": [ID]}
    if field.kind in PATTERNS:
        found["pattern"] = f"^{PATTERNS[field.kind].pattern}$"
    if field.max and field.kind not in ("phone", "phones", "date", "instant"):
        found["maxLength"] = field.max
    example = EXAMPLES.get(field.kind)
    return found | ({} if example is None else {"examples": [example]})


def queries(entity: Entity, rights: Rights) -> list[Json]:
    sorts = sorts_of(entity, rights)
    own: list[tuple[str, str, Json]] = [
        ("q", "Words, or parts of them, or digits of a phone number.",
         {"type": "string", "maxLength": LONGEST}),
        ("sort", "Order; a `-` in front turns it round.",
         {"type": "string", "enum": [*sorts, *(f"-{one}" for one in sorts)]}),
        ("limit", "Records of a page.",
         {"type": "integer", "minimum": 1, "maximum": MOST, "default": USUAL}),
        ("after", "The `next` of the page before.", {"type": "string"}),
        ("fields", "Only these, separated by commas.", {"type": "string"}),
    ]  # fmt: skip
    filters = [(name, f"{bare(entity.fields[name].label)}: one, or any of several.",
                {"type": "array", "items": _wanted(entity.fields[name])})
               for name in filters_of(entity, rights)]  # fmt: skip
    return [{"name": name, "in": "query", "description": says, "schema": schema}
            for name, says, schema in (*own, *filters)]  # fmt: skip


def _wanted(field: Field) -> Json:
    if field.choices:
        return {"type": "string", "enum": sorted(field.values)}
    if field.kind in REFERENCES:
        return {"type": "string", "format": "uuid"}
    if field.kind == "bool":
        return {"type": "string", "enum": ["true", "false"]}
    return {"type": "string", "minLength": 1, "maxLength": LONGEST,
            "description": "A stretch is `from..to`."}  # fmt: skip
