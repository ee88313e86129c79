"""A tap on a sensitive field: logged first, then shown. pwa/worker/showing.js is its twin, for what
a phone holds."""

from __future__ import annotations

from flask import Response
from werkzeug.exceptions import Forbidden, NotFound

from server.core.clock import now_ms
from server.core.registry import registry
from server.core.veiling import plainly

from . import forms, views
from .changing import new_id, write
from .pages import owner_of, pages, show, visit
from .views.addresses import one
from .views.showing import tapped


@pages.post("/<path>/<id_>/showing")
def show_value(path: str, id_: str) -> Response:
    owner = owner_of(path)
    with visit() as v:
        field, record = tapped(owner, one(v.form, "field")), v.store.get(owner["type"], id_)
        if record is None:
            raise NotFound
        if field is None:
            raise Forbidden
        write(v, [forms.looking(owner, record, field["name"], new_id, now_ms())])
        plain = v.store.reader.get(registry[owner["type"]], id_, plainly) or {}
        answer = show(views.showing_view(v.store, owner, record, field, plain[field["name"]]))
    answer.headers["Cache-Control"] = "no-store"
    return answer
