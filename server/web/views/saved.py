"""Saved views of a list: those offered, the one that is open, what a list opens with. Equal to
pwa/views/saved.js."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs

from . import asking
from .addresses import Query, address, one
from .manifest import Json, entity, field_of
from .may import level
from .options import listed

KIND = "saved_view"
MOST = 50  # of a list
APART = ("view", "after", "col", "pick")  # not of what a view asks
NEAREST = ("own", "team", "all")  # who it is for: the nearest is what the list opens with


def opened(store: Any, me: Json, owner: Json, query: Query) -> tuple[Query, Json | None]:
    """The query, with what the view asks where that is asked for alone; and the view."""
    wanted = one(query, "view")
    view = _view(store, owner, wanted)
    if not query:
        view = next((v for v in _nearest(_views(store, owner)) if _opens_for(me, v)), None)
    found = query
    if view and not query.keys() - {"view"}:
        found = _query(view)
    name = view["id"] if view else "all" if wanted == "all" else ""
    rest = {n: values for n, values in found.items() if n != "view"}
    return {**rest, "view": [name]} if name else rest, view


def saved(store: Any, me: Json, owner: Json, asked: Json, view: Json | None, scope: str) -> Json:
    """{views: [{id, name, href, active, shared, usual}], view: {id, name, ver, href, audience,
    usual, role, mine: bool (may be changed), changed: bool}|null, bare: href of the list without
    one, asks: what is shown as a line, special: bool (it is not the plain list), audiences,
    may_open, roles: [{value, label}] for which it may open}"""
    found = _views(store, owner)
    shown = {v["id"] for v in found}
    named = field_of(entity(KIND) or {"fields": []}, "audience")
    return {
        "views": [_offered(owner, one, view) for one in found],
        "view": _open(me, owner, asked, view, scope) if view and view["id"] in shown else None,
        "bare": address(f"/{owner['path']}/", [("view", "all")]),
        "asks": asks(owner, asked),
        "special": bool(asks(owner, {**asked, "complete": True})),
        "audiences": [{"value": v, "label": label} for v, label in (named or {})["choices"] or []],
        "may_open": _administers(me),
        "roles": listed(store, "role") if _administers(me) else [],
    }


def asks(owner: Json, asked: Json) -> str:
    """What a view of this list would ask."""
    return asking.link(owner, {**asked, "view": ""}, after=None, at="").partition("?")[2]


def _query(view: Json) -> Query:
    given = parse_qs(view["asks"] or "", keep_blank_values=True)
    return {name: values for name, values in given.items() if name not in APART}


def settled(me: Json, values: Json, before: Json | None = None) -> Json:
    """What a form may say: others' lists open with what administrators say."""
    audience = values.get("audience") or (before or {}).get("audience")
    if _administers(me):
        return values
    told = {name: value for name, value in values.items() if name != "role"}
    return told if audience == "own" or not told.get("usual") else {**told, "usual": False}


def _view(store: Any, owner: Json, id_: str) -> Json | None:
    view: Json | None = store.get(KIND, id_)
    return view if view and view["of"] == owner["type"] and not view["deleted"] else None


def _views(store: Any, owner: Json) -> list[Json]:
    asked = {
        "words": [], "filters": {"of": owner["type"]}, "where": asking.NOTHING,
        "sort": ["name", "asc"], "after": None, "limit": MOST, "scope": "mine",
    }  # fmt: skip
    found: list[Json] = store.page(KIND, asked)["rows"]
    return found


def _opens_for(me: Json, view: Json) -> bool:
    return bool(view["usual"] and (not view["role"] or view["role"] in me["roles"]))


def _nearest(views: list[Json]) -> list[Json]:
    """Those that may open the list, one's own first, and what is for a role before what is for all
    who see it."""
    far = {audience: 2 * n for n, audience in enumerate(NEAREST)}
    return sorted(views, key=lambda v: (far[v["audience"] or "all"] + (not v["role"]), v["id"]))


def _offered(owner: Json, one: Json, view: Json | None) -> Json:
    return {
        "id": one["id"], "name": one["name"], "shared": one["audience"] != "own",
        "usual": one["usual"], "active": view is not None and view["id"] == one["id"],
        "href": address(f"/{owner['path']}/", [("view", one["id"])]),
    }  # fmt: skip


def _open(me: Json, owner: Json, asked: Json, view: Json, scope: str) -> Json:
    before = asking.read(owner, me, _query(view), scope)
    return {
        "id": view["id"], "name": view["name"], "ver": view["ver"], "audience": view["audience"],
        "usual": view["usual"], "role": view["role"],
        "mine": view["owner"] == me["id"] or _administers(me),
        "changed": asks(owner, before) != asks(owner, asked),
        "href": address(f"/{owner['path']}/", [("view", view["id"])]),
    }  # fmt: skip


def _administers(me: Json) -> bool:
    return level(me, KIND, "change") == "all"
