"""POST /sync. Reads as the recipe that PROTOCOL.md is: ask, push, pull."""

from __future__ import annotations

import json
from typing import Any

from flask import Blueprint, Response, request, stream_with_context
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException, MethodNotAllowed, Unauthorized

from server.core import door
from server.core.clock import now_ms
from server.core.identity import Signed, current
from server.core.problems import problem

from . import asking, first
from .asking import Asked, Unreadable
from .farewell import farewell
from .me import news
from .meeting import Ended, meet
from .opening import note_opened
from .pull import Page, pull

blueprint = Blueprint("sync", __name__)
WORTH_PACKING = 1_000  # bytes
MOST_OPENED = 30


@blueprint.post("/sync")
def sync() -> Response:
    request.max_content_length = asking.LARGEST
    asked = asking.read(request.get_data(cache=False))
    signed = current()
    told, device = meet(signed, asked)
    results = push(signed, asked)  # 1 to 4
    hold(signed, asked)
    head: dict[str, Any] = {"now": now_ms(), "results": results, **told}
    if asked.v > asking.VERSION:
        return _too_new(head)
    if asked.have_more:
        page = Page([], [], asked.cursor, more=True, reset=False)
        return _answer(head, page)
    head |= news(signed, asked, device)
    if request.accept_mimetypes.best == "application/x-ndjson":
        return _lines(signed, asked, head)
    return _answer(head, pull(signed.viewer, asked.cursor, asked.limit, asked.want_sums))


@blueprint.get("/sync")
def only_post() -> Response:
    raise MethodNotAllowed(["POST"])


def push(signed: Signed, asked: Asked) -> list[list[Any]]:
    """One row for each operation: [id, status, ver, code?, field?]."""
    author = signed.author("sync", device_of(signed, asked.device))
    return [result.row() for result in door.write(author, asked.ops)]


def hold(signed: Signed, asked: Asked) -> None:
    """The files that were opened and not held come with the pull that follows."""
    files = [one for one in asked.opened if isinstance(one, str)][:MOST_OPENED]
    if files:
        note_opened(signed.viewer, device_of(signed, asked.device), files)


def device_of(signed: Signed, device: str) -> str:
    """The device as the clocks know it: a person's own, so that nobody can write as another's,
    and two people who share a tablet can be in conflict with each other."""
    return f"{device}@{signed.viewer.id[-12:]}"


def _answer(head: dict[str, Any], page: Page) -> Response:
    """A page as JSON; rows are joined as the texts they are."""
    head |= {"reset": True} if page.reset else {}
    tail: dict[str, Any] = {"gone": page.gone, "cursor": page.cursor, "more": page.more}
    tail |= {} if page.ver is None else {"ver": page.ver}
    tail |= {} if page.sums is None else {"sums": page.sums}
    body = f'{_dumps(head)[:-1]},"rows":[{",".join(page.rows)}],{_dumps(tail)[1:]}'.encode()
    response = Response(body, mimetype="application/json")
    if _takes_gzip() and len(body) > WORTH_PACKING:
        response.set_data(first.packed(body))
        response.headers["Content-Encoding"] = "gzip"
    return _private(response)


def _lines(signed: Signed, asked: Asked, head: dict[str, Any]) -> Response:
    texts = first.lines(signed.viewer, asked.cursor, head)
    body = stream_with_context(first.encoded(texts, _takes_gzip()))
    response = Response(body, mimetype="application/x-ndjson")
    if _takes_gzip():
        response.headers["Content-Encoding"] = "gzip"
    return _private(response)


def _dumps(value: Any) -> str:
    return json.dumps(value, separators=(",", ":"))


def _takes_gzip() -> bool:
    return request.accept_encodings["gzip"] > 0


def _private(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    response.headers["Vary"] = "Accept, Accept-Encoding"
    return response


def _too_new(head: dict[str, Any]) -> Response:
    detail = f"This server speaks version {asking.VERSION}. The operations were taken."
    return _private(problem(426, "too_new", "The app is newer than the server", detail, **head))


@blueprint.errorhandler(Unreadable)
def _unreadable(error: Unreadable) -> Response:
    return problem(error.status, error.code, "This is not a request to sync", error.detail)


@blueprint.errorhandler(Unauthorized)
def _signed_out(error: Unauthorized) -> Response:
    """Whoever is not let in may still be told what became of their device."""
    try:
        request.max_content_length = asking.LARGEST
        code = farewell(asking.read(request.get_data(cache=False)))
    except (Unreadable, HTTPException):
        code = "signed_out"
    return _ended(Ended(401, code))


@blueprint.errorhandler(Ended)
def _ended(error: Ended) -> Response:
    title, detail = ENDED[error.code]
    return problem(error.status, error.code, title, detail)


@blueprint.errorhandler(HTTPException)
def _refused(error: HTTPException) -> Response:
    status, title, detail = KNOWN.get(error.code or 500, (error.code or 500, error.name, ""))
    return problem(status, title.lower().replace(" ", "_"), title, detail)


ENDED = {
    "signed_out": ("Signed out", "Sign in again; what is waiting to be sent is kept."),
    "ended": ("Signed out from afar", "Drop the records held; keep what is waiting to be sent."),
    "wiped": ("Wiped from afar", "Drop everything of this person, unsent work as well."),
    "cloned": ("Two devices of one name", "Take a new `device` and send the same again."),
}
KNOWN = {
    403: (403, "Cross site", "Requests are taken from pages of this server and from programs."),
    413: (413, "Too large", "Send at most 8 MB in a request, and `have_more`."),
}


@blueprint.errorhandler(OperationalError)
def _busy(error: OperationalError) -> Response:
    """A database that is locked, or restarting: nothing was taken, so trying again is safe."""
    response = problem(503, "busy", "The database is busy", "Try again in a few seconds.")
    response.headers["Retry-After"] = "5"
    return response
