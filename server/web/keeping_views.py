"""Saved views: made, changed and deleted by forms of the lists that they are of.
pwa/worker/views.js is its twin."""

from __future__ import annotations

from flask import Response
from werkzeug.exceptions import BadRequest, NotFound

from server.core.clock import now_ms

from . import forms
from .changing import done, new_id, write
from .pages import Visit, pages, visit
from .views.addresses import address
from .views.manifest import Json, entity
from .views.saved import KIND, settled


@pages.post("/views/")
def save_view() -> Response:
    with visit() as v:
        owner, rec = _owner(), new_id()
        read = forms.parse(owner, v.form, v.me)
        values = settled(v.me, read["values"])
        op = forms.creation(owner, rec, values, v.me, v.now, new_id, now_ms())
        return _kept(v, read["errors"], [op], values.get("of"), rec)


@pages.post("/views/<id_>")
def change_view(id_: str) -> Response:
    with visit() as v:
        owner, view = _owner(), _view(v, id_)
        read = forms.parse(owner, v.form, v.me, view)
        was, base = forms.seen(owner, v.form, view)
        values = settled(v.me, read["values"], view)
        ops = forms.operations(owner, id_, was, values, base, v.me, new_id, now_ms())
        return _kept(v, read["errors"], ops, view["of"], id_)


@pages.post("/views/<id_>/deletion")
def delete_view(id_: str) -> Response:
    with visit() as v:
        view = _view(v, id_)
        op = forms.deletion(_owner(), id_, view["ver"], new_id, now_ms())
        return _kept(v, {}, [op], view["of"], "all")


@pages.post("/views/<id_>/restoration")
def restore_view(id_: str) -> Response:
    with visit() as v:
        view = _view(v, id_)
        op = forms.restoration(_owner(), id_, view["ver"], new_id, now_ms())
        return _kept(v, {}, [op], view["of"], id_)


def _owner() -> Json:
    owner = entity(KIND)
    assert owner
    return owner


def _view(v: Visit, id_: str) -> Json:
    view: Json | None = v.store.get(KIND, id_)
    if view is None:
        raise NotFound
    return view


def _kept(v: Visit, errors: Json, ops: list[Json], of: str | None, view: str) -> Response:
    """Back to the list, which shows it."""
    if errors or (ops and write(v, ops)):
        raise BadRequest
    path = (entity(of) or {"path": ""})["path"]
    return done(v, address(f"/{path}/", [("view", view)]))
