"""The columns of a list: their headings, and which may be chosen. Equal to pwa/views/columns.js."""

from __future__ import annotations

from . import asking
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
    }
