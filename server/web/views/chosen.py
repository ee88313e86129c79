"""The form that says what is to be done to the records chosen in a list. Equal to
pwa/views/chosen.js."""

from __future__ import annotations

from typing import Any

from server.core.i18n import _l

from . import asking
from .addresses import Query, address, one
from .inputs import error_list, make_input
from .manifest import Json, editable, field_of
from .may import level

ONE_BY_ONE = ("add", "rem")
WAYS = (("add", _l("Add")), ("rem", _l("Take away")), ("set", _l("Replace by")))
UNFIT = ("json", "picture", "password")


def doable(owner: Json, do: str) -> list[Json]:
    """The fields to which it can be done: what it does to values that are masked nobody would see,
    and it could not be taken back."""
    there = [f for f in editable(owner) if not f["sensitive"] and f["merge"] != "append"]
    fields = [f for f in there if f["kind"] not in UNFIT]
    if do in ONE_BY_ONE:
        return [f for f in fields if f["merge"] == "set"]
    return fields if do == "set" else []


def offers(me: Json, owner: Json) -> Json | None:
    """What may be done to many records of a list at once, or None: {set, person, tags, del}, the
    middle two being the names of the fields."""
    change = not owner["readonly"] and level(me, owner["type"], "change") != "none"
    delete = not owner["readonly"] and level(me, owner["type"], "delete") != "none"
    if not change and not delete:
        return None
    fields = doable(owner, "set") if change else []
    return {
        "set": bool(fields),
        "person": next((f["name"] for f in fields if f["kind"] == "person" and f["grants"]), None),
        "tags": next((f["name"] for f in fields if f["kind"] == "tags"), None),
        "del": delete,
    }


def chosen_view(
    store: Any, me: Json, owner: Json, query: Query, default_scope: str = "all",
    given: Json | None = None, errors: Json | None = None,
) -> tuple[str, Json] | None:  # fmt: skip
    """`_do` and `_field` of the query say how far the person has come; the rest is the list."""
    offered = offers(me, owner)
    if offered is None:
        return None
    asked = asking.read(owner, me, query, default_scope)
    fields = doable(owner, "set")
    field = field_of({"fields": fields}, one(query, "_field"))
    do = _do(one(query, "_do"), field)
    return "entity/chosen.html", {
        "entity": owner,
        "do": do,
        "title": _title(do),
        "fields": [{"value": f["name"], "label": f["label"]} for f in fields],
        "field": field["name"] if field else "",
        "ways": [{"value": v, "label": label, "on": v == do} for v, label in WAYS]
        if field and field["merge"] == "set" else [],
        "input": _input(store, me, field, do, given or {}, errors or {}) if field else None,
        "errors": error_list([field] if field else [], errors or {}),
        "action": address(f"/{owner['path']}/chosen", asking.parts({**asked, "after": None})),
        "list": asking.link(owner, asked, after=None),
    }  # fmt: skip


def _do(wanted: str, field: Json | None) -> str:
    """Elements are added rather than put in place of all others, unless that is asked for."""
    if wanted == "del":
        return wanted
    if field and field["merge"] == "set":
        return wanted if wanted in (*ONE_BY_ONE, "set") else "add"
    return "set"


def _title(do: str) -> str:
    return _l("Delete") if do == "del" else _l("Change")


def _input(store: Any, me: Json, field: Json, do: str, given: Json, errors: Json) -> Json:
    asked = {**field, "required": do in ONE_BY_ONE or field["required"]}
    return make_input(store, me, asked, {}, given, errors.get(field["name"]))
