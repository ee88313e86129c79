"""Which fields a form asks for, as its conditions say. Equal to pwa/views/revealing.js."""

from __future__ import annotations

from typing import Any

from server.core.formulas import holds, names_in

from .addresses import Query, address
from .cells import is_empty, is_veiled
from .manifest import Json, editable
from .typed import read


def conditional(owner: Json) -> list[Json]:
    """The fields of its form that are shown or required under a condition."""
    return [f for f in editable(owner) if f.get("seen_if") or f.get("needed_if")]


def is_seen(field: Json, known: Json) -> bool:
    return not field["seen_if"] or holds(field["seen_if"], known)


def is_needed(field: Json, known: Json) -> bool:
    return bool(field["required"] or (field["needed_if"] and holds(field["needed_if"], known)))


def by_condition(owner: Json, values: Json, errors: dict[str, str], record: Json | None) -> None:
    """What is not shown is not read; what is required by a condition is."""
    known = (record or {}) | values
    for field in conditional(owner):
        name = field["name"]
        if not is_seen(field, known):
            values.pop(name, None)
            errors.pop(name, None)
        elif is_needed(field, known) and not is_there(field, known, name in values):
            errors.setdefault(name, "required")


def is_there(field: Json, known: Json, is_given: bool) -> bool:
    """What a mask stands for is there, unless it has just been emptied."""
    return not is_empty(known.get(field["name"])) or (not is_given and is_veiled(field, known))


def revealing_view(store: Any, me: Json, owner: Json, query: Query) -> tuple[str, Json]:
    """What becomes of a form by what has been typed; of the record that is changed, `self`."""
    rec = (query.get("self") or [""])[0]
    known = (store.get(owner["type"], rec) if rec else None) or {}
    for field in editable(owner):
        if field["name"] in query:
            value, code = read(field, query[field["name"]], me)
            known = {**known, field["name"]: None if code else value}
    return "entity/revealing.html", states(owner, known)


def states(owner: Json, known: Json) -> Json:
    """Names, for a page to show by."""
    found = conditional(owner)
    seen = [f for f in found if is_seen(f, known)]
    return {
        "unseen": [f["name"] for f in found if f not in seen],
        "needed": [f["name"] for f in seen if is_needed(f, known)],
    }


def asking(owner: Json, rec: str | None, known: Json) -> Json | None:
    """Where a form asks, when which of its inputs change, and how it is at first."""
    trees = [tree for f in conditional(owner) for tree in (f["seen_if"], f["needed_if"])]
    names = sorted({name for tree in trees for name in names_in(tree)})
    fields = ", ".join(f"#record-form [name='{name}']" for name in names)
    href = address(f"/{owner['path']}/revealing", [("self", rec)])
    return {"href": href, "fields": fields, **states(owner, known)} if names else None
