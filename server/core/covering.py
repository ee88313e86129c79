"""What the audit log says of operations on sensitive fields: that there was something."""

from __future__ import annotations

from typing import Any

from .clock import instant
from .registry import registry

Json = dict[str, Any]
MASK = "••••"
LATE = 120_000  # ms after which an operation is told to have waited
SAFE = 10**14  # ms that can be told as an instant


def covered(kind: str | None, body: Json, before: Json) -> tuple[Json, Json]:
    """Who reads the log reads no sensitive values in it, whoever they are."""
    entity = registry.get(kind)
    names = {field.name for field in entity.sensitive} if entity else set()
    if not names:
        return body, before
    if body.get("f") in names:
        body = body | {name: MASK for name in ("v", "d") if body.get(name) is not None}
    elif isinstance(body.get("v"), dict):
        body = body | {"v": {n: MASK if n in names else one for n, one in body["v"].items()}}
    return body, {n: MASK if n in names and one else one for n, one in before.items()}


def tapped(body: Json, at: int) -> str | None:
    """When somebody without a connection looked, by the clock of their device."""
    t = body.get("t")
    return instant(t) if isinstance(t, int) and abs(at - t) > LATE and 0 < t < SAFE else None
