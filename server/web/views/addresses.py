"""Addresses of lists and forms, written alike on both sides. Equal to pwa/views/addresses.js."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

Query = dict[str, list[str]]
OURS = re.compile("/(?![/\\\\])[!-\\[\\]-\U0010ffff]*")


def address(path: str, parts: Iterable[tuple[str, Any]] = ()) -> str:
    """A path with those parts of a query that have a value, escaped as encodeURIComponent does."""
    query = "&".join(f"{name}={escape(value)}" for name, value in parts if value)
    return f"{path}?{query}" if query else path


def escape(text: str) -> str:
    return quote(text, safe="!~*'()")


def one(query: Query, name: str) -> str:
    """The first value, or an empty string."""
    values = query.get(name) or [""]
    return values[0]


def back_to(query: Query) -> str | None:
    """Where a form was opened from; only a page of ours."""
    wanted = one(query, "back") or one(query, "_back")
    return wanted if OURS.fullmatch(wanted) else None
