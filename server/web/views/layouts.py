"""Fields in the order and under the headings of one's layout. Equal to pwa/views/layouts.js."""

from __future__ import annotations

from .manifest import Json


def roles_of(me: Json) -> list[str]:
    return [*(me.get("roles") or []), *([me["role"]] if me.get("role") else [])]


def layout_of(owner: Json, me: Json) -> Json | None:
    """That of the first of one's roles that has one, else that of everybody, if there is one."""
    layouts = owner.get("layouts") or {}
    found = next((layouts[role] for role in roles_of(me) if role in layouts), None)
    return found or layouts.get("")


def arranged(owner: Json, me: Json, fields: list[Json]) -> list[Json]:
    """What the layout does not know of yet comes after the rest; what is required is never left
    out."""
    layout = layout_of(owner, me)
    if layout is None:
        return fields
    left = {f["name"]: f for f in fields}
    found = [
        {**left.pop(name), "group": group["label"], "columns": group["columns"]}
        for group in layout["groups"] for name in group["fields"] if name in left
    ]  # fmt: skip
    return found + [
        f for f in left.values() if f["required"] or f["name"] not in layout["unseen"]
    ]
