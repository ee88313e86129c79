"""/webhooks/: what is told of changes, what was sent, and sending it again. For whoever manages
people; made at the server alone."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, redirect, request
from sqlalchemy import Connection
from werkzeug.exceptions import Forbidden, NotFound

from server.core import devices
from server.core.db import reading, writing
from server.core.i18n import _l
from server.core.identity import current
from server.core.kinds import UUID
from server.core.outward import NotAllowed
from server.core.registry import registry
from server.core.text import clean
from server.web.auth import expect_token
from server.web.pages import show, visit
from server.web.views.devices import instant_of
from server.web.views.manifest import Json

from . import keeping
from .sending import target

blueprint = Blueprint("webhooks", __name__, url_prefix="/webhooks")
LONGEST = 100  # characters of a name
LABELS = {"name": _l("Name"), "url": _l("Address")}
WRONG = {
    "name": _l("Please fill this in."),
    "url": _l("Give an address of the open internet, over https. Example: https://company.com/hook"),
}


@blueprint.before_request
def _guard() -> None:
    if not devices.manages(current().viewer) or current().session is None:
        raise Forbidden
    if request.method == "POST":
        expect_token()


@blueprint.get("/")
def listing() -> Response:
    with visit():
        with reading() as connection:
            hooks = keeping.every(connection, _org())
            waiting = keeping.waiting(connection, _org())
        rows = [_told(hook) | {"waiting": waiting.get(hook.id, 0)} for hook in hooks]
        return show(("server/webhooks.html", {"rows": rows}))


@blueprint.get("/new")
def new() -> Response:
    with visit():
        return _form(None, {"name": "", "url": "", "kinds": [], "enabled": True})


@blueprint.post("/")
def create() -> Response:
    values, wrong = _given()
    if wrong:
        with visit():
            return _form(None, values, wrong)
    with writing() as connection:
        made = keeping.make(connection, _org(), {n: values[n] for n in ("name", "url", "kinds")})
    return redirect(f"/webhooks/{made}", 303)  # type: ignore[return-value]


@blueprint.get("/<id_>")
def page(id_: str) -> Response:
    before = request.args.get("before", "")
    with visit():
        with reading() as connection:
            hook = _found(connection, id_)
            rows = keeping.log(connection, _org(), id_, before if UUID.fullmatch(before) else None)
        shown = rows[: keeping.PAGE]
        more = shown[-1].id if len(rows) > len(shown) else None
        return show(("server/webhook.html", {
            "hook": _told(hook), "secret": hook.secret, "more": more,
            "deliveries": [_sent(row) for row in shown],
        }))  # fmt: skip


@blueprint.get("/<id_>/edit")
def edit(id_: str) -> Response:
    with visit():
        with reading() as connection:
            hook = _found(connection, id_)
        return _form(hook, {n: getattr(hook, n) for n in ("name", "url", "kinds", "enabled")})


@blueprint.post("/<id_>")
def change(id_: str) -> Response:
    values, wrong = _given()
    with visit():
        with writing() as connection:
            hook = _found(connection, id_)
            if not wrong:
                keeping.change(connection, _org(), id_, values)
        if wrong:
            return _form(hook, values, wrong)
    return redirect(f"/webhooks/{id_}", 303)  # type: ignore[return-value]


@blueprint.post("/<id_>/removal")
def remove(id_: str) -> Response:
    return _do(id_, keeping.remove, "/webhooks/")


@blueprint.post("/<id_>/trial")
def trial(id_: str) -> Response:
    return _do(id_, keeping.trial, f"/webhooks/{id_}")


@blueprint.post("/<id_>/<delivery>/again")
def again(id_: str, delivery: str) -> Response:
    def send(connection: Connection, org: int, hook: str) -> bool:
        return keeping.again(connection, org, hook, delivery)

    return _do(id_, send, f"/webhooks/{id_}")


def _do(id_: str, deed: Any, back: str) -> Response:
    with writing() as connection:
        _found(connection, id_)
        deed(connection, _org(), id_)
    return redirect(back, 303)  # type: ignore[return-value]


def _org() -> int:
    return current().viewer.org


def _found(connection: Connection, id_: str) -> Any:
    """Raises NotFound."""
    hook = keeping.one(connection, _org(), id_) if UUID.fullmatch(id_) else None
    if hook is None:
        raise NotFound
    return hook


def _offered() -> list[Json]:
    return [{"value": e.type, "label": e.plural} for e in registry.entities.values()
            if not e.system]  # fmt: skip


def _given() -> tuple[Json, dict[str, str]]:
    """What the form says, and what is wrong with it, by field."""
    form, known = request.form, {one["value"] for one in _offered()}
    name = " ".join(clean(form.get("name")).split())[:LONGEST]
    values: Json = {
        "name": name, "url": clean(form.get("url")).strip(), "enabled": form.get("enabled") == "1",
        "kinds": [kind for kind in form.getlist("kinds") if kind in known],
    }  # fmt: skip
    wrong = {} if name else {"name": WRONG["name"]}
    try:
        target(values["url"])
    except NotAllowed:
        wrong["url"] = WRONG["url"]
    except OSError:
        pass  # its name is not known now, and may be later: what is sent then is looked at anew
    return values, wrong


def _form(hook: Any, values: Json, wrong: dict[str, str] | None = None) -> Response:
    errors = [{"name": n, "label": LABELS[n], "message": m} for n, m in (wrong or {}).items()]
    context = {"hook": hook and _told(hook), "values": values, "kinds": _offered(),
               "wrong": wrong or {}, "errors": errors}  # fmt: skip
    return show(("server/webhook_form.html", context), 422 if wrong else 200)


def _told(hook: Any) -> Json:
    known = (registry.get(kind) for kind in hook.kinds)
    return {
        "id": hook.id, "name": hook.name, "url": hook.url, "enabled": hook.enabled,
        "kinds": [one.plural for one in known if one],
        "failing": instant_of(hook.failing_since),
    }  # fmt: skip


def _sent(row: Any) -> Json:
    return {
        "id": row.id, "kind": row.kind, "status": row.status, "attempts": row.attempts,
        "at": instant_of(row.tried_at or row.at), "code": row.code, "answer": row.answer or "",
        "body": row.body,
    }  # fmt: skip
