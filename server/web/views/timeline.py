"""EVENT: what happened to a record and in its customer file. Equal to pwa/views/timeline.js."""

from __future__ import annotations

from typing import Any

from server.core.i18n import _l

from .cells import cell, label_of, title_of
from .manifest import Json, entity, field_of
from .rows import icon_of

MOST = 50
NEWEST_CHANGE, NEWEST_MADE = ["at", "desc"], ["created_at", "desc"]
CHANGES = {"del": _l("Deleted"), "restore": _l("Restored"), "unite": _l("Merged"),
           "merged": _l("Merged into another"), "part": _l("Merge undone")}  # fmt: skip
SILENT = ("new", "created_at", "created_by", "updated_at", "updated_by")


def timeline_of(store: Any, owner: Json, record: Json) -> list[Json]:
    """The newest events first. Whoever has related lists is a file, with what is in it."""
    events = [_born(store, owner, record, record), *_changes(store, owner, record)]
    for related in owner["related"]:
        target = entity(related["type"])
        if target:
            events += _of_related(store, target, related, record)
    events = [e for e in events if e["at"]]
    events.sort(key=lambda e: (e["at"], e["id"]), reverse=True)
    return events[:MOST]


def changes_to(store: Any, record: Json, seen: int) -> list[Json]:
    """What was done to one record after a version, the newest first."""
    found = store.related("change", "rec", record["id"], MOST, NEWEST_CHANGE)
    events = (_changed(store, one, record) for one in found
              if one["ver"] > seen and one["what"] not in SILENT)  # fmt: skip
    return [event for event in events if event]


def _of_related(store: Any, target: Json, related: Json, record: Json) -> list[Json]:
    """What happened (with a time of its own), or that something was made."""
    happened = target["closes_after"] is not None and field_of(target, "at")
    order = NEWEST_CHANGE if happened else NEWEST_MADE
    found = store.related(target["type"], related["by"], record["id"], MOST, order)
    if happened:
        return [_happened(store, target, one) for one in found]
    return [_born(store, target, one, record) for one in found]


def _changes(store: Any, owner: Json, record: Json) -> list[Json]:
    by = "rec" if owner["parent"] or owner["attached"] else "file"
    found = store.related("change", by, record["id"], MOST, NEWEST_CHANGE)
    events = (_changed(store, change, record) for change in found if change["what"] not in SILENT)
    return [event for event in events if event]


def _event(store: Any, at: str | None, by: str | None, **more: Any) -> Json:
    blank: Json = {
        "title": None,
        "label": None,
        "body": None,
        "href": None,
        "changes": [],
        "mark": None,
    }
    return {**blank, "at": at, "by": by, "by_name": store.title("person", by) if by else None,
            **more}  # fmt: skip


def _happened(store: Any, target: Json, one: Json) -> Json:
    kind = field_of(target, "kind")
    return _event(
        store, one["at"], one["created_by"], id=one["id"], icon=icon_of(target, one),
        kind=one["kind"] or target["type"], title=title_of(target, one),
        label=(label_of(kind, one["kind"]) if kind else None) or target["label"],
        body=one.get("body"), href=f"/{target['path']}/{one['id']}", mark=store.mark(one),
    )  # fmt: skip


def _born(store: Any, owner: Json, one: Json, about: Json) -> Json:
    """That a record was made; `about` is the one whose page this is. Once the server has it, what
    waits is another event's matter."""
    itself = one["id"] == about["id"]
    return _event(
        store, one["created_at"], one["created_by"], id=one["id"], icon=owner["icon"],
        kind="change", title=owner["new"], label=owner["new"],
        body=None if itself else title_of(owner, one),
        href=None if itself else f"/{owner['path']}/{one['id']}",
        mark=None if one["ver"] else store.mark(one),
    )  # fmt: skip


def _changed(store: Any, change: Json, about: Json) -> Json | None:
    owner = entity(change["of"])
    if owner is None:
        return None
    itself = change["rec"] == about["id"]
    label = _what(owner, change["what"])
    name = None if itself else store.title(owner["type"], change["rec"])
    said = [s for s in (name, change["note"]) if s]
    return _event(
        store, change["at"], change["created_by"], id=change["id"], icon="history", kind="change",
        title=label, label=label, body="\n".join(said) or None,
        href=None if itself else f"/{owner['path']}/{change['rec']}",
        changes=_fields(store, owner, change["fields"] or []),
    )  # fmt: skip


def _what(owner: Json, what: str | None) -> str:
    action = next((a for a in owner["actions"] if a["name"] == what), None)
    return str(action["done"] if action else CHANGES.get(what or "", _l("Changed")))


def _fields(store: Any, owner: Json, changed: list[Any]) -> list[Json]:
    found = []
    for name, before, after in changed:
        field = field_of(owner, name)
        if field and name not in SILENT and name != "deleted":
            found.append({
                "label": field["label"], "kind": field["kind"],
                "before": cell(store, field, before), "after": cell(store, field, after),
            })  # fmt: skip
    return found
