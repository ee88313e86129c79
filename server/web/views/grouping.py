"""A list in groups: a section for each value of a field. Equal to pwa/views/grouping.js."""

from __future__ import annotations

from typing import Any

from server.core.calendars import today

from . import asking
from .counting import summed
from .manifest import Json, field_of
from .parting import NONE, more, part, shares
from .rows import rows

ROWS, GROUPS = 10, 25  # of a group, and of a list at once


def groups(store: Any, me: Json, now: str, owner: Json, asked: Json, columns: list[str]) -> Json:
    """{groups: [{value, label, how, n, rows, next}], whole, left: n of the groups that are not
    shown}. What has no fixed order has the largest first."""
    field = field_of(owner, asked["by"])
    assert field
    tally = shares(store, owner, asking.to_store(owner, asked, ROWS, me, now), field)
    found = [one for one in _values(field, tally["counts"]) if tally["counts"].get(one)]
    return {
        "groups": [
            {"value": value, **_named(store, field, value), "n": tally["counts"][value],
             **rows_of(store, me, now, owner, {**asked, "col": value, "after": None}, columns)}
            for value in found[:GROUPS]
        ],
        "grouped": True, "whole": tally["whole"], "left": len(found[GROUPS:]),
        "count": summed(tally),
    }  # fmt: skip


def rows_of(store: Any, me: Json, now: str, owner: Json, asked: Json, columns: list[str]) -> Json:
    """{rows, next, grouped} of one group."""
    question = asking.to_store(owner, asked, ROWS, me, now)
    page = store.page(owner["type"], part(question, asked["by"], asked["col"]))
    found = rows(store, me, today(now, me["zone"]), owner, page["rows"], columns)
    return {"rows": found, "next": more(owner, asked, page), "grouped": True}


def _values(field: Json, counts: Json) -> list[str]:
    """In their order, those without one last."""
    if field["choices"]:
        return [*(value for value, _ in field["choices"]), ""]
    return [*sorted(counts.keys() - {""}, key=lambda value: (-counts[value], value)), ""]


def _named(store: Any, field: Json, value: str) -> Json:
    """{label, how}: ours are translated."""
    if not value:
        return {"label": NONE, "how": "label"}
    if field["choices"]:
        return {"label": dict(field["choices"])[value], "how": "label"}
    return {"label": store.title(field["target"], value) or "—", "how": "own"}
