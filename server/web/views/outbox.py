"""What waits to be sent. Only a device with a worker has such; equal to pwa/views/outbox.js."""

from __future__ import annotations

from typing import Any

from server.core.clock import instant
from server.core.i18n import _l

from .cells import title_of
from .manifest import Json, entity, field_of

SENT = 100  # operations
VERBS = {"del": _l("Deleted")}


def outbox_view(
    store: Any, entries: list[Json], sent: list[Json], upto: int = 0
) -> tuple[str, Json]:
    """`entries` are operations, with `n` their number in the outbox; those up to number `upto` are
    on their way, one with `ack` has arrived. `sent` are operations that the server has."""
    waiting = [(e, "sending" if e["n"] <= upto else "pending") for e in entries if not e.get("ack")]
    return "outbox.html", {
        "entries": gathered(store, waiting),
        "sent": gathered(store, [(e, "sent") for e in sent[:SENT]]),
    }


def gathered(store: Any, entries: list[tuple[Json, str]]) -> list[Json]:
    """Operations of the same kind on one record as one entry, in the order of the first."""
    found: dict[tuple[str, str, str], Json] = {}
    for op, status in entries:
        what = what_of(op)
        one = found.setdefault((op["rec"], what, status), {**_entry(store, op, what, status)})
        one["at"] = instant(op["t"])
        label = _label(op)
        if label and label not in one["fields"]:
            one["fields"].append(label)
    return list(found.values())


def _entry(store: Any, op: Json, what: str, status: str) -> Json:
    return {
        "id": op["id"],
        "at": "",
        "what": what,
        "title": subject(store, op),
        "href": page_of(op),
        "fields": [],
        "status": status,
        "error": None,
    }


def what_of(op: Json) -> str:
    owner = entity(op["type"]) or {"new": "", "actions": []}
    if op["k"] == "new":
        return owner["new"] or _l("New")
    if op["k"] == "do":
        return next((str(a["label"]) for a in owner["actions"] if a["name"] == op["f"]), op["f"])
    if op.get("f") == "deleted":
        return _l("Restored")
    return VERBS.get(op["k"], _l("Changed"))


def _label(op: Json) -> str | None:
    owner = entity(op["type"])
    plain = op["k"] in ("set", "add", "rem", "inc") and op.get("f") != "deleted"
    field = field_of(owner, op.get("f")) if owner and plain else None
    return field["label"] if field else None


def subject(store: Any, op: Json) -> str | None:
    """The title of the record, also of one that could not be made; a conflict's is its record's."""
    owner = entity(op["type"])
    if owner is None:
        return None
    record = store.get(op["type"], op["rec"])
    if op["type"] == "conflict":
        return store.title(record["of"], record["rec"]) if record else None
    said = op.get("v")
    return title_of(owner, record or (said if isinstance(said, dict) else {}))


def page_of(op: Json) -> str:
    owner = entity(op["type"])
    if owner is None or op["type"] == "person":
        return "/settings"
    return f"/{owner['path']}/{op['rec']}"
