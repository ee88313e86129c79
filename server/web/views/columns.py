"""The columns of a list: their headings, and which may be chosen. Equal to pwa/views/columns.js."""

from __future__ import annotations

from typing import Any

from . import asking
from .arranged import kept_line, others
from .form import as_json
from .manifest import Json
from .operators import askable


def offered(owner: Json, columns: list[str]) -> list[Json]:
    """The columns that a list may have: those it has, in their order, and then the others."""
    fields = [f for f in askable(owner) if f["name"] != owner["title"]]
    labels = {f["name"]: f["label"] for f in fields}
    names = [*(n for n in columns if n in labels), *(n for n in labels if n not in columns)]
    return [{"name": n, "label": labels[n], "chosen": n in columns} for n in names]


def column(owner: Json, asked: Json, field: Json) -> Json:
    now = asked["dir"] if asked["sort"] == field["name"] else None
    turned = {"sort": field["name"], "dir": "desc" if now == "asc" else "asc", "given": True}
    sortable = field["name"] in owner["sorts"]
    return {
        "name": field["name"],
        "label": field["label"],
        "kind": field["kind"],
        "href": asking.link(owner, asked, **turned, after=None) if sortable else None,
        "sorted": now,
        "width": asked["widths"].get(field["name"]),
    }


def arranging(store: Any, me: Json, owner: Json, asked: Json) -> Json:
    """What a page needs to keep how columns are arranged: {own: the person keeps it (else the
    address says it), kept: bool (there is something to forget), rest: of other lists, was, base}"""
    person = store.get("person", me["id"]) or {}
    return {
        "own": not asked["cols"],
        "kept": bool(kept_line(me, owner)),
        "rest": others(me, owner),
        "was": as_json({"columns": person.get("columns")}),
        "base": person.get("ver", 0),
    }
