"""Keys that are made once, at set-up, and kept in the data folder for its owner alone."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from server.core.config import Settings


def secret_key(settings: Settings) -> str:
    """The key that signs cookies: the setting, else the file, made when missing."""
    return settings.secret or _kept(settings.data / "secret_key", secrets.token_hex(32))


def push_keys(settings: Settings) -> tuple[Path, Path]:
    """Paths of the private and public VAPID keys (PEM, RFC 8292), made when missing."""
    private, public = settings.data / "push_private.pem", settings.data / "push_public.pem"
    if not (private.exists() and public.exists()):
        _make_push_keys(private, public)
    return private, public


def _make_push_keys(private: Path, public: Path) -> None:
    from cryptography.hazmat.primitives import serialization
    from webpush import VAPID

    pem = _kept(private, VAPID.generate_keys()[0].decode())
    # Of two processes that start at once only one private key is kept: the public one follows it.
    key = serialization.load_pem_private_key(pem.encode(), password=None)
    shape = serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    public.write_bytes(key.public_key().public_bytes(*shape))


def _kept(path: Path, value: str) -> str:
    """The text of a file; `value` is written first when there is none. Readable by us only."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        draft = path.with_name(f"{path.name}.{os.getpid()}")
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(value)
        try:
            os.link(draft, path)  # atomic, and never over another process's key
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text()
