"""A push service and the browsers behind it: takes messages as RFC 8030 says, and decrypts them as
RFC 8291 says, each with the keys of the browser it is for."""

from __future__ import annotations

import json
import threading
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import jwt
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

CURVE = ec.SECP256R1()


def encoded(data: bytes) -> str:
    return urlsafe_b64encode(data).decode().rstrip("=")


def decoded(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


def raw(key: Any) -> bytes:
    found: bytes = key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return found


def derived(secret: bytes, salt: bytes, info: bytes, length: int) -> bytes:
    return HKDF(hashes.SHA256(), length, salt, info).derive(secret)


class Handset:
    """A browser that has subscribed."""

    def __init__(self, endpoint: str) -> None:
        self.endpoint, self.auth = endpoint, bytes(range(16))
        self.private = ec.generate_private_key(CURVE)
        self.public = raw(self.private.public_key())

    @property
    def subscription(self) -> dict[str, Any]:
        keys = {"p256dh": encoded(self.public), "auth": encoded(self.auth)}
        return {"endpoint": self.endpoint, "keys": keys}

    def read(self, body: bytes) -> bytes:
        salt, size = body[:16], body[20]
        theirs, sealed = body[21 : 21 + size], body[21 + size :]
        shared = self.private.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(
            CURVE, theirs))  # fmt: skip
        info = b"WebPush: info\0" + self.public + theirs
        secret = derived(shared, self.auth, info, 32)
        key = derived(secret, salt, b"Content-Encoding: aes128gcm\0", 16)
        nonce = derived(secret, salt, b"Content-Encoding: nonce\0", 12)
        opened = AESGCM(key).decrypt(nonce, sealed, None).rstrip(b"\0")
        assert opened.endswith(b"\x02")
        return opened[:-1]


@dataclass
class Message:
    handset: str
    headers: dict[str, str]
    size: int
    body: dict[str, Any]
    claims: dict[str, Any]

    @property
    def shown(self) -> dict[str, Any]:
        found: dict[str, Any] = self.body["notification"]
        return found


@dataclass
class Receiver:
    """`answers` are given in turn, the last one for ever: (status, headers)."""

    handsets: dict[str, Handset] = field(default_factory=dict)
    messages: list[Message] = field(default_factory=list)
    answers: list[tuple[int, dict[str, str]]] = field(default_factory=lambda: [(201, {})])

    def start(self) -> None:
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                named = {name.title(): value for name, value in self.headers.items()}
                status, headers = receiver.take(self.path, named, body)
                self.send_response(status)
                for name, value in {**headers, "Content-Length": "0"}.items():
                    self.send_header(name, value)
                self.end_headers()

            def log_message(self, *_: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.origin = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def stop(self) -> None:
        self.server.shutdown()
        self.server.server_close()

    def handset(self, name: str) -> Handset:
        self.handsets[name] = Handset(f"{self.origin}/push/{name}")
        return self.handsets[name]

    def take(self, path: str, headers: dict[str, str], body: bytes) -> tuple[int, dict[str, str]]:
        name = path.rpartition("/")[2]
        token, key = (p.partition("=")[2] for p in headers["Authorization"].split(", "))
        public = ec.EllipticCurvePublicKey.from_encoded_point(CURVE, decoded(key))
        claims = jwt.decode(token, public, ["ES256"], audience="http://127.0.0.1")
        opened = json.loads(self.handsets[name].read(body))
        self.messages.append(Message(name, headers, len(body), opened, claims | {"key": key}))
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
