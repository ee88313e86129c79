"""What a person or a program is shown when something can't be done."""

from __future__ import annotations

from typing import Any

from flask import Flask, Response, g, request
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException, InternalServerError

from server.core.i18n import LANGUAGES, _l
from server.core.problems import problem

from .rendering import page

# status → code, what happened, what to do
SAID = {
    400: ("bad_request", _l("This request can't be read"), _l("Go back and try again.")),
    401: ("sign_in", _l("Please sign in"), _l("Sign in and try again.")),
    403: ("forbidden", _l("This is not allowed"),
          _l("Reload the page and try again. If it stays so, ask your administrator.")),
    404: ("missing", _l("Nothing is here"),
          _l("It may have been removed, or you may not see it. Look it up in the list.")),
    405: ("method", _l("This can't be done here"), _l("Go back and try again.")),
    413: ("too_large", _l("This is too large"), _l("Send less at once.")),
    426: ("upgrade", _l("This app is too old"), _l("Reload to get the new version.")),
    429: ("too_many", _l("Too many tries"), _l("Wait a minute and try again.")),
    503: ("offline", _l("No connection to the server"),
          _l("This page is not on this device. Go back, or try again when you are connected.")),
    500: ("error", _l("Something went wrong on the server"),
          _l("Nothing you saved is lost. Try again in a moment.")),
}  # fmt: skip


# Of pages that no phone can make; the worker says it where there is no network
APART = _l("The server alone can do this. Go back, or try again when you are connected.")
BUSY = ("busy", _l("The server is busy"), _l("Nothing was saved. Go back and try again shortly."))
AGAIN = 5  # seconds after which to try again


def table() -> dict[int, tuple[str, str, str]]:
    """The same words for the worker."""
    return SAID


def init_app(app: Flask) -> None:
    app.register_error_handler(HTTPException, answer_of)
    app.register_error_handler(OperationalError, _busy(app))
    app.register_error_handler(Exception, _unexpected(app))


def _unexpected(app: Flask) -> Any:
    def handle(error: Exception) -> Response:
        app.logger.error("failed: %s %s", request.method, request.path, exc_info=error)
        return answer_of(InternalServerError())

    return handle


def _busy(app: Flask) -> Any:
    """A database that was locked for long, or restarts: what was asked can be asked again."""

    def handle(error: OperationalError) -> Response:
        app.logger.warning("busy: %s %s: %s", request.method, request.path, error.orig)
        answer = _said(503, *BUSY)
        answer.headers["Retry-After"] = str(AGAIN)
        return answer

    return handle


def is_programs(path: str) -> bool:
    """Is this an address that no person's page is at?"""
    return path in ("/sync", "/live") or path.startswith(("/api/", "/files/uploads/"))


def for_program() -> bool:
    """Does a program ask, which wants problem+json, or a person, who wants a page?"""
    if is_programs(request.path):
        return True
    return "json" in request.headers.get("Accept", "") and "html" not in request.accept_mimetypes


def answer_of(error: HTTPException) -> Response:
    """In the asker's language, as a page or as problem+json."""
    status = error.code or 500
    if error.response is not None or status < 400:
        return error.get_response()  # type: ignore[return-value]
    return _said(status, *SAID.get(status, SAID[400 if status < 500 else 500]))


def _said(status: int, code: str, title: str, hint: str) -> Response:
    if for_program():
        return problem(status, code, title, hint)
    lang = request.accept_languages.best_match(LANGUAGES) or "en"
    said = {"status": status, "title": title, "message": title, "hint": hint}
    if g.get("signed") is None:
        g.signed = None
    return page("error.html", {"error": said}, status, lang=lang)
