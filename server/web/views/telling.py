"""Operations in words: what is done, to which record. Equal to pwa/views/telling.js."""

from __future__ import annotations

from typing import Any

from server.core.i18n import _l

from .cells import kind_of, title_of
from .manifest import Json, entity, field_of

VERBS = {"del": _l("Deleted"), "look": _l("Looked at")}


def what_of(op: Json) -> str:
    owner = entity(op["type"]) or {"new": "", "actions": []}
    if op["k"] == "new":
        return owner["new"] or _l("New")
    if op["k"] == "do":
        return next((str(a["label"]) for a in owner["actions"] if a["name"] == op["f"]), op["f"])
    if op.get("f") == "deleted":
        return _l("Restored")
    return VERBS.get(op["k"], _l("Changed"))


def label_of(op: Json) -> str | None:
    owner = entity(op["type"])
    plain = op["k"] in ("set", "add", "rem", "inc", "look") and op.get("f") != "deleted"
    field = field_of(owner, op.get("f")) if owner and plain else None
    return field["label"] if field else None


def subject(store: Any, op: Json) -> str | None:
    """The title of the record, also of one that could not be made; a conflict's is its record's."""
    owner = entity(op["type"])
    if owner is None:
        return None
    if op["type"] == "conflict":
        record = store.get(op["type"], op["rec"])
        return store.title(record["of"], record["rec"]) if record else op.get("title")
    title, field = title_of(owner, _written(store, op)), field_of(owner, owner["title"])
    if field and field["kind"] == "ref":
        title = store.title(field["target"], title)
    return title if title is not None else op.get("title")


def sort_of(store: Any, op: Json) -> str | None:
    """What to call a record without a title."""
    owner = entity(op["type"])
    return kind_of(owner, _written(store, op)) if owner else None


def _written(store: Any, op: Json) -> Json:
    """The record, or what was to become one."""
    said = op.get("v")
    record: Json | None = store.get(op["type"], op["rec"])
    return record or (said if isinstance(said, dict) else {})


def page_of(op: Json) -> str:
    owner = entity(op["type"])
    if owner is None or op["type"] == "person":
        return "/settings"
    return f"/{owner['path']}/{op['rec']}"
