"""Files in pieces, by the tus protocol 1.0.0 (creation, expiration, checksum, termination).

An upload's address is the id of the file's record, which must be here first. What is in the record
(size, checksum) is what has to come; only who made it may send it."""

from __future__ import annotations

import logging
from typing import Any
from wsgiref.handlers import format_date_time

from flask import Blueprint, Response, current_app, request
from werkzeug.exceptions import HTTPException, NotFound

from server.core.db import reading
from server.core.identity import current
from server.core.kinds import UUID
from server.core.problems import problem

from . import coming
from .arriving import Arrival, Damaged, settle
from .proving import twin
from .saying import Unfit, body, count, metadata
from .store import NotKept

uploads = Blueprint("uploads", __name__, url_prefix="/files/uploads")
VERSION = "1.0.0"
EXTENSIONS = "creation,expiration,checksum,termination"
PIECE = 16 * 1024 * 1024  # bytes of one request
STREAM = "application/offset+octet-stream"
FULL = (507, "no_room", "There is no room left for files on this server")
BROKEN = (503, "store_failed", "The store of files can't be reached")
log = logging.getLogger(__name__)


@uploads.before_request
def _versions() -> None:
    request.max_content_length = PIECE + 1  # werkzeug takes a stream that reaches it for too long
    if request.method != "OPTIONS" and request.headers.get("Tus-Resumable") != VERSION:
        raise Unfit(412, "other_version", f"Only version {VERSION} of tus is spoken here")


@uploads.after_request
def _told(answer: Response) -> Response:
    answer.headers["Tus-Resumable"] = VERSION
    if request.method == "OPTIONS" or answer.status_code == 412:
        answer.headers["Tus-Version"] = VERSION
    answer.headers["Cache-Control"] = "no-store"
    return answer


@uploads.route("/", methods=["OPTIONS"], provide_automatic_options=False)
@uploads.route("/<id_>", methods=["OPTIONS"], provide_automatic_options=False)
def able(id_: str = "") -> Response:
    return Response(status=204, headers={
        "Tus-Extension": EXTENSIONS, "Tus-Max-Size": str(current_app.config["LARGEST_FILE"]),
        "Tus-Checksum-Algorithm": "sha256",
    })  # fmt: skip


@uploads.post("/")
def begin() -> Response:
    """Whoever has proven to have the content already is told that all of it is here."""
    signed, size = current(), count("Upload-Length")
    id_ = metadata().get("file", "")
    with reading() as connection:
        fits = UUID.fullmatch(id_)
        arrival = fits and coming.waiting(connection, signed.viewer, signed.person, id_)
        if not arrival:
            raise NotFound
        known = twin(connection, arrival)
    if size > current_app.config["LARGEST_FILE"]:
        raise Unfit(413, "too_large", "This server takes no files of this size")
    if size != arrival.record["size"]:
        raise Unfit(400, "other_size", "The record of this file says another size")
    return _begun(arrival, id_, size, known)


def _begun(arrival: Arrival, id_: str, size: int, known: Any) -> Response:
    viewer, came, headers = arrival.viewer, size, {"Location": f"/files/uploads/{id_}"}
    if arrival.record["arrived_at"] is None and known is not None:
        settle(arrival, known)
        coming.drop(viewer.org, id_)
    elif arrival.record["arrived_at"] is None:
        upload = coming.begin(viewer.org, id_, viewer.id, size)
        headers |= _until(upload)
        came = upload.came
        if size == 0:
            _finish(upload)
    return Response(status=201, headers=headers | {"Upload-Offset": str(came)})


@uploads.route("/<id_>", methods=["HEAD"])
def look(id_: str) -> Response:
    upload = _mine(id_)
    return Response(status=200, headers=_state(upload, upload.came))


@uploads.patch("/<id_>")
def add(id_: str) -> Response:
    upload = _mine(id_)
    if request.mimetype != STREAM:
        raise Unfit(415, "other_type", f"A piece is {STREAM}")
    if count("Upload-Offset") != upload.came:
        raise Unfit(409, "other_offset", "The next piece begins elsewhere")
    content = body(upload.size - upload.came)
    came = coming.add(upload, content) if content else upload.came
    if came is None:
        raise Unfit(409, "other_offset", "Another piece was faster")
    if came == upload.size <= coming.AT_ONCE:
        _finish(upload)
    return Response(status=204, headers=_state(upload, came))


@uploads.delete("/<id_>")
def drop(id_: str) -> Response:
    upload = _mine(id_)
    coming.drop(upload.org, id_)
    return Response(status=204)


def _finish(upload: Any) -> None:
    try:
        coming.finish(upload.org, upload.id)
    except Damaged:
        raise Unfit(460, "damaged", "What came is not what was announced") from None


def _mine(id_: str) -> Any:
    viewer = current().viewer
    with reading() as connection:
        found = coming.of(connection, viewer.org, id_, viewer.id) if UUID.fullmatch(id_) else None
    if found is None:
        raise NotFound
    return found


def _state(upload: Any, came: int) -> dict[str, str]:
    return {"Upload-Offset": str(came), "Upload-Length": str(upload.size), **_until(upload)}


def _until(upload: Any) -> dict[str, str]:
    return {"Upload-Expires": format_date_time(upload.expires_at.timestamp())}


@uploads.errorhandler(Unfit)
def _unfit(error: Unfit) -> Response:
    return problem(error.status, error.code, error.title)


@uploads.errorhandler(NotKept)
def _not_kept(error: NotKept) -> Response:
    """What came before this piece is here; the phone keeps the rest, and tries again."""
    log.error("could not keep a file: %s", error)
    status, code, title = FULL if error.full else BROKEN
    answer = problem(status, code, title)
    answer.headers["Retry-After"] = "300"
    return answer


@uploads.errorhandler(HTTPException)
def _refused(error: HTTPException) -> Response:
    return problem(error.code or 500, error.name.lower().replace(" ", "_"), error.name)
