"""Notices and what a person does about them. pwa/worker/noticing.js is its twin."""

from __future__ import annotations

from flask import Response, redirect
from werkzeug.exceptions import NotFound

from server.core.clock import now_ms

from . import views
from .answering import answering, reading
from .changing import done, new_id, write
from .pages import pages, show, visit
from .views.addresses import one
from .views.notices import latest


@pages.get("/notices")
def notices() -> Response:
    with visit() as v:
        return show(views.notices_view(v.store, v.me))


@pages.post("/notices/reading")
def read_all() -> Response:
    """All of them were looked at."""
    with visit() as v:
        waiting = latest(v.store, v.me, {"read": "false"})
        write(v, [op for notice in waiting for op in reading(notice, new_id, now_ms())])
        return redirect("/notices", 303)  # type: ignore[return-value]


@pages.post("/notices/<id_>/<noun>")
def answer(id_: str, noun: str) -> Response:
    with visit() as v:
        notice = v.store.get("notice", id_)
        until = one(v.form, "until")
        if notice is None or notice["owner"] != v.me["id"]:
            raise NotFound
        ops = answering(v.store, notice, noun, until, v.me, v.now, new_id, now_ms())
        if ops is None:
            raise NotFound
        write(v, ops)
        return done(v, "/notices")


@pages.get("/mentions")
def mentions() -> Response:
    """Names that begin like `?q=`."""
    with visit() as v:
        return show(views.mentions_view(v.store, v.query))
