"""What the address of a list asks for. Equal to pwa/views/asking.js."""

from __future__ import annotations

from typing import Any

from server.core import text

from .addresses import Query, address, one
from .cells import CHOSEN, label_of
from .closing import ALL, UNCLOSED, default_of, open_states
from .manifest import Json
from .ranges import DATED, is_range, resolve

LONGEST = 200  # characters of a search


def searched(query: Query) -> str:
    return text.clean(one(query, "q"))[:LONGEST]


def read(owner: Json, me: Json, query: Query, default_scope: str) -> Json:
    """{q, scope, sort, dir, given, after, filters, complete}. `sort` and `dir` are those in force,
    `given` says whether the address named them."""
    complete = owner["type"] in me["complete"]
    sort, direction = one(query, "sort"), one(query, "dir")
    given = sort in owner["sorts"]
    scope = one(query, "scope")
    return {
        "q": searched(query),
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
        default = default_of(owner, field)
        if offered and value not in ("", default) and _is_askable(field, value, default):
            found[field["name"]] = value
    return found


def _is_askable(field: Json, value: str, default: str) -> bool:
    if default and value == ALL:
        return True
    if field["kind"] in DATED:
        return is_range(field, value)
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


def to_store(owner: Json, asked: Json, limit: int, me: Json, now: str) -> Json:
    """What `store.page` is asked."""
    return {
        "words": text.words(asked["q"]),
        "filters": _wanted(owner, asked["filters"], me, now),
        "sort": [asked["sort"], asked["dir"]],
        "after": asked["after"],
        "limit": limit,
        "scope": asked["scope"],
    }


def _wanted(owner: Json, filters: dict[str, str], me: Json, now: str) -> Json:
    """Filters as values, or lists and stretches of them."""
    found: Json = {}
    for field in owner["fields"]:
        default = default_of(owner, field)
        value = filters.get(field["name"], default)
        if default and value == UNCLOSED:
            found[field["name"]] = open_states(owner)
        elif value and not (default and value == ALL):
            dated = field["kind"] in DATED
            found[field["name"]] = resolve(field, value, me, now) if dated else value
    return found
