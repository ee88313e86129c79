"""Headers of every answer: what a page may load, and how long a file may be kept."""

from __future__ import annotations

from flask import Flask, Response, request

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
