"""What the address of a list asks for. Equal to pwa/views/asking.js."""

from __future__ import annotations

from typing import Any

from server.core import criteria, text

from .addresses import Query, address, one
from .arranged import arranged, kept_line
from .arranging import look_of
from .manifest import Json
from .narrowing import filters_of, wanted
from .operators import problem, resolved

LONGEST = 200  # characters of a search
NOTHING: Json = {"join": "and", "of": []}


def searched(query: Query) -> str:
    return text.clean(one(query, "q"))[:LONGEST]


def read(owner: Json, me: Json, query: Query, default_scope: str) -> Json:
    """{q, scope, sort, dir, given, after, filters, complete, where, tree, fault, cols, columns,
    widths, view (an id, or all for none), look, by, col, at, span}. `sort` and `dir` are those in
    force, `given` says whether the address named them. `where` are conditions as a line, `tree`
    the same; what can't be read asks for nothing, and `fault` says why."""
    complete = owner["type"] in me["complete"]
    sort, direction = one(query, "sort"), one(query, "dir")
    given = sort in owner["sorts"]
    scope = one(query, "scope")
    tree = criteria.read(one(query, "where"))
    fault = problem(owner, tree)
    tree = NOTHING if fault or tree is None else tree
    return {
        "q": searched(query),
        "scope": "mine" if complete else scope if scope in ("mine", "all") else default_scope,
        "complete": complete,
        "given": given,
        "sort": sort if given else owner["order"][0],
        "dir": ("desc" if direction == "desc" else "asc") if given else owner["order"][1],
        "after": one(query, "after") or None,
        "filters": filters_of(owner, query, tree),
        "where": criteria.write(tree),
        "tree": tree,
        "fault": fault,
        **_columns(owner, me, query),
        **look_of(owner, query),
        "view": one(query, "view"),
    }


def _columns(owner: Json, me: Json, query: Query) -> Json:
    """{cols: those that the address says, columns: names of those that are shown, widths}"""
    said = arranged(owner, ",".join(query.get("cols", [])))
    shown = said if said["cols"] else arranged(owner, kept_line(me, owner))
    names = shown["names"] or owner["columns"]
    return {"cols": said["cols"], "columns": names, "widths": shown["widths"]}


def link(owner: Json, asked: Json, **changed: Any) -> str:
    """The address of the same list with something else about it."""
    return address(f"/{owner['path']}/", parts({**asked, **changed}))


def parts(asked: Json) -> list[tuple[str, Any]]:
    """The query of an address as pairs, of which some may be empty."""
    found = [
        ("q", asked["q"]),
        ("scope", "" if asked["complete"] else asked["scope"]),
        *asked["filters"].items(),
        ("where", asked["where"]),
        ("cols", ",".join(asked["cols"])),
        ("look", asked["look"]),
        ("by", asked["by"]),
        ("span", asked["span"]),
        ("at", asked["at"]),
        *([("sort", asked["sort"]), ("dir", asked["dir"])] if asked["given"] else []),
        ("after", asked["after"]),
    ]
    # A view alone stands for all that it asks, and nothing at all for the usual one.
    view = asked["view"] if any(value for _, value in found) else "all"
    return [*found, ("view", view)] if asked["view"] else found


def hidden(asked: Json) -> list[Json]:
    """The same as inputs that a form carries; what it asks for begins anew."""
    return [{"name": n, "value": v} for n, v in parts(asked) if v and n != "after"]


def to_store(owner: Json, asked: Json, limit: int, me: Json, now: str) -> Json:
    """What `store.page` is asked."""
    return {
        "words": text.words(asked["q"]),
        "filters": wanted(owner, asked["filters"], me, now),
        "where": resolved(owner, asked["tree"], me, now),
        "sort": [asked["sort"], asked["dir"]],
        "after": asked["after"],
        "limit": limit,
        "scope": asked["scope"],
    }
