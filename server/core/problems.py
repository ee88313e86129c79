"""Errors for programs, in the one shape of RFC 9457: application/problem+json."""

from __future__ import annotations

import json
from typing import Any

from flask import Response


def problem(status: int, code: str, title: str, detail: str = "", **more: Any) -> Response:
    """`{type, status, code, title, detail, …}`. `code` is stable, `detail` says what to do."""
    body = {"type": f"urn:kesher:{code}", "status": status, "code": code, "title": title}
    body |= ({"detail": detail} if detail else {}) | more
    return Response(json.dumps(body), status, mimetype="application/problem+json")
