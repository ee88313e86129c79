"""What became of a change of many records at once. Equal to pwa/views/sweep.js."""

from __future__ import annotations

from typing import Any

from server.core.i18n import _l

from .cells import cell
from .manifest import Json, entity, field_of, message

DONE = {"set": _l("Changed"), "add": _l("Added"), "rem": _l("Taken away"), "del": _l("Deleted")}
WHY = {
    "changed": _l("It was changed since, so it was kept."),
    "gone": _l("It was deleted since."),
    "no_match": _l("There is no such record to be changed."),
}
COUNTS = ("total", "done", "changed", "same", "refused", "undone", "kept")
GOING = ("running", "undoing")


def sweep_view(store: Any, sweep: Json) -> tuple[str, Json]:
    """`sweep` is {id, type, deed, at, by, status, faults: [[rec, field, code]], error} and the
    counts; `faults` are the first records that were refused, or kept when it was taken back."""
    return "sweep.html", {
        "sweep": line(store, sweep),
        "faults": _faults(store, sweep),
    }


def line(store: Any, sweep: Json) -> Json:
    """It in a list of its like."""
    owner, deed = entity(sweep["type"]), sweep["deed"]
    field = field_of(owner, deed["field"]) if owner else None
    counts = {name: sweep[name] for name in COUNTS}
    passed = sweep["undone"] + sweep["kept"] if sweep["status"] == "undoing" else sweep["done"]
    return {
        **counts,
        "id": sweep["id"],
        "label": owner["plural"] if owner else sweep["type"],
        "icon": owner["icon"] if owner else "list-checks",
        "list": f"/{owner['path']}/" if owner else None,
        "what": DONE[deed["do"]],
        "value": cell(store, field, deed["value"]) if field else None,
        "status": sweep["status"],
        "going": sweep["status"] in GOING,
        "passed": passed,
        "share": 100 * passed // sweep["total"] if sweep["total"] else 0,
        "at": sweep["at"],
        "by": store.title("person", sweep["by"]) if sweep["by"] else None,
        "error": sweep["error"],
    }


def _faults(store: Any, sweep: Json) -> list[Json]:
    """The reasons, each with the records that it is about."""
    owner = entity(sweep["type"])
    found: dict[str, Json] = {}
    for rec, name, code in sweep["faults"]:
        field = field_of(owner, name) if owner else None
        why: Json = {"label": field["label"] if field else None,
                     "message": WHY.get(code) or message(code), "records": []}  # fmt: skip
        title = store.title(sweep["type"], rec) if owner and rec else None
        href = f"/{owner['path']}/{rec}" if owner and title is not None else None
        one = found.setdefault(f"{name} {code}", why)
        one["records"].append({"title": title, "href": href})
    return list(found.values())
