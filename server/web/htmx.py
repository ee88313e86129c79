"""htmx-flask, written for htmx 1, taught what htmx 4 says. The only file that knows either.

htmx 4 names its target `tag#id`, sends no trigger headers, and answers must vary by what it sends.
Header values are percent-encoded: anything but ASCII there is an error under gunicorn.
"""

from __future__ import annotations

from urllib.parse import quote

from flask import Flask, Response
from htmx_flask import Htmx, make_response, request

VARY = "HX-Request, HX-Target"


def init_app(app: Flask) -> None:
    Htmx(app)


def wants_part() -> bool:
    """Should the answer be the main part only, for htmx to put into the page it has?"""
    return bool(request.htmx) and not request.htmx.history_restore_request


def aims_at(target: str) -> bool:
    """Is this element, by id, what the answer will be put into?"""
    said = request.htmx.target or ""
    return wants_part() and said.rpartition("#")[2] == target


def go(target: str) -> Response:
    """Leave the page that htmx is on for another, loaded whole."""
    return make_response("", redirect=quote(target, safe="/?=&%#:"))
