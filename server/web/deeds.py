"""What is done to many records at once: read from a form, worked out for each record. Equal to
pwa/views/deeds.js.

A deed is {do, field, value}: `set` a field, `add` to or `rem`ove from one with several values, or
`del`ete.
"""

from __future__ import annotations

from typing import Any

from . import forms
from .views.addresses import one
from .views.cells import is_empty
from .views.chosen import ONE_BY_ONE, doable
from .views.manifest import Json, field_of


def read(owner: Json, form: forms.Form, me: Json) -> Json:
    """{deed, given, errors}; the deed is None where something is wrong."""
    do, name = one(form, "_do"), one(form, "_field")
    if do == "del":
        return {"deed": {"do": do, "field": None, "value": None}, "given": {}, "errors": {}}
    field = field_of({"fields": doable(owner, do)}, name)
    if field is None:
        return {"deed": None, "given": {}, "errors": {"_field": "required"}}
    asked = {**owner, "fields": [field]}
    found = forms.parse(asked, {**form, "_fields": [name]}, me)
    errors = found["errors"]
    if do in ONE_BY_ONE and not errors and is_empty(found["values"][name]):
        errors = {name: "required"}
    deed = None if errors else {"do": do, "field": name, "value": found["values"][name]}
    return {"deed": deed, "given": found["given"], "errors": errors}


def after(deed: Json, before: Any) -> Any:
    """The value of the field once it is done."""
    if deed["do"] == "set":
        return deed["value"]
    had = before or []
    if deed["do"] == "rem":
        return [value for value in had if value not in deed["value"]]
    return [*had, *(value for value in deed["value"] if value not in had)]


def operations(
    owner: Json, deed: Json, record: Json, me: Json, uuid: forms.Uuid, t: int
) -> list[Json]:
    """What it takes; nothing where it is so already."""
    rec, ver = record["id"], record["ver"]
    if deed["do"] == "del":
        return [] if record["deleted"] else [forms.deletion(owner, rec, ver, uuid, t)]
    name = deed["field"]
    values = {name: after(deed, record[name])}
    return forms.operations(owner, rec, record, values, ver, me, uuid, t)


def changes(deed: Json, record: Json) -> Json:
    """{field: [before, after]}"""
    if deed["do"] == "del":
        return {"deleted": [False, True]}
    name = deed["field"]
    return {name: [record[name], after(deed, record[name])]}
