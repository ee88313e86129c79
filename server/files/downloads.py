"""Files as they are given out: to who may see the record, in ranges, and never as pages of ours."""

from __future__ import annotations

import mimetypes
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any

from flask import Blueprint, Response, request
from werkzeug.exceptions import NotFound, RequestedRangeNotSatisfiable
from werkzeug.http import dump_options_header

from server.core.db import reading
from server.core.identity import current
from server.core.kinds import UUID
from server.core.reading import Reader
from server.web.headers import LOCKED, PDF, SHOWN

from . import store
from .arriving import blob_of, key
from .entities import File

downloads = Blueprint("downloads", __name__)
DRAWN = "image/webp"  # what previews are made of


@downloads.get("/files/<id_>/original")
def original(id_: str) -> Response:
    """As it was sent; with `?save` always to be saved."""
    file, blob = _found(id_)
    shown = blob.mime in SHOWN and "save" not in request.args
    answer = _give(blob, "original", blob.size, blob.mime)
    how = "inline" if shown else "attachment"
    name = {"filename": safe_name(file["name"], blob.mime)}
    answer.headers["Content-Disposition"] = dump_options_header(how, name)
    return answer


@downloads.get("/files/<id_>/preview")
def preview(id_: str) -> Response:
    return _drawn(id_, "preview")


@downloads.get("/files/<id_>/thumb")
def thumb(id_: str) -> Response:
    return _drawn(id_, "thumb")


def _drawn(id_: str, look: str) -> Response:
    _, blob = _found(id_)
    if not blob.pictured:
        raise NotFound
    return _give(blob, look, None, DRAWN)


def _found(id_: str) -> tuple[dict[str, Any], Any]:
    """The file's record and its content, if the person may see one and the other is here."""
    viewer = current().viewer
    with reading() as connection:
        reader = Reader(connection, viewer, "en")
        file = reader.get(File.spec, id_) if UUID.fullmatch(id_) else None
        blob = blob_of(connection, viewer.org, file["stored"]) if file else None
    if file is None or blob is None:
        raise NotFound
    return file, blob


def safe_name(name: str, mime: str) -> str:
    """What to save it as: a name of one part, with an ending that suits."""
    plain = "".join(c for c in name if c >= " " and c not in '/\\:*?"<>|\x7f').strip(". ") or "file"
    ending = mimetypes.guess_extension(mime)
    has = mimetypes.guess_type(f"x{PurePosixPath(plain).suffix}")[0]
    return plain if has == mime or not ending else f"{plain}{ending}"


def _give(blob: Any, look: str, size: int | None, mime: str) -> Response:
    tag, name = f"{blob.sha256}-{look}", key(blob.org, blob.sha256, look)
    answer = Response(mimetype=mime)
    answer.set_etag(tag)
    answer.headers |= {
        "Cache-Control": "private, no-cache", "Cross-Origin-Resource-Policy": "same-origin",
        "Content-Security-Policy": PDF if mime == "application/pdf" else LOCKED,
        "X-Content-Type-Options": "nosniff",
    }  # fmt: skip
    if request.if_none_match.contains(tag):
        answer.status_code = 304
        return answer
    answer.response = _ranged(answer, name, size, tag) if size is not None else store.read(name)
    return answer


def _ranged(answer: Response, name: str, size: int, tag: str) -> Iterator[bytes]:
    """The bytes that were asked for; the head says which."""
    answer.headers["Accept-Ranges"] = "bytes"
    wanted, unless = request.range, request.if_range
    if wanted is None or len(wanted.ranges) != 1 or (unless.etag and unless.etag != tag):
        answer.content_length = size
        return store.read(name) if size else iter(())
    stretch = wanted.range_for_length(size)
    if stretch is None:
        raise RequestedRangeNotSatisfiable(size)
    start, end = stretch
    answer.status_code, answer.content_length = 206, end - start
    answer.headers["Content-Range"] = f"bytes {start}-{end - 1}/{size}"
    return store.read(name, start, end)
