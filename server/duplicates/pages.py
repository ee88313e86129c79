"""Duplicates: those that were found, and whoever may be the same as a given one."""

from __future__ import annotations

from typing import Any

from flask import Response, request
from sqlalchemy import select

from server.core.db import reading, writing
from server.core.identity import current
from server.core.kinds import UUID
from server.core.text import words
from server.web.pages import owner_of, show, visit
from server.web.views.alike import known_alike
from server.web.views.devices import instant_of
from server.web.views.looking import having, sounding
from server.web.views.manifest import Json, manifest
from server.web.views.rows import row

from . import listing, merging, seeking
from .base import blueprint, record_of, to, twins_of
from .tables import SEEKING

__all__ = ["blueprint", "merging"]
SHOWN = 10  # records that are offered


@blueprint.get("/")
def found() -> Response:
    kinds = [e for e in manifest()["entities"].values() if e["twins"] and not e["system"]]
    of = next((e for e in kinds if e["path"] == request.args.get("of")), None)
    with visit() as v, reading() as connection:
        org = current().viewer.org
        groups, after = listing.groups(v, connection, of and of["type"], _after())
        sought = connection.execute(select(SEEKING).where(SEEKING.c.org == org)).first()
        return show(("server/duplicates.html", {
            "groups": groups, "kinds": kinds, "of": of and of["path"],
            "after": " ".join(map(str, after)) if after else None, "sought": _sought(sought),
            "merged": [] if _after() else listing.lately(v, connection, current().viewer),
        }))  # fmt: skip


def _after() -> listing.After | None:
    parts = request.args.get("after", "").split(" ")
    fine = len(parts) == 3 and parts[0].isascii() and parts[0].isdigit() and len(parts[0]) < 4
    if not fine or not all(map(UUID.fullmatch, parts[1:])):
        return None
    return int(parts[0]), parts[1], parts[2]


def _sought(row_: Any) -> Json | None:
    if row_ is None:
        return None
    going = row_.done is None or row_.done < row_.asked
    return {"going": going, "done": instant_of(row_.done) if row_.done else None,
            "looked": row_.looked}  # fmt: skip


@blueprint.post("/seeking")
def seek() -> Response:
    with writing() as connection:
        seeking.ask(connection, current().viewer.org)
    return to("/duplicates/")


@blueprint.post("/apart")
def say_apart() -> Response:
    """Only of records that the person may see."""
    pairs = [tuple(one.split(" ")) for one in request.form.getlist("pair")[:100]]
    with visit() as v:
        kind = owner_of(request.form.get("of", ""))["type"]
        mine = [(a, b) for a, b in (one for one in pairs if len(one) == 2)
                if v.store.get(kind, a) and v.store.get(kind, b)]  # fmt: skip
    with writing() as connection:
        seeking.say_apart(connection, current().viewer.org, mine, current().viewer.id)
    return to("/duplicates/")


@blueprint.get("/<path>/<id_>")
def of(path: str, id_: str) -> Response:
    """Whoever may be the same as this one, or is looked for."""
    owner, q = twins_of(path), request.args.get("q", "")
    with visit() as v:
        record = record_of(v, owner, id_)
        if words(q):
            records = having(v.store, owner, words(q), SHOWN) + sounding(v.store, owner, q)
        else:
            given = {f["name"]: record[f["name"]] for f in owner["fields"]}
            found_ = known_alike(v.store, owner, given, id_)
            records = [one["record"] for one in found_]
        others = {one["id"]: one for one in records if one["id"] != id_}
        lines = [row(v.store, v.me, "", owner, one) for one in list(others.values())[:SHOWN]]
        return show(("server/duplicates_of.html", {
            "path": owner["path"], "record": row(v.store, v.me, "", owner, record), "q": q,
            "rows": lines,
        }))  # fmt: skip
