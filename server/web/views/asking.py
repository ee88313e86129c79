"""What the address of a list asks for. Equal to pwa/views/asking.js."""

from __future__ import annotations

from typing import Any

from server.core import text

from .addresses import Query, address, one
from .cells import CHOSEN, label_of
from .manifest import Json

LONGEST = 200  # characters of a search


def read(owner: Json, me: Json, query: Query, default_scope: str) -> Json:
    """{q, scope, sort, dir, given, after, filters, complete}. `sort` and `dir` are those in force,
    `given` says whether the address named them."""
    complete = owner["type"] in me["complete"]
    sort, direction = one(query, "sort"), one(query, "dir")
    given = sort in owner["sorts"]
    scope = one(query, "scope")
    return {
        "q": text.clean(one(query, "q"))[:LONGEST],
        "scope": "mine" if complete else scope if scope in ("mine", "all") else default_scope,
        "complete": complete,
        "given": given,
        "sort": sort if given else owner["order"][0],
        "dir": ("desc" if direction == "desc" else "asc") if given else owner["order"][1],
        "after": one(query, "after") or None,
        "filters": _filters(owner, query),
    }


def _filters(owner: Json, query: Query) -> dict[str, str]:
    found = {}
    for field in owner["fields"]:
        offered = field["name"] in owner["filters"] or field["kind"] == "ref"
        value = text.clean(one(query, field["name"]))
        if offered and value and _is_askable(field, value):
            found[field["name"]] = value
    return found


def _is_askable(field: Json, value: str) -> bool:
    if field["kind"] in (*CHOSEN, "choices"):
        return label_of(field, value) is not None
    return field["kind"] != "bool" or value in ("true", "false")


def link(owner: Json, asked: Json, **changed: Any) -> str:
    """The address of the same list with something else about it."""
    wanted = {**asked, **changed}
    sorting = [("sort", wanted["sort"]), ("dir", wanted["dir"])] if wanted["given"] else []
    parts = [
        ("q", wanted["q"]),
        ("scope", "" if wanted["complete"] else wanted["scope"]),
        *wanted["filters"].items(),
        *sorting,
        ("after", wanted["after"]),
    ]
    return address(f"/{owner['path']}/", parts)


def to_store(asked: Json, limit: int) -> Json:
    """What `store.page` is asked."""
    return {
        "words": text.words(asked["q"]),
        "filters": asked["filters"],
        "sort": [asked["sort"], asked["dir"]],
        "after": asked["after"],
        "limit": limit,
        "scope": asked["scope"],
    }
