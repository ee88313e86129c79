"""Links of an organisation on a record's page, with the record's values in them. Equal to
pwa/views/links.js."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from server.core import money

from .cells import is_empty, text_of
from .manifest import Json, field_of
from .typed import decimal


def links_of(store: Any, owner: Json, record: Json) -> list[Json]:
    """[{label, href}]; one whose value is not there is left out."""
    found = []
    for link in owner.get("links") or []:
        parts = [_part(store, owner, record, part) for part in link["parts"]]
        if None not in parts:
            found.append({"label": link["label"], "href": "".join(p or "" for p in parts)})
    return found


def _part(store: Any, owner: Json, record: Json, part: Any) -> str | None:
    if isinstance(part, str):
        return part
    field = field_of(owner, part[0])
    value = record.get(part[0])
    if field is None or is_empty(value):
        return None
    return quote(_said(store, field, value), safe="") or None


def _said(store: Any, field: Json, value: Any) -> str:
    """A value for other programs: as it is kept, but what is named by its title."""
    if field["kind"] == "money":
        return money.plain(value, field["currency"])
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return decimal(value)
    named = text_of(store, field, value) if field["target"] else None
    said = value if named is None else named
    return ",".join(said) if isinstance(said, list) else str(said)
