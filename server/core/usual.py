"""What a new record has in a field of which nothing is said."""

from __future__ import annotations

from typing import Any

from .clock import instant
from .field import Field
from .permissions import Viewer


def default_of(spec: Field, viewer: Viewer, now: int) -> Any:
    """A value, or what its word stands for at this moment (ms) for whoever makes the record."""
    if spec.word in ("now", "today"):
        return instant(now)[: 10 if spec.word == "today" else 20]
    if spec.word:
        return {"me": viewer.id, "my_team": viewer.team}[spec.word]
    return spec.empty if spec.default is None else spec.default
