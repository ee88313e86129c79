"""What all of the API's addresses share: who asks, how often, and in which shape it is told."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from flask import Blueprint, Response, current_app, request
from flask_limiter.util import get_remote_address
from werkzeug.exceptions import NotFound

from server.core.entity import Entity
from server.core.errors import MESSAGES
from server.core.identity import Signed, current
from server.core.problems import problem
from server.core.registry import registry

from ..auth import limiter

api = Blueprint("api", __name__, url_prefix="/api/v1")
Json = dict[str, Any]


class Bad(Exception):
    """The request is refused: `errors` are [{field, code, message}], if it is about fields."""

    def __init__(self, status: int, code: str, detail: str = "", **more: Any) -> None:
        super().__init__(code)
        self.status, self.code, self.more = status, code, more
        self.detail = detail or MESSAGES.get(code, "")


TITLES = {
    400: "This request can't be read", 403: "This is not allowed", 404: "Nothing is here",
    409: "This meets another change", 412: "The record was changed meanwhile",
    415: "Send JSON", 422: "Some values can't be taken", 503: "Try again",
}  # fmt: skip


@api.errorhandler(Bad)
def _bad(error: Bad) -> Response:
    return problem(error.status, error.code, TITLES[error.status], error.detail, **error.more)


def _caller() -> str:
    """A program is counted by its token, wherever it calls from."""
    given = request.headers.get("Authorization", "")
    return hashlib.sha256(given.encode()).hexdigest() if given else get_remote_address()


limiter.limit(lambda: current_app.config["API_RATE"], key_func=_caller)(api)


def signed() -> Signed:
    return current()


def hidden(entity: Entity) -> frozenset[str]:
    """Fields that there are not for whoever asks."""
    return signed().viewer.rights.hidden(entity.type)


def lang() -> str:
    person = signed()
    return str(person.person["lang"] or person.organisation.lang)


def entity_of(path: str, *, writable: bool = False) -> Entity:
    """The entity at an address. What the server keeps for everybody can only be read. Raises
    NotFound, Bad."""
    found = next((e for e in registry.entities.values() if e.path == path), None)
    if found is None:
        raise NotFound
    if writable and found.system:
        raise Bad(403, "forbidden", "Records of this kind can only be read here.")
    return found


def body() -> Json:
    """The JSON object that was sent. Raises Bad."""
    if request.mimetype != "application/json":
        raise Bad(415, "not_json", "Send the header `Content-Type: application/json`.")
    try:
        sent = json.loads(request.get_data(), parse_constant=_refuse)
    except (ValueError, RecursionError):
        raise Bad(400, "bad_json", "The body can't be read as JSON in UTF-8.") from None
    if not isinstance(sent, dict):
        raise Bad(400, "not_an_object", "The body must be a JSON object.")
    return sent


def _refuse(word: str) -> None:
    raise ValueError(word)


def answer(value: Any, status: int = 200, **headers: str) -> Response:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    made = Response(text, status, mimetype="application/json")
    made.headers["Cache-Control"] = "no-store"
    made.headers.extend(headers)
    return made
