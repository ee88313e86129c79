"""Columns of a list as somebody has arranged them: which, in what order, how wide. Equal to
pwa/views/arranged.js.

A line says it, in addresses and in what a person keeps: `city:180,relation`.
"""

from __future__ import annotations

import re

from .manifest import Json
from .operators import askable

MOST = 15
NARROWEST, WIDEST = 60, 900  # pixels
TOKEN = re.compile("([a-z][a-z0-9_]*)(?::([0-9]{2,3}))?")


def arranged(owner: Json, line: str) -> Json:
    """{cols: [as a line says them], names: [columns, or none], widths: {name: pixels}}. What tells
    records apart is always there, and first."""
    known = {f["name"] for f in askable(owner)} | {owner["title"]}
    found: dict[str, str] = {}
    for token in line.split(","):
        fits = TOKEN.fullmatch(token)
        if fits and fits[1] in known and len(found) <= MOST:
            found.setdefault(fits[1], fits[2] or "")
    names = [name for name in found if name != owner["title"]]
    return {
        "cols": [f"{name}:{width}" if width else name for name, width in found.items()],
        "names": [owner["title"], *names[:MOST]] if names else [],
        "widths": {name: _within(int(width)) for name, width in found.items() if width},
    }


def kept_line(me: Json, owner: Json) -> str:
    """What the person keeps of this list."""
    lines = [line.partition(" ") for line in (me.get("columns") or "").split("\n")]
    return next((rest for kind, _, rest in lines if kind == owner["type"]), "")


def others(me: Json, owner: Json) -> str:
    """What they keep of other lists."""
    lines = (me.get("columns") or "").split("\n")
    return "\n".join(line for line in lines if line and line.partition(" ")[0] != owner["type"])


def _within(width: int) -> int:
    return min(max(width, NARROWEST), WIDEST)
