"""QUICK: a related record made with two taps. Equal to pwa/views/quick.js.

An entity's `quick` names what is asked for, as `field`, or as `value:field` where the value is
chosen beforehand for its field `kind`."""

from __future__ import annotations

from .addresses import address
from .cells import label_of
from .manifest import Json, entity, field_of
from .may import may_create


def quick_of(me: Json, owner: Json, record: Json) -> list[Json]:
    found = []
    for related in owner["related"]:
        target = entity(related["type"])
        if target and may_create(me, target["type"]):
            belongs = _belonging(owner, target, related, record)
            found += [_quick(target, entry, belongs) for entry in target["quick"]]
    return found


def _belonging(owner: Json, target: Json, related: Json, record: Json) -> list[Json]:
    """Hidden fields that tie the new record to this one and to its customer file."""
    belongs = [{"name": related["by"], "value": record["id"]}]
    file = record.get(owner["parent"]) if owner["parent"] else None
    if file and target["parent"] == owner["parent"]:
        belongs.append({"name": target["parent"], "value": file})
    return belongs


def _quick(target: Json, entry: str, belongs: list[Json]) -> Json:
    value, _, name = entry.rpartition(":")
    field, kind = field_of(target, name), field_of(target, "kind")
    hidden = ([{"name": "kind", "value": value}] if value else []) + belongs
    asked = (field["choices"] if field else None) or []
    return {
        "key": value or target["type"],
        "label": (label_of(kind, value) if kind and value else None) or target["new"],
        "icon": target["icons"].get(value) or target["icon"],
        "href": address(f"/{target['path']}/new", [(h["name"], h["value"]) for h in hidden]),
        "action": f"/{target['path']}/",
        "hidden": hidden,
        "name": name,
        "options": [{"value": v, "label": label} for v, label in asked],
    }
