"""Settling a conflict: keep the value that won, the one that lost, or write a third.

Equal to pwa/views/settling.js.
"""

from __future__ import annotations

from typing import Any

from .forms import Form, Uuid, parse
from .views.manifest import Json, entity, field_of

CHOICES = ("kept", "lost", "value")


def settling(
    store: Any, conflict: Json, form: Form, me: Json, uuid: Uuid, t: int
) -> Json:  # fmt: skip
    """{ops, given, errors}. `choice` of the form is one of CHOICES; a third value is posted under
    the field's own name. Both operations are one group."""
    owner = entity(conflict["of"])
    record = store.get(conflict["of"], conflict["rec"])
    field = field_of(owner, conflict["field"]) if owner else None
    choice = (form.get("choice") or [""])[0]
    if owner is None or record is None or field is None or choice not in CHOICES:
        return {"ops": [], "given": {}, "errors": {"choice": "required"}}
    read: Json = {"values": {}, "given": {}, "errors": {}}
    if choice == "value":
        read = parse({**owner, "fields": [field]}, form, me, record)
        value = read["values"].get(field["name"])
    else:
        value = conflict[choice]
    group, ops = uuid(), []
    if not read["errors"] and value != record[field["name"]]:
        ops.append(_set(uuid, group, owner, record, field["name"], value, t))
    ops.append(_set(uuid, group, entity("conflict") or {}, conflict, "open", False, t))
    return {"ops": ops, "given": read["given"], "errors": read["errors"]}


def _set(
    uuid: Uuid, group: str, owner: Json, record: Json, name: str, value: Any, t: int
) -> Json:  # fmt: skip
    return {
        "id": uuid(), "g": group, "k": "set", "type": owner["type"], "rec": record["id"],
        "f": name, "v": value, "base": record["ver"], "t": t,
    }  # fmt: skip
