"""Forms that were sent: each becomes operations for the door, and the answer is the record's page,
or the form again with what is wrong at its fields. pwa/views/changing.js is its twin."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Response, redirect, request
from uuid_utils.compat import uuid7
from werkzeug.exceptions import Forbidden, NotFound

from server.core import door
from server.core.clock import now_ms
from server.core.holding import holding_id
from server.core.operations import Result

from . import forms, views
from .pages import Visit, action_of, owner_of, pages, show, visit
from .views.addresses import back_to
from .views.holding import file_entity, holding_of
from .views.manifest import Json, entity
from .views.settings import settings_owner


def new_id() -> str:
    return str(uuid7())


def write(v: Visit, ops: list[Json]) -> dict[str, str]:
    """Through the door; {field: code} of what was refused, the empty field for the whole."""
    return refusals(door.write(v.signed.author(), ops))


def refusals(results: list[Result]) -> dict[str, str]:
    found = {r.field or "": r.code or "error" for r in results if r.status == "rejected"}
    codes = set(found.values())
    if "missing" in codes:
        raise NotFound
    if "forbidden" in codes:
        raise Forbidden
    return found


def done(v: Visit, target: str) -> Response:
    return redirect(back_to(v.form) or target, 303)  # type: ignore[return-value]


@pages.post("/<path>/")
def create(path: str) -> Response:
    owner = owner_of(path)
    with visit() as v:
        read = forms.parse(owner, v.form, v.me)
        rec, errors = new_id(), read["errors"]
        if not errors:
            op = forms.creation(owner, rec, read["values"], v.me, v.now, new_id, now_ms())
            errors = write(v, [op])
        if errors:
            view = views.form_view(
                v.store, v.me, v.now, owner, None, v.query, read["given"], errors
            )
            return show(view, 422)
        return done(v, f"/{path}/{rec}")


@pages.post("/<path>/<id_>")
def change(path: str, id_: str) -> Response:
    owner = owner_of(path)
    with visit() as v:
        record = _record(v, owner, id_)
        read = forms.parse(owner, v.form, v.me, record)
        was, base = forms.seen(owner, v.form, record)
        errors = read["errors"]
        if not errors:
            values = read["values"]
            ops = forms.operations(owner, id_, was, values, base, v.me, new_id, now_ms())
            errors = write(v, ops)
        if errors:
            view = views.form_view(
                v.store, v.me, v.now, owner, id_, v.query, read["given"], errors, base, was
            )
            return show(view, 422)
        return done(v, f"/{path}/{id_}")


@pages.post("/<path>/<id_>/deletion")
def delete(path: str, id_: str) -> Response:
    return _at_once(path, id_, forms.deletion, f"/{path}/")


@pages.post("/<path>/<id_>/restoration")
def restore(path: str, id_: str) -> Response:
    return _at_once(path, id_, forms.restoration, f"/{path}/{id_}")


def _at_once(path: str, id_: str, operation: Callable[..., Json], then: str) -> Response:
    """What needs no values."""
    owner = owner_of(path)
    with visit() as v:
        record = _record(v, owner, id_)
        write(v, [operation(owner, id_, _base(v, record), new_id, now_ms())])
        return done(v, then)


@pages.post("/<path>/<id_>/keeping")
def keep(path: str, id_: str) -> Response:
    """Have one's phones keep a customer file, or no longer."""
    owner = owner_of(path)
    if owner["type"] != file_entity()["type"]:
        raise NotFound
    with visit() as v:
        _record(v, owner, id_)
        held, kept = holding_of(v.store, v.me, id_), v.form.get("kept") == ["1"]
        rec = holding_id(v.me["id"], id_)
        write(v, [forms.keeping(v.me, held, rec, id_, kept, new_id, now_ms())])
        return done(v, f"/{path}/{id_}")


@pages.post("/<path>/<id_>/<noun>")
def do(path: str, id_: str, noun: str) -> Response:
    """A named action, e.g. POST /tasks/<id>/handing-over."""
    owner = owner_of(path)
    action = action_of(owner, noun)
    with visit() as v:
        record = _record(v, owner, id_)
        read = forms.parse(action, v.form, v.me)
        base, errors = _base(v, record), read["errors"]
        if not errors:
            op = forms.doing(owner, action, id_, read["values"], base, new_id, now_ms())
            errors = write(v, [op])
        if errors:
            view = views.action_view(
                v.store, v.me, v.now, owner, id_, action, v.query, read["given"], errors, base
            )
            return show(view, 422)
        return done(v, f"/{path}/{id_}")


@pages.post("/conflicts/<id_>")
def settle(id_: str) -> Response:
    """Keep one of the two values, or another one; either way the conflict is closed."""
    with visit() as v:
        conflict = v.store.get("conflict", id_)
        if conflict is None:
            raise NotFound
        owner = entity(conflict["of"])
        record = v.store.get(conflict["of"], conflict["rec"]) if owner else None
        if owner is None or record is None:
            raise NotFound
        read = forms.settling(conflict, owner, record, v.form, v.me, new_id, now_ms())
        errors = read["errors"] or write(v, read["ops"])
        if errors:
            return show(views.conflict_view(v.store, v.me, id_, read["given"], errors), 422)
        return done(v, "/conflicts")


@pages.post("/settings")
def set_own() -> Response:
    with visit() as v:
        owner = settings_owner()
        person = _record(v, owner, v.me["id"])
        read = forms.parse(owner, v.form, v.me, person)
        was, base = forms.seen(owner, v.form, person)
        ops = forms.operations(
            owner, person["id"], was, read["values"], base, v.me, new_id, now_ms()
        )
        errors = read["errors"] or write(v, ops)
        if errors:
            return show(views.settings_view(v.store, v.me, read["given"], errors), 422)
        return done(v, "/settings")


def _record(v: Visit, owner: Json, id_: str) -> Json:
    record: Any = v.store.get(owner["type"], id_)
    if record is None:
        raise NotFound
    return record  # type: ignore[no-any-return]


def _base(v: Visit, record: Json) -> int:
    """The version that the person saw, as the form says; else the present one."""
    said = request.form.get("_base", "")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 16 else record["ver"]
