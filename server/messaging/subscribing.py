"""/api/push: a browser that may be notified says so, or that it may no longer."""

from __future__ import annotations

import base64
import binascii
from hmac import compare_digest
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key
from flask import Blueprint, Response, jsonify, request
from werkzeug.exceptions import Forbidden

from server.core.db import writing
from server.core.identity import Signed, current
from server.core.outward import NotAllowed
from server.core.problems import problem
from server.web.auth import limiter

from .addresses import check
from .pushing import sender
from .subscriptions import let_go, subscribe

subscribing = Blueprint("subscribing", __name__)
POINT, SECRET = 65, 16  # bytes


class Unfit(Exception):
    """This is no subscription that we can send to; the name says what is wrong."""


@subscribing.get("/api/push")
def key() -> Response:
    """The key by which push services know us, for the browser to subscribe with."""
    from webpush import VAPID  # which takes a while to import

    public: Any = load_pem_public_key(sender().keys[1].read_bytes())
    return jsonify(key=VAPID.get_application_server_key(public))


@subscribing.post("/api/push")
@limiter.limit("30/minute")
def begin() -> Response:
    """JSON: `{endpoint, keys: {p256dh, auth}, token}`."""
    body, signed = _body()
    endpoint = _endpoint(body)
    keys = body.get("keys")
    if not isinstance(keys, dict):
        raise Unfit("keys")
    p256dh, auth = _decoded(keys, "p256dh", POINT), _decoded(keys, "auth", SECRET)
    try:
        EllipticCurvePublicKey.from_encoded_point(SECP256R1(), p256dh)
    except ValueError:
        raise Unfit("p256dh") from None
    with writing() as connection:
        subscribe(connection, signed, endpoint, _encoded(p256dh), _encoded(auth))
    return Response(status=204)


@subscribing.delete("/api/push")
def end() -> Response:
    """JSON: `{endpoint, token}`."""
    body, signed = _body()
    endpoint = body.get("endpoint")
    if not isinstance(endpoint, str):
        raise Unfit("endpoint")
    with writing() as connection:
        let_go(connection, signed, endpoint)
    return Response(status=204)


def _body() -> tuple[dict[str, Any], Signed]:
    """What a page of ours says, for it knows the token; a program has no browser to notify."""
    body, signed = request.get_json(force=True, silent=True), current()
    if not isinstance(body, dict):
        raise Unfit("body")
    token = body.get("token")
    sent = token.encode() if isinstance(token, str) else b""
    if not signed.session or not compare_digest(sent, signed.csrf.encode()):
        raise Forbidden
    return body, signed


def _endpoint(body: dict[str, Any]) -> str:
    endpoint = body.get("endpoint")
    if not isinstance(endpoint, str):
        raise Unfit("endpoint")
    try:
        check(endpoint, sender().services)
    except NotAllowed:
        raise Unfit("endpoint") from None
    return endpoint


def _decoded(keys: dict[str, Any], name: str, size: int) -> bytes:
    """base64url, with or without its padding."""
    text = keys.get(name)
    if not isinstance(text, str) or len(text) > 2 * size or not text.isascii():
        raise Unfit(name)
    try:
        found = base64.urlsafe_b64decode(text.rstrip("=") + "=" * (-len(text.rstrip("=")) % 4))
    except (binascii.Error, ValueError):
        raise Unfit(name) from None
    if len(found) != size:
        raise Unfit(name)
    return found


def _encoded(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


@subscribing.errorhandler(Unfit)
def _unfit(error: Unfit) -> Response:
    detail = f"{error} is missing, malformed, or of a push service that is not on our list."
    return problem(422, "bad_subscription", "This is no subscription", detail)
