"""The place in the feed that a client has reached: opaque to it, signed by us for one person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import current_app
from itsdangerous import BadData, URLSafeSerializer

from server.core.permissions import Viewer

FORMAT = 1  # raised when the contents change their meaning: older cursors then mean "start over"
LONGEST = 1000  # characters


@dataclass(frozen=True)
class Filling:
    """A back-fill under way: `target` is the keyset held at its end, `added` the one being
    fetched; records up to (`type`, `rec`) have been sent. Keysets are named by their hashes."""

    target: str
    added: str
    type: str = ""
    rec: str = ""


@dataclass(frozen=True)
class Cursor:
    """Everything under the keyset `held` is known up to version `ver`."""

    ver: int
    held: str
    filling: Filling | None = None


def seal(viewer: Viewer, cursor: Cursor) -> str:
    filling = cursor.filling
    rest = [filling.target, filling.added, filling.type, filling.rec] if filling else []
    return _signer(viewer).dumps([FORMAT, cursor.ver, cursor.held, *rest])


def unseal(viewer: Viewer, sealed: Any) -> Cursor | None:
    """The cursor, or None for one that is forged, somebody else's, or of another format."""
    if not isinstance(sealed, str) or len(sealed) > LONGEST:
        return None
    try:
        parts = _signer(viewer).loads(sealed)
    except (BadData, UnicodeError):
        return None
    if parts[0] != FORMAT:
        return None
    return Cursor(parts[1], parts[2], Filling(*parts[3:]) if parts[3:] else None)


def _signer(viewer: Viewer) -> URLSafeSerializer:
    salt = f"sync cursor {viewer.org} {viewer.id}"
    key = current_app.secret_key
    if not key:
        raise RuntimeError("the app has no secret key")
    return URLSafeSerializer(key, salt=salt)
