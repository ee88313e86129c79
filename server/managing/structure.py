"""Branches and their teams: who belongs where, who leads, and who reports to whom."""

from __future__ import annotations

from flask import Response, request
from werkzeug.exceptions import NotFound

from server.web.pages import Visit, show, visit
from server.web.views.manifest import Json

from . import base
from .base import managing

FIELDS = {"team": ("branch", "lead"), "branch": ()}
PATHS = {"teams": "team", "branches": "branch"}


@managing.get("/teams/")
def structure() -> Response:
    with visit() as v:
        return _page(v)


@managing.get("/branches/")
def branches() -> Response:
    return base.elsewhere("/teams/")


@managing.post("/teams/", defaults={"path": "teams"})
@managing.post("/branches/", defaults={"path": "branches"})
def add_unit(path: str) -> Response:
    kind = PATHS[path]
    _, errors = base.make(kind, _read(kind))
    return _after(errors)


@managing.post("/teams/<id_>", defaults={"path": "teams"})
@managing.post("/branches/<id_>", defaults={"path": "branches"})
def save_unit(path: str, id_: str) -> Response:
    with visit() as v:
        row = _found(v, PATHS[path], id_)
    return _after(base.change(PATHS[path], row, _read(PATHS[path])))


@managing.post("/teams/<id_>/deletion", defaults={"path": "teams"})
@managing.post("/branches/<id_>/deletion", defaults={"path": "branches"})
def remove_unit(path: str, id_: str) -> Response:
    with visit() as v:
        row = _found(v, PATHS[path], id_)
    return _after(base.remove(PATHS[path], row))


def _after(errors: list[str]) -> Response:
    if not errors:
        return base.elsewhere("/teams/")
    with visit() as v:
        return _page(v, errors)


def _found(v: Visit, kind: str, id_: str) -> Json:
    row: Json | None = v.store.get(kind, id_)
    if row is None or row["deleted"]:
        raise NotFound
    return row


def _read(kind: str) -> Json:
    return {"name": base.typed("name")} | {n: request.form.get(n) or None for n in FIELDS[kind]}


def _rows(v: Visit, kind: str) -> list[Json]:
    found: list[Json] = v.store.page(kind, {"words": [], "limit": 5000})["rows"]
    return found


def _page(v: Visit, errors: list[str] | None = None) -> Response:
    people = [p for p in _rows(v, "person") if p["active"] is not False]
    teams = [{**t, "people": [p for p in people if p["team"] == t["id"]]} for t in _rows(v, "team")]
    there = _rows(v, "branch")
    known = {b["id"] for b in there}
    groups = [{**b, "teams": [t for t in teams if t["branch"] == b["id"]]} for b in there]
    rest = [t for t in teams if t["branch"] not in known]
    context = {
        "branches": groups, "rest": rest, "people": v.store.people(), "errors": errors or [],
        "tree": _tree(people), "homeless": [p for p in people if not p["team"]],
    }  # fmt: skip
    return show(("server/structure.html", context), 422 if errors else 200)


def _tree(people: list[Json]) -> list[Json]:
    """Everybody below whom they report to, as rows with a depth; circles end."""
    known = {p["id"] for p in people}
    below: dict[str | None, list[Json]] = {}
    for one in people:
        boss = one["manager"] if one["manager"] in known - {one["id"]} else None
        below.setdefault(boss, []).append(one)
    rows: list[Json] = []
    seen: set[str] = set()
    waiting = [(one, 0) for one in reversed(below.get(None, []))]
    while waiting:
        one, depth = waiting.pop()
        if one["id"] not in seen:
            seen.add(one["id"])
            rows.append({"id": one["id"], "name": one["name"], "title": one["title"],
                         "depth": min(depth, 6)})  # fmt: skip
            waiting += [(next_, depth + 1) for next_ in reversed(below.get(one["id"], []))]
    return rows + [
        {"id": p["id"], "name": p["name"], "title": p["title"], "depth": 0}
        for p in people if p["id"] not in seen
    ]  # fmt: skip
