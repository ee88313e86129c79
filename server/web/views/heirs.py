"""Where the address of a record leads that was merged into another. Equal to pwa/views/heirs.js."""

from __future__ import annotations

from typing import Any

from .manifest import Json


def heir_of(store: Any, owner: Json, rec: str) -> str | None:
    record = store.get(owner["type"], rec)
    if not owner["twins"] or (record and not record["deleted"]):
        return None
    found = store.related("merger", "loser", rec, 1, ["at", "desc"])
    return f"/{owner['path']}/{found[0]['rec']}" if found else None
