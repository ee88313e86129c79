"""Headers of every answer: what a page may load, and how long a file may be kept."""

from __future__ import annotations

from flask import Flask, Response, request

from server.core.i18n import _l

POLICY = "; ".join((
    "default-src 'self'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' blob: data:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
))  # fmt: skip
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(self), geolocation=(self), microphone=()",
}


# What browsers may show of files in place: nothing in it can carry a script of its own
SHOWN = (
    "image/jpeg", "image/png", "image/gif", "image/webp", "image/avif", "application/pdf",
    "text/plain", "video/mp4", "video/webm", "video/quicktime", "audio/mpeg", "audio/mp4",
    "audio/ogg", "audio/x-wav", "audio/x-flac",
)  # fmt: skip
# Whatever is in a file, it is nobody: no scripts, no requests, no origin of ours.
NOBODY = "default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'"
LOCKED = f"{NOBODY}; sandbox; frame-ancestors 'none'"
# A browser's own viewer of PDF does not start in a sandbox; it brings one of its own.
PDF = f"{NOBODY}; object-src 'self'; frame-ancestors 'none'"
NOT_HERE = _l("This file is not on this device. It opens when you are connected.")


def files() -> dict[str, object]:
    """What the worker must know to give out files as the server does."""
    return {"shown": SHOWN, "locked": LOCKED, "pdf": PDF, "not_here": NOT_HERE}


def table() -> dict[str, str]:
    """The same headers for pages that the worker makes."""
    return HEADERS


def init_app(app: Flask) -> None:
    app.after_request(_add)


def _add(answer: Response) -> Response:
    for name, value in HEADERS.items():
        answer.headers.setdefault(name, value)
    if request.path.startswith("/static/dist/"):
        # The name tells the content, so it never changes.
        answer.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return answer
