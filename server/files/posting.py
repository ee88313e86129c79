"""Files from a plain form, for browsers without a worker: the record and its bytes at once."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from flask import Blueprint, Response, current_app, g, redirect, request
from uuid_utils.compat import uuid7
from werkzeug.datastructures import FileStorage
from werkzeug.exceptions import BadRequest, RequestEntityTooLarge

from server.core import door
from server.core.clock import now_ms
from server.core.db import reading
from server.core.identity import Signed
from server.web.auth import expect_token
from server.web.changing import refusals
from server.web.views.addresses import back_to

from . import coming, store
from .arriving import digest, scratch, take_in

posting = Blueprint("posting", __name__)


@posting.before_request
def _room() -> None:
    """Bodies of files are kept on disk while they are read."""
    request.max_content_length = current_app.config["LARGEST_FILE"] + 1024 * 1024
    expect_token()


@posting.post("/files/")
def attach() -> Response:
    """`of` and `rec` name the record that the files belong to."""
    form = request.form.to_dict(flat=False)
    sent = [one for one in request.files.getlist("file") if one.filename]
    of, rec = (form.get(name, [""])[0] for name in ("of", "rec"))
    for one in sent:
        with scratch() as path:
            with store.keeping(), path.open("wb") as file:
                shutil.copyfileobj(one.stream, file)
            _take(one, path, of, rec)
    return redirect(back_to(form) or "/files/", 303)  # type: ignore[return-value]


def _take(sent: FileStorage, path: Path, of: str, rec: str) -> None:
    signed: Signed = g.signed
    size, id_ = path.stat().st_size, str(uuid7())
    if size > current_app.config["LARGEST_FILE"]:
        raise RequestEntityTooLarge
    values = {"name": name_of(sent.filename), "of": of, "rec": rec, "size": size,
              "sha256": digest(path)}  # fmt: skip
    op: dict[str, Any] = {"id": str(uuid7()), "k": "new", "type": "file", "rec": id_, "base": 0,
                          "t": now_ms(), "v": values}  # fmt: skip
    if refusals(door.write(signed.author(), [op])):
        raise BadRequest
    with reading() as connection:
        arrival = coming.waiting(connection, signed.viewer, signed.person, id_)
    assert arrival is not None
    try:
        take_in(arrival, path)
    except store.NotKept:
        about = {name: op[name] for name in ("type", "rec", "base", "t")}
        gone = about | {"id": str(uuid7()), "k": "del"}
        door.write(door.Author(signed.viewer, signed.device), [gone])
        raise


def name_of(filename: str | None) -> str:
    """The last part of what the browser calls it; a name, never a path."""
    last = (filename or "").replace("\\", "/").rpartition("/")[2]
    return "".join(c for c in last if c >= " ").strip()[:200] or "file"
