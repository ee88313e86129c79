"""People: who they are, and how they are let in."""

from __future__ import annotations

from flask import Response, request
from sqlalchemy import Connection
from werkzeug.exceptions import NotFound

from server.core import deeds, inviting
from server.core.db import reading, writing
from server.core.i18n import LANGUAGES, NAMES
from server.core.identity import current
from server.core.text import clean, words
from server.web.pages import Visit, show, visit
from server.web.views.manifest import Json
from server.web.views.options import listed

from . import base
from .base import managing
from .roles import all_roles

MOST = 50
TEXTS = ("name", "title", "phone")
CHOICES = ("team", "manager", "lang")


@managing.get("/people/")
def people() -> Response:
    with visit() as v:
        q = clean(request.args.get("q"))[:200]
        asked = {"words": words(q), "limit": MOST, "sort": ["name", "asc"],
                 "after": request.args.get("after")}  # fmt: skip
        found = v.store.page("person", asked)
        names = {role["id"]: role["name"] for role in all_roles(v)}
        rows = [
            {**p, "role_names": [names[i] for i in p["roles"] if i in names],
             "team_name": v.store.title("team", p["team"])}
            for p in found["rows"]
        ]  # fmt: skip
        return show(("server/people.html", {"rows": rows, "q": q, "after": found["next"]}))


@managing.get("/people/new")
def new_person() -> Response:
    with visit() as v:
        draft = dict.fromkeys(("id", "email", *TEXTS, *CHOICES)) | {"roles": [], "active": True}
        return _page(v, draft | {"lang": v.me["org"]["lang"]})


@managing.get("/people/<id_>")
def person(id_: str) -> Response:
    with visit() as v:
        return _page(v, found(v, id_))


@managing.post("/people/")
def add_person() -> Response:
    with visit() as v:
        values, email = _read(), clean(request.form.get("email")).strip().lower()
        with reading() as connection:
            wrong = inviting.unfit(connection, email)
        if not values["roles"]:
            wrong = wrong or "role_needed"
        draft = {"id": None, "active": True, **values, "email": email}
        if wrong:
            return _page(v, draft, [base.said(wrong)])
    rec, errors = base.make("person", {**values, "email": email})
    if errors:
        with visit() as v:
            return _page(v, draft, errors)
    with writing() as connection:
        key = inviting.let_in(connection, current().viewer.org, rec, email)
        _noted(connection, email)
    return _shown(rec, key)


@managing.post("/people/<id_>")
def save_person(id_: str) -> Response:
    with visit() as v:
        row, values = found(v, id_), _read()
        errors = base.change("person", row, values)
        return _page(v, {**row, **values}, errors) if errors else base.elsewhere(f"/people/{id_}")


@managing.post("/people/<id_>/invitation")
def invite(id_: str) -> Response:
    """A new link by which they choose a password; an older one is good no longer."""
    with visit() as v:
        row = found(v, id_)
    with writing() as connection:
        key = inviting.invite(connection, current().viewer.org, row["id"])
        _noted(connection, row["email"] or row["name"])
    if key is None:
        raise NotFound
    return _shown(row["id"], key)


def _noted(connection: Connection, whose: str) -> None:
    signed = current()
    deeds.note(connection, signed.viewer.org, signed.viewer.id, "link_made", whose, signed.via)


def found(v: Visit, id_: str) -> Json:
    row: Json | None = v.store.get("person", id_)
    if row is None:
        raise NotFound
    return row


def _shown(rec: str, key: str) -> Response:
    """The link, once: only its hash is kept."""
    with visit() as v:
        link = f"{request.url_root.rstrip('/')}/joining/{key}"
        return show(("server/invited.html", {"person": found(v, rec), "link": link}))


def _page(v: Visit, row: Json, errors: list[str] | None = None) -> Response:
    roles = [{**r, "on": r["id"] in row["roles"]} for r in all_roles(v)]
    others = [one for one in v.store.people() if one["value"] != row["id"]]
    context = {
        "person": row, "errors": errors or [], "roles": roles,
        "teams": listed(v.store, "team"), "managers": others,
        "langs": [{"value": code, "label": NAMES[code]} for code in LANGUAGES],
        "me_too": row["id"] == v.me["id"],
    }  # fmt: skip
    return show(("server/person.html", context), 422 if errors else 200)


def _read() -> Json:
    found: Json = {name: base.typed(name) for name in TEXTS}
    found |= {name: request.form.get(name) or None for name in CHOICES}
    return found | {"roles": request.form.getlist("roles")}
