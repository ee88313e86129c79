"""API tokens: one's own, and everybody's for whoever manages people. A token is shown once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from flask import Blueprint, Response, request
from sqlalchemy import delete, select
from werkzeug.exceptions import Forbidden, NotFound

from server.core import deeds, devices
from server.core.db import reading, writing
from server.core.i18n import _l
from server.core.identity import TOKEN, current, new_token
from server.core.registry import registry
from server.web.auth import expect_token
from server.web.pages import Visit, show, visit
from server.web.views.devices import instant_of
from server.web.views.manifest import Json, message

from . import base
from .roles import offered

tokens = Blueprint("tokens", __name__)
DAYS = {"30": _l("30 days"), "90": _l("90 days"), "365": _l("One year"), "": _l("Until revoked")}


@tokens.before_request
def _people_only() -> None:
    """A program makes no tokens for programs."""
    if current().token:
        raise Forbidden
    if request.method == "POST":
        expect_token()


@tokens.get("/tokens/")
def listing() -> Response:
    with visit() as v:
        return _page(v)


@tokens.post("/tokens/")
def make() -> Response:
    name, form = base.typed("name"), request.form
    if not name:
        with visit() as v:
            return _page(v, [message("required")])
    kinds = [kind for kind in form.getlist("kinds") if kind in offered()]
    days = form.get("days", "")
    ends = datetime.now(UTC) + timedelta(days=int(days)) if days and days in DAYS else None
    signed = current()
    more: dict[str, Any] = {"name": name[:100], "reads_only": form.get("writes") != "1",
                            "kinds": " ".join(kinds), "expires_at": ends}  # fmt: skip
    with writing() as connection:
        token = new_token(connection, signed.viewer.id, signed.viewer.org, **more)
        deeds.note(connection, signed.viewer.org, signed.viewer.id, "token_made", name, signed.via)
    with visit() as v:
        return _page(v, made=token)


@tokens.post("/tokens/<id_>/revocation")
def revoke(id_: str) -> Response:
    signed = current()
    with writing() as connection:
        row = next((r for r in connection.execute(_mine()) if r.hash[:16] == id_), None)
        if row is None:
            raise NotFound
        connection.execute(delete(TOKEN).where(TOKEN.c.hash == row.hash))
        org, person = signed.viewer.org, signed.viewer.id
        deeds.note(connection, org, person, "token_revoked", row.name, signed.via)
    return base.elsewhere("/tokens/")


def _mine() -> Any:
    viewer = current().viewer
    query = select(TOKEN).where(TOKEN.c.org == viewer.org).order_by(TOKEN.c.created_at.desc())
    return query if devices.manages(viewer) else query.where(TOKEN.c.person == viewer.id)


def _page(v: Visit, errors: list[str] | None = None, made: str = "") -> Response:
    with reading() as connection:
        rows = [_row(v, row) for row in connection.execute(_mine())]
    kinds = [{"value": kind, "label": registry[kind].plural} for kind in offered()]
    context = {"rows": rows, "errors": errors or [], "made": made, "kinds": kinds, "days": DAYS}
    return show(("server/tokens.html", context), 422 if errors else 200)


def _row(v: Visit, row: Any) -> Json:
    ended = row.expires_at is not None and row.expires_at < datetime.now(UTC)
    return {
        "id": row.hash[:16], "name": row.name, "by": v.store.title("person", row.person),
        "mine": row.person == v.me["id"], "reads_only": row.reads_only, "ended": ended,
        "kinds": [registry[k].plural for k in row.kinds.split() if registry.get(k)],
        "created": instant_of(row.created_at), "ends": _said(row.expires_at),
        "used": _said(row.last_used),
    }  # fmt: skip


def _said(at: datetime | None) -> str | None:
    return instant_of(at) if at else None
