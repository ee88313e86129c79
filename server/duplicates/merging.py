"""Two of them side by side, the merger, and its undoing."""

from __future__ import annotations

from typing import Any

from flask import Response, request
from sqlalchemy import select
from werkzeug.exceptions import NotFound

from server.core.clock import now_ms
from server.core.db import reading
from server.core.identity import current
from server.core.kinds import UUID
from server.core.ledger import MERGING
from server.web.changing import new_id, write
from server.web.pages import Visit, show, visit
from server.web.views.manifest import Json, message
from server.web.views.rows import row

from . import comparing, listing
from .base import blueprint, record_of, to, twins_of

MOST = 20  # records that are merged one after the other
C = MERGING.c


@blueprint.get("/<path>/merging")
def compare(path: str) -> Response:
    with visit() as v:
        return _compared(v, twins_of(path), _ids(request.args.getlist("id")))


def _ids(given: list[str]) -> list[str]:
    """Of two records, and of those that follow them."""
    ids = list(dict.fromkeys(given))[:MOST]
    if len(ids) < 2:
        raise NotFound
    return ids


def _compared(v: Visit, owner: Json, ids: list[str], errors: Json | None = None) -> Response:
    a, b = (record_of(v, owner, id_) for id_ in ids[:2])
    sides = [row(v.store, v.me, "", owner, one) | {"ver": one["ver"], "made": one["created_at"]}
             for one in (a, b)]  # fmt: skip
    context = comparing.compared(v.store, v.me, owner, a, b) | {
        "path": owner["path"], "label": owner["label"], "sides": sides,
        "rest": [record_of(v, owner, id_)["id"] for id_ in ids[2:]],
        "errors": [message(code) for code in (errors or {}).values()],
    }  # fmt: skip
    return show(("server/merging.html", context), 422 if errors else 200)


@blueprint.post("/<path>/merging")
def merge(path: str) -> Response:
    """`id` twice and those that follow, with `ver` of both; `keep` one of the two, `f-<field>` a,
    b or both."""
    owner, ids = twins_of(path), _ids(request.form.getlist("id"))
    with visit() as v:
        a, b = (record_of(v, owner, id_) for id_ in ids[:2])
        keep, gone = (b, a) if request.form.get("keep") == b["id"] else (a, b)
        op = _unite(owner, keep, gone, comparing.chosen(owner, request.form, a, b, keep))
        errors = write(v, [op])
    if errors:
        with visit() as again:
            return _compared(again, owner, ids, errors)
    if ids[2:]:
        further = "&".join(f"id={id_}" for id_ in (keep["id"], *ids[2:]))
        return to(f"/duplicates/{path}/merging?{further}")
    return to(f"/duplicates/mergers/{_merger_of(gone['id'])}")


def _unite(owner: Json, keep: Json, gone: Json, values: Json) -> Json:
    seen = dict(zip(request.form.getlist("id"), request.form.getlist("ver"), strict=False))

    def ver(record: Json) -> int:
        said = seen.get(record["id"], "")
        fine = said.isascii() and said.isdigit() and len(said) < 16
        return int(said) if fine else int(record["ver"])

    wish = {"loser": gone["id"], "ver": ver(gone), "values": values}
    return {"id": new_id(), "k": "unite", "type": owner["type"], "rec": keep["id"],
            "base": keep["ver"], "if": ver(keep), "t": now_ms(), "v": wish}  # fmt: skip


def _merger_of(loser: str) -> str:
    query = select(C.id).where(C.org == current().viewer.org, C.loser == loser)
    with reading() as connection:
        return str(connection.scalar(query.order_by(C.at.desc(), C.id.desc()).limit(1)))


def _merging(v: Visit, id_: str) -> tuple[Any, Json]:
    """Raises NotFound."""
    mine = (C.org == current().viewer.org, C.id == id_)
    with reading() as connection:
        found = connection.execute(select(MERGING).where(*mine)).first()
    said = listing.merger(v, found) if found and UUID.fullmatch(id_) else None
    if said is None:
        raise NotFound
    return found, said


@blueprint.get("/mergers/<id_>")
def merger(id_: str) -> Response:
    with visit() as v:
        _, said = _merging(v, id_)
        return show(("server/merger.html", {"merger": said, "errors": []}))


@blueprint.post("/mergers/<id_>/undoing")
def undo(id_: str) -> Response:
    with visit() as v:
        found, said = _merging(v, id_)
        op = {"id": new_id(), "k": "part", "type": found.type, "rec": found.winner,
              "base": found.ver, "t": now_ms(), "v": {"merger": id_}}  # fmt: skip
        errors = write(v, [op])
        if errors:
            lines = [message(code) for code in errors.values()]
            return show(("server/merger.html", {"merger": said, "errors": lines}), 422)
    return to(f"{said['href'].rpartition('/')[0]}/{found.loser}")
