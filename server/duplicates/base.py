"""What all pages of duplicates share."""

from __future__ import annotations

from flask import Blueprint, Response, redirect, request
from werkzeug.exceptions import NotFound

from server.web.auth import expect_token
from server.web.pages import Visit, owner_of
from server.web.views.manifest import Json

blueprint = Blueprint("duplicates", __name__, url_prefix="/duplicates")


@blueprint.before_request
def _token() -> None:
    if request.method == "POST":
        expect_token()


def to(address: str) -> Response:
    return redirect(address, 303)  # type: ignore[return-value]


def twins_of(path: str) -> Json:
    """The entity, if two of its records may be about the same one. Raises NotFound."""
    owner = owner_of(path)
    if not owner["twins"]:
        raise NotFound
    return owner


def record_of(v: Visit, owner: Json, id_: str) -> Json:
    """One that is there, for this person. Raises NotFound."""
    record: Json | None = v.store.get(owner["type"], id_)
    if record is None or record["deleted"]:
        raise NotFound
    return record
