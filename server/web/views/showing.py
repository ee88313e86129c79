"""What stands in a sensitive field, once it has been logged that it is shown. Equal to
pwa/views/showing.js."""

from __future__ import annotations

from typing import Any

from .cells import cell, title_of
from .manifest import Json, field_of


def tapped(owner: Json, name: str) -> Json | None:
    """The field, if it is shown at a tap."""
    field = field_of(owner, name)
    return field if field and field["tapped"] else None


def showing_view(
    store: Any, owner: Json, record: Json, field: Json, value: Any
) -> tuple[str, Json]:
    return "entity/showing.html", {
        "entity": owner,
        "record": record,
        "title": title_of(owner, record),
        "cell": cell(store, {**field, "sensitive": False}, value),
        "back": f"/{owner['path']}/{record['id']}",
    }
