"""Signatures as the Standard Webhooks specification has them (standardwebhooks.com, version 1):
HMAC-SHA256 over `id.timestamp.body`, in base64, after `v1,`."""

from __future__ import annotations

import base64
import hmac
import secrets

PREFIX = "whsec_"
SIZE = 32  # bytes


def new_secret() -> str:
    return PREFIX + base64.b64encode(secrets.token_bytes(SIZE)).decode()


def signed(secret: str, event: str, at: int, body: bytes) -> dict[str, str]:
    """The headers of a message that is sent at a Unix time, in seconds."""
    key = base64.b64decode(secret.removeprefix(PREFIX))
    text = f"{event}.{at}.".encode() + body
    made = base64.b64encode(hmac.digest(key, text, "sha256")).decode()
    return {"Webhook-Id": event, "Webhook-Timestamp": str(at), "Webhook-Signature": f"v1,{made}"}
