"""How many records a list has: {n, whole}, at least n where it is not whole. Equal to
pwa/views/counting.js."""

from __future__ import annotations

from typing import Any

from .manifest import Json


def counted(store: Any, owner: Json, question: Json, page: Json) -> Json | None:
    """None further down the list, whose head tells already. What fits on one page is counted."""
    if question["after"]:
        return None
    n = len(page["rows"])
    if not page["next"]:
        return {"n": n, "whole": True}
    found: Json = store.total(owner["type"], question)
    return {**found, "n": max(found["n"], n)}


def summed(tally: Json) -> Json:
    """Of a list in groups, which are counted anyway."""
    return {"n": sum(tally["counts"].values()), "whole": tally["whole"]}
