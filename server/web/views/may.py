"""May the person do this? Decides which buttons show; the door decides what happens.

Equal to pwa/views/may.js, and in the words of server/core/permissions.py and scope.py.
"""

from __future__ import annotations

from typing import Any

from .manifest import Json, entity, field_of
from .moments import later


def may_create(me: Json, kind: str) -> bool:
    return level(me, kind, "create") != "none"


def may_export(me: Json, kind: str) -> bool:
    return level(me, kind, "export") != "none"


def level(me: Json, kind: str, action: str) -> str:
    return str(me["can"].get(kind, {}).get(action, "none"))


def may(me: Json, store: Any, record: Json, action: str) -> bool:
    """`action` is change or delete."""
    reach = level(me, record["type"], action)
    if reach == "none":
        return False
    if reach == "all" or reach == level(me, record["type"], "see"):
        return True  # what may be seen is what is there
    return any(_within(me, reach, one) for one in _line(store, record))


def is_open(owner: Json, record: Json, now: str) -> bool:
    """Not yet closed by its age."""
    if owner["closes_after"] is None or not record["created_at"]:
        return True
    return later(record["created_at"], owner["closes_after"]) >= now


def _line(store: Any, record: Json) -> list[Json | None]:
    """The record and those whose keys it carries: what it is attached to, its file."""
    owner = entity(record["type"])
    attached = owner is not None and owner["attached"] and entity(record["of"])
    bearer = store.get(record["of"], record["rec"]) if attached else record
    return [record, bearer, _file_of(store, bearer) if bearer else None]


def _file_of(store: Any, record: Json) -> Json | None:
    owner = entity(record["type"])
    field = field_of(owner, owner["parent"]) if owner else None
    held = record[field["name"]] if field else None
    return store.get(field["target"], held) if field and held else None


def _within(me: Json, reach: str, record: Json | None) -> bool:
    owner = entity(record["type"]) if record else None
    if not owner or not record:
        return False
    people = {me["id"], *me.get("reports", [])}
    for field in owner["fields"]:
        value = record[field["name"]] if field["grants"] else None
        if people.intersection(value if isinstance(value, list) else [value]):
            return True
    teams = {me["team"]} if reach in ("team", "branch") else set()
    if reach == "branch":
        teams |= {*me.get("teams", [])}
    return record["team"] is not None and record["team"] in teams
