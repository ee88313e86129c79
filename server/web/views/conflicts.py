"""Values that lost against others, to be looked at by a person. Equal to conflicts.js."""

from __future__ import annotations

from typing import Any

from .cells import cell
from .inputs import make_input
from .manifest import Json, editable, entity, field_of

MANY = 100


def conflicts_view(store: Any, me: Json) -> tuple[str, Json]:
    """Those that are open."""
    found = (_entry(store, me, one, {}, {}) for one in open_conflicts(store))
    return "conflicts.html", {"entries": [entry for entry in found if entry]}


def open_conflicts(store: Any) -> list[Json]:
    asked = {"words": [], "filters": {"open": "true"}, "sort": ["created_at", "desc"],
             "after": None, "limit": MANY, "scope": "mine"}  # fmt: skip
    return store.page("conflict", asked)["rows"]  # type: ignore[no-any-return]


def conflict_view(
    store: Any, me: Json, rec: str, given: Json | None = None, errors: Json | None = None
) -> tuple[str, Json] | None:
    conflict = store.get("conflict", rec)
    entry = _entry(store, me, conflict, given or {}, errors or {}) if conflict else None
    return ("conflict.html", {"one": entry}) if entry else None


def _entry(store: Any, me: Json, conflict: Json, given: Json, errors: Json) -> Json | None:
    owner = entity(conflict["of"])
    field = field_of(owner, conflict["field"]) if owner else None
    record = store.get(conflict["of"], conflict["rec"]) if field else None
    if owner is None or field is None or record is None:
        return None
    one = make_input(store, me, field, record, given, errors.get(field["name"]))
    sides = {side: cell(store, field, conflict[side]) for side in ("kept", "lost", "before")}
    names = {by: _name(store, conflict[by]) for by in ("kept_by", "lost_by")}
    return {
        "id": conflict["id"],
        "href": f"/conflicts/{conflict['id']}",
        "title": store.title(owner["type"], record["id"]),
        "record_href": f"/{owner['path']}/{record['id']}",
        "label": field["label"],
        "kind": field["kind"],
        **sides,
        **names,
        "kept_at": conflict["kept_at"],
        "lost_at": conflict["lost_at"],
        "open": conflict["open"],
        "input": one if field in editable(owner) else None,
        "yours": _yours(me, conflict),
    }


def _name(store: Any, person: str | None) -> str | None:
    return store.title("person", person) if person else None


def _yours(me: Json, conflict: Json) -> str | None:
    if conflict["kept_by"] == me["id"]:
        return "kept"
    return "lost" if conflict["lost_by"] == me["id"] else None
