"""TILE: a file as it hangs on a record. Equal to pwa/views/attachments.js."""

from __future__ import annotations

from typing import Any

from .manifest import Json, manifest
from .may import may_create

MOST = 200
KINDS = (("image/", "image"), ("video/", "film"), ("audio/", "music"), ("application/pdf", "pdf"))
ENDINGS = (
    (".jpg", "image"), (".jpeg", "image"), (".png", "image"), (".webp", "image"),
    (".gif", "image"), (".heic", "image"), (".mp4", "film"), (".mov", "film"), (".mp3", "music"),
    (".m4a", "music"), (".pdf", "pdf"),
)  # fmt: skip


def attached() -> Json | None:
    """The entity whose records hang on others."""
    return next((e for e in manifest()["entities"].values() if e["attached"]), None)


def attachments_of(store: Any, me: Json, owner: Json, record: Json) -> Json | None:
    """What hangs on a record, the newest first; None where nothing can."""
    kind = attached()
    if kind is None or owner["attached"]:
        return None
    found = store.related(kind["type"], "rec", record["id"], MOST, kind["order"])
    add = may_create(me, kind["type"]) and not record["deleted"]
    return {
        "entity": kind,
        "action": f"/{kind['path']}/" if add else None,
        "of": owner["type"],
        "rec": record["id"],
        "tiles": [tile(store, kind, one) for one in found],
    }


def tile(store: Any, owner: Json, record: Json) -> Json:
    href = f"/{owner['path']}/{record['id']}"
    return {
        "id": record["id"],
        "href": href,
        "title": record["name"],
        "note": record["note"],
        "at": record["taken_at"] or record["created_at"],
        "by_name": store.title("person", record["created_by"]) if record["created_by"] else None,
        "mark": store.mark(record),
        "look": look_of(record),
        "size": record["stored_size"] or record["size"],
        "width": record["width"],
        "height": record["height"],
        "tiny": record["thumb"],
        "there": record["arrived_at"] is not None,
        "original": f"{href}/original",
        "preview": f"{href}/preview",
        "thumb": f"{href}/thumb",
    }


def look_of(record: Json) -> str:
    """image, pdf, film, music or file: by what the server saw; until then by the name."""
    known: str | None = record["mime"]
    if known:
        return next((look for start, look in KINDS if known.startswith(start)), "file")
    if record["thumb"]:
        return "image"
    name = (record["name"] or "").lower()
    return next((look for end, look in ENDINGS if name.endswith(end)), "file")
