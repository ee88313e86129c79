"""Whoever was invited chooses a password, and is signed in."""

from __future__ import annotations

from flask import Blueprint, Response, redirect, request, session
from flask_login import login_user

from server.core import deeds, inviting
from server.core.agents import name_of
from server.core.db import asking, writing
from server.core.i18n import LANGUAGES
from server.core.identity import by_session, new_session
from server.web.auth import hash_password, limiter, same_site
from server.web.rendering import page

from .base import said

joining = Blueprint("joining", __name__)
LEAST, MOST = 8, 1000  # characters of a password


@joining.get("/joining/<key>")
def welcome(key: str) -> Response:
    with asking() as connection:
        row = inviting.invited(connection, key)
    return _page(key, row)


@joining.post("/joining/<key>")
@limiter.limit("20/minute")
def choose(key: str) -> Response:
    same_site()
    password = request.form.get("password", "")[:MOST]
    with asking() as connection:
        row = inviting.invited(connection, key)
    if row is None or len(password) < LEAST:
        return _page(key, row, "short_password")
    hashed = hash_password(password)
    with writing() as connection:
        row = inviting.join(connection, key, hashed)
        if row is None:
            return _page(key, None)
        agent = request.user_agent.string
        id_ = new_session(connection, row.person, row.org, agent, name_of(request.headers))
        signed = by_session(connection, id_)
        name = name_of(request.headers)
        deeds.note(connection, row.org, row.person, "password_chosen", row.email, name)
    session.clear()
    session.permanent = True
    login_user(signed)
    return redirect("/today", 303)  # type: ignore[return-value]


def _page(key: str, row: object, code: str | None = None) -> Response:
    lang = request.accept_languages.best_match(LANGUAGES) or "en"
    email = getattr(row, "email", None)
    error = said(code) if code and email else None
    context = {"key": key, "email": email, "error": error, "least": LEAST}
    status = 410 if email is None else 422 if error else 200
    return page("server/joining.html", context, status, lang=lang)
