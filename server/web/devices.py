"""Devices of a person, or of everybody for whoever manages people: seen, named, ended from afar."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, redirect, request
from sqlalchemy import Connection, select
from werkzeug.exceptions import NotFound

from server.core import deeds, devices, revoking
from server.core.db import reading, writing
from server.core.disabling import disable, enable
from server.core.door import Author
from server.core.identity import LOGIN, current
from server.core.kinds import UUID
from server.core.permissions import Viewer
from server.core.text import clean

from .auth import expect_token
from .pages import show, visit
from .views.devices import device_view, devices_view, people_of

blueprint = Blueprint("devices", __name__)
Deed = Callable[[Connection, Viewer, str], bool]
NOTED: dict[Deed, str] = {  # in the audit log
    revoking.sign_out: "device_signed_out", revoking.wipe: "device_wiped",
    revoking.spare: "device_spared",
}  # fmt: skip


@blueprint.get("/devices")
def listing() -> Response:
    viewer, session = current().viewer, current().session
    manages = devices.manages(viewer)
    with visit() as v:
        people = people_of(v.store, v.me, v.query, manages)
        with reading() as connection:
            rows = devices.of(connection, viewer, [one["id"] for one in people["rows"]])
        return show(devices_view(v.me, session, v.query, people, rows, manages))


@blueprint.get("/devices/<id_>")
def one(id_: str) -> Response:
    with visit() as v:
        with reading() as connection:
            row = devices.one(connection, current().viewer, known(id_))
        owner = v.store.get("person", row.person) if row else None
        return show(device_view(v.me, row, owner, current().session) if owner else None)


@blueprint.post("/devices/<id_>")
def rename(id_: str) -> Response:
    name = " ".join(clean(request.form.get("name")).split())

    def change(connection: Connection, viewer: Viewer, this: str) -> bool:
        return bool(name) and devices.rename(connection, viewer, this, name)

    return _do(id_, change, f"/devices/{id_}")


@blueprint.post("/devices/<id_>/signing-out")
def sign_out(id_: str) -> Response:
    return _do(id_, revoking.sign_out)


@blueprint.post("/devices/<id_>/wiping")
def wipe(id_: str) -> Response:
    return _do(id_, revoking.wipe)


@blueprint.post("/devices/<id_>/sparing")
def spare(id_: str) -> Response:
    return _do(id_, revoking.spare)


@blueprint.post("/people/<id_>/disabling")
def shut(id_: str) -> Response:
    return _let_in(id_, disable)


@blueprint.post("/people/<id_>/enabling")
def open_(id_: str) -> Response:
    return _let_in(id_, enable)


def known(id_: str) -> str:
    """An id that may be one; raises NotFound."""
    if not UUID.fullmatch(id_):
        raise NotFound
    return id_


def _do(id_: str, deed: Deed, target: str = "") -> Response:
    with writing() as connection:
        row = devices.one(connection, current().viewer, known(id_))
        if row is None:
            raise NotFound
        signed = current()
        if deed(connection, signed.viewer, id_) and deed in NOTED:
            about = f"{_email(connection, row.person)}: {row.name}"
            me = signed.viewer
            deeds.note(connection, me.org, me.id, NOTED[deed], about, signed.via)
    whose = "" if row.person == current().viewer.id else "?scope=all"
    return redirect(target or f"/devices{whose}", 303)  # type: ignore[return-value]


def _email(connection: Connection, person: str) -> str:
    query = select(LOGIN.c.email).where(LOGIN.c.person == person)
    return connection.scalar(query) or ""


def _let_in(id_: str, change: Callable[[Author, str], bool]) -> Response:
    signed = current()
    if not change(signed.author(), known(id_)):
        raise NotFound
    return redirect("/devices?scope=all", 303)  # type: ignore[return-value]


@blueprint.before_request
def _token() -> Any:
    if request.method == "POST":
        expect_token()
