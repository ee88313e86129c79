"""Everything about sync on one page: what waits, what needs its person, what became of the last
changes, what this device holds. Only a device with a worker has most of it; equal to
pwa/views/outbox.js."""

from __future__ import annotations

from typing import Any

from server.core.clock import instant
from server.core.i18n import _l

from .conflicts import conflicts_view
from .diagnosing import diagnostics
from .manifest import Json, entity, message
from .problems import problems_view
from .sweep import line
from .telling import label_of, page_of, sort_of, subject, what_of

SENT = 100  # operations
BECAME = {"ok": "sent"}
NOWHERE: Json = {"entries": [], "sent": [], "upto": 0, "problems": [], "room": None}
WHY = {
    "missing": _l("Its record is not there, or no longer yours to change."),
    "too_large": _l("The server takes no files of this size."),
    "damaged": _l("It was damaged on its way, again and again. Try once more."),
}


def outbox_view(store: Any, me: Json, now: str, here: Json = NOWHERE) -> tuple[str, Json]:
    """`here` is what a device knows: `entries` are operations, with `n` their number in the outbox;
    those up to number `upto` are on their way, one with `ack` has arrived. `sent` are operations
    that were answered, `problems` those that were refused, `uploads` files that the
    server does not have, `sweeps` changes of many records that were made here, `room` what is
    held."""
    waiting = [
        (op, "sending" if op["n"] <= here["upto"] else "pending")
        for op in here["entries"] if not op.get("ack")
    ]  # fmt: skip
    answered = [(op, BECAME.get(op["status"], op["status"])) for op in here["sent"][:SENT]]
    return "outbox.html", {
        "entries": gathered(store, me, waiting),
        "problems": problems_view(store, me, here["problems"])[1]["entries"],
        "conflicts": conflicts_view(store, me)[1]["entries"],
        "sent": gathered(store, me, answered),
        "uploads": [_upload(one) for one in here.get("uploads", [])],
        "sweeps": [line(store, one) for one in here.get("sweeps", [])],
        "room": _shown(here["room"]),
        "device": _named(me.get("device")),
        "diagnostics": diagnostics(me, now, here),
    }


def _upload(one: Json) -> Json:
    return {
        "id": one["id"],
        "at": instant(one["at"]),
        "title": one["name"],
        "href": f"/files/{one['id']}",
        "size": one["size"],
        "status": one["state"],
        "error": WHY.get(one["code"] or ""),
    }


def gathered(store: Any, me: Json, entries: list[tuple[Json, str]]) -> list[Json]:
    """Operations of the same kind on one record as one entry, in the order of the first."""
    found: dict[tuple[str, str, str], Json] = {}
    for op, status in entries:
        what = what_of(op)
        one = found.setdefault((op["rec"], what, status), {**_entry(store, op, what, status)})
        one["at"] = instant(op["t"])
        label = label_of(op)
        if label and label not in one["fields"]:
            one["fields"].append(label)
        for name in _others(store, me, op) if status in ("merged", "conflict") else []:
            if name not in one["by"]:
                one["by"].append(name)
    return list(found.values())


def _entry(store: Any, op: Json, what: str, status: str) -> Json:
    return {
        "id": op["id"],
        "at": "",
        "what": what,
        "title": subject(store, op),
        "label": sort_of(store, op),
        "href": page_of(op),
        "fields": [],
        "status": status,
        "by": [],
        "error": message(op["code"]) if status == "rejected" else None,
    }


def _others(store: Any, me: Json, op: Json) -> list[str]:
    """Whose changes this one met: those after what its person saw, and before it arrived."""
    found = store.related("change", "rec", op["rec"], 20, ["at", "desc"])
    people = [
        one["created_by"] for one in found
        if op["base"] < one["ver"] <= op.get("ver", 0) and one["created_by"] != me["id"]
    ]  # fmt: skip
    return [name for one in people if one and (name := store.title("person", one))]


def _shown(room: Json | None) -> Json | None:
    """What a person is told of it here; kind by kind it stands on the page about what is held."""
    if room is None:
        return None
    kinds = [(one["n"], entity(one["type"])) for one in room["held"]]
    named = ("usage", "quota", "persistent", "version")
    return {
        "n": sum(n for n, kind in kinds if kind and not kind["system"]),
        "bytes": sum(one["bytes"] for one in room["held"]),
        **{name: room[name] for name in named},
    }


def _named(device: Json | None) -> Json | None:
    """The device at hand, and where it can be given another name."""
    return device and {"name": device["name"], "href": f"/devices/{device['id']}"}
