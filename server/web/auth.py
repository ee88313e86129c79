"""Signing in and out, and the guard before every request."""

from __future__ import annotations

import threading
import time
from contextlib import suppress
from functools import cache
from hmac import compare_digest
from typing import Any
from urllib.parse import quote, urlsplit

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError
from flask import Blueprint, Flask, Response, current_app, g, redirect, request, session
from flask_limiter import Limiter, RateLimitExceeded
from flask_limiter.util import get_remote_address
from flask_login import LoginManager, current_user, login_user
from sqlalchemy import select
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import Forbidden, Unauthorized

from server.core import deeds
from server.core.agents import name_of
from server.core.config import Settings
from server.core.custom import scoping
from server.core.db import asking, db, writing
from server.core.i18n import LANGUAGES, _l
from server.core.identity import (
    LOGIN,
    Signed,
    by_session,
    by_token,
    end_session,
    mark_used,
    new_session,
)
from server.core.text import clean

from .failures import answer_of, is_programs
from .rendering import page
from .views.addresses import OURS

auth = Blueprint("auth", __name__)
limiter = Limiter(get_remote_address)
manager = LoginManager()
hasher = PasswordHasher()
hashing = threading.BoundedSemaphore(2)  # 64 MB each
OPEN = {
    "auth.login", "auth.sign_in", "joining.welcome", "joining.choose", "static", "assets.worker",
    "assets.manifest", "assets.health",
}  # fmt: skip
WRONG = _l("The e-mail address or the password is not right.")


def init_app(app: Flask, settings: Settings) -> None:
    manager.init_app(app)
    app.config["RATELIMIT_STORAGE_URI"] = settings.rate_limits
    limiter.init_app(app)
    app.register_blueprint(auth)
    app.before_request(guard)
    app.register_error_handler(RateLimitExceeded, _too_often)


def _too_often(error: RateLimitExceeded) -> Response:
    answer, limit = answer_of(error), limiter.current_limit
    if limit:
        answer.headers["Retry-After"] = str(max(1, limit.reset_at - int(time.time())))
    return answer


@manager.user_loader  # type: ignore[untyped-decorator]
def _by_session(id_: str) -> Signed | None:
    with asking() as connection:
        return by_session(connection, id_)


@manager.request_loader  # type: ignore[untyped-decorator]
def _by_token(asked: Any) -> Signed | None:
    scheme, _, token = asked.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        return None
    with asking() as connection:
        signed = by_token(connection, token.strip())
    if signed is not None and signed.unmarked:
        with suppress(OperationalError), writing() as connection:  # not worth a refusal
            mark_used(connection, str(signed.token))
    return signed


def guard() -> Response | None:
    """Let in whoever is signed in; send others to sign in, or programs away with 401."""
    if request.endpoint in OPEN:
        return None
    if not current_user.is_authenticated:
        if is_programs(request.path):
            raise Unauthorized
        target = request.full_path.rstrip("?") if request.method == "GET" else "/today"
        return _elsewhere(f"/login?next={quote(target)}")
    g.signed = current_user._get_current_object()
    _enter(g.signed)
    if request.method not in ("GET", "HEAD", "OPTIONS") and g.signed.session:
        same_site()
    return None


def _enter(signed: Signed) -> None:
    """What the organisation has defined for itself is in force for the request."""
    org, shape = signed.organisation.id, signed.organisation.shape
    g.registry = scoping.known(db.engine, org, shape)
    if g.registry is None:
        with asking() as connection:
            scoping.enter(connection, org, shape)


def _elsewhere(target: str) -> Response:
    """A redirect that also an htmx request follows with the whole page."""
    if request.headers.get("HX-Request") == "true":
        return Response("", 200, {"HX-Redirect": target})
    return redirect(target, 303)  # type: ignore[return-value]


def same_site() -> None:
    """Browsers say where a request comes from; what comes from elsewhere writes nothing."""
    site = request.headers.get("Sec-Fetch-Site")
    origin = request.headers.get("Origin")
    if site not in (None, "same-origin", "none"):
        raise Forbidden
    if site is None and origin and urlsplit(origin).netloc != request.host:
        raise Forbidden


def expect_token() -> None:
    """A form carries its session's token: a request from elsewhere does not know it."""
    sent = request.form.get("_t", "").encode()
    if g.signed.session and not compare_digest(sent, g.signed.csrf.encode()):
        raise Forbidden


@auth.get("/login")
def login() -> Response:
    return _form(request.args.get("email", ""), request.args.get("next", ""), None, 200)


@auth.post("/login")
@limiter.limit("10/minute;60/hour", deduct_when=lambda answer: answer.status_code == 422)
def sign_in() -> Response:
    same_site()
    email = clean(request.form.get("email")).lower()[:254]
    found = _check(email, request.form.get("password", ""))
    if found is None:
        return _form(email, request.form.get("next", ""), WRONG, 422)
    with writing() as connection:
        agent = request.user_agent.string
        id_ = new_session(connection, found.person, found.org, agent, name_of(request.headers))
        signed = by_session(connection, id_)
        deeds.note(connection, found.org, found.person, "signed_in", "", name_of(request.headers))
    session.clear()
    session.permanent = True
    login_user(signed)
    return redirect(_local(request.form.get("next", "")), 303)  # type: ignore[return-value]


@cache
def _nobody() -> str:
    """What an unknown address is checked against, so that it takes as long as a known one."""
    return hash_password("nobody")


def _check(email: str, password: str) -> Any:
    """The login row, or None. Takes the same time either way."""
    nobody = _nobody()
    with asking() as connection:
        row = connection.execute(select(LOGIN).where(LOGIN.c.email == email)).first()
    chosen = row if row is not None and row.password.startswith("$") else None
    with hashing:
        try:
            hasher.verify(chosen.password if chosen else nobody, password[:1000])
        except VerificationError:
            return None
    return None if chosen is None or chosen.disabled else chosen


def hash_password(password: str) -> str:
    with hashing:
        return hasher.hash(password)


def _local(target: str) -> str:
    """A path of ours to go on to; anything else becomes /today."""
    # What has control characters in it goes elsewhere: browsers and urlsplit drop tabs and newlines
    fine = OURS.fullmatch(target) and not target.startswith(("/login", "/logout"))
    return target if fine else "/today"


def _form(email: str, target: str, message: str | None, status: int) -> Response:
    lang = request.accept_languages.best_match(LANGUAGES) or "en"
    error = {"message": message} if message else None
    context = {"email": email, "next": target, "error": error}
    return page("login.html", context, status, lang=lang)


@auth.post("/logout")
def logout() -> Response:
    """Ends the session and asks the browser to forget everything of ours."""
    expect_token()
    signed: Signed = g.signed
    if signed.session:
        with writing() as connection:
            end_session(connection, signed.session)
    session.clear()
    answer = redirect("/login", 303)
    kept = bool(request.form.get("kept"))  # unsent work waits there for its person
    answer.headers["Clear-Site-Data"] = '"cache"' if kept else '"cache", "storage"'
    current_app.logger.info("signed out")
    return answer  # type: ignore[return-value]
