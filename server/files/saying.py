"""What a request of tus says: its numbers, what it is about, and its piece."""

from __future__ import annotations

import base64
import binascii
import hashlib

from flask import request
from werkzeug.exceptions import ClientDisconnected

READ = 64 * 1024


class Unfit(Exception):
    def __init__(self, status: int, code: str, title: str) -> None:
        self.status, self.code, self.title = status, code, title


def body(room: int) -> bytes:
    """What came of a piece: a connection that breaks leaves what it has brought."""
    came = bytearray()
    try:
        while some := request.stream.read(READ):
            came += some
    except ClientDisconnected:
        pass
    if len(came) > room:
        raise Unfit(413, "too_large", "This is more than was announced")
    _check(bytes(came))
    return bytes(came)


def _check(content: bytes) -> None:
    said = request.headers.get("Upload-Checksum")
    if said is None:
        return
    name, _, value = said.partition(" ")
    if name != "sha256":
        raise Unfit(400, "other_checksum", "Checksums here are sha256")
    if value.strip() != base64.b64encode(hashlib.sha256(content).digest()).decode():
        raise Unfit(460, "damaged", "This piece was damaged on its way")


def count(name: str) -> int:
    said = request.headers.get(name, "")
    if not (said.isascii() and said.isdigit() and len(said) < 16):
        raise Unfit(400, "bad_header", f"{name} has to be a number")
    return int(said)


def metadata() -> dict[str, str]:
    found = {}
    for pair in request.headers.get("Upload-Metadata", "").split(","):
        name, _, value = pair.strip().partition(" ")
        try:
            found[name] = base64.b64decode(value, validate=True).decode()
        except (binascii.Error, ValueError):
            raise Unfit(400, "bad_header", "Upload-Metadata can't be read") from None
    return found
