"""What the build made: the version that pages carry and the names of its files."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

DIST = Path(__file__).resolve().parents[1] / "static" / "dist"


@cache
def built() -> dict[str, Any]:
    """`{version, files: {plain name: name in static/dist}}`; raises if nothing was built."""
    try:
        found: dict[str, Any] = json.loads((DIST / "build.json").read_text())
    except FileNotFoundError:
        raise RuntimeError("Nothing is built yet: run `python -m pwa.build`.") from None
    return found


def assets() -> dict[str, str]:
    """Plain name → address, as templates name files."""
    return {name: f"/static/dist/{made}" for name, made in built()["files"].items()}
