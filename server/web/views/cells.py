"""CELL: one value with what a template needs to show it. Equal to pwa/views/cells.js."""

from __future__ import annotations

from typing import Any

from server.core.i18n import _l

from .manifest import Json, entity, field_of

NAMED = ("ref", "person", "team")
CHOSEN = ("choice", "state", "language")
DRAFT = _l("Draft")


def is_empty(value: Any) -> bool:
    return value is None or value == "" or value == []


def cell(store: Any, field: Json, value: Any) -> Json:
    """Of what is sensitive to whoever looks, that it is there."""
    masked = bool(field["sensitive"])
    value = None if masked else value
    text = text_of(store, field, value)
    return {
        "name": field["name"],
        "label": field["label"],
        "kind": field["kind"],
        "value": value,
        "text": text,
        "href": link(field, value) if text is not None else None,
        "currency": field.get("currency"),
        "masked": masked,
        "tapped": masked and bool(field["tapped"]),
        "held": masked and bool(field["held"]),
    }


def cells(store: Any, owner: Json, record: Json, names: list[str]) -> list[Json]:
    fields = [field_of(owner, name) for name in names]
    return [cell_of(store, f, record) for f in fields if f]


def cell_of(store: Any, field: Json, record: Json) -> Json:
    """The same of a record. What the server has not numbered yet is a draft."""
    found = cell(store, field, record[field["name"]])
    found["masked"] = is_veiled(field, record)
    return found | {"text": DRAFT} if is_draft(field, record) else found


def is_veiled(field: Json, record: Json) -> bool:
    """Does a mask stand for its value?"""
    return field["name"] in (record.get("_veiled") or [])


def is_draft(field: Json, record: Json) -> bool:
    unnumbered = field["kind"] == "autonumber" and is_empty(record[field["name"]])
    return unnumbered and not record["ver"]


def text_of(store: Any, field: Json, value: Any) -> Any:
    """A title, the label of a choice, a list of them, or None."""
    if is_empty(value):
        return None
    if field["kind"] in NAMED:
        return store.title(field["target"], value)
    if field["kind"] == "people":
        return [title for title in (store.title("person", one) for one in value) if title] or None
    if field["kind"] in CHOSEN:
        return label_of(field, value)
    if field["kind"] == "choices":
        return [label_of(field, one) or one for one in value]
    return None


def label_of(field: Json, value: Any) -> str | None:
    """Of a retired choice too."""
    known = [*(field["choices"] or []), *(field.get("retired") or [])]
    return next((label for choice, label in known if choice == value), None)


def kind_of(owner: Json, record: Json) -> str | None:
    """The label of its kind, where its entity has kinds: what to call one without a title."""
    kind = field_of(owner, "kind")
    return label_of(kind, record.get("kind")) if kind else None


def link(field: Json, value: str) -> str | None:
    target = entity(field["target"]) if field["kind"] == "ref" else None
    return f"/{target['path']}/{value}" if target and not target["system"] else None


def title_of(owner: Json, record: Json) -> str | None:
    title: str | None = record.get(owner["title"])
    return title
