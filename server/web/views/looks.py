"""The ways a list can be shown, to choose from. Equal to pwa/views/looks.js."""

from __future__ import annotations

from . import asking
from .arranging import boardable, datable, groupable
from .manifest import Json

FIELDS = (("", groupable), ("board", boardable), ("calendar", datable))


def looks(owner: Json, asked: Json) -> list[Json]:
    """[{look, by, label, href, active}]: of each look by the fields that can make it; the first are
    plain rows, whose label is empty."""
    found = [("", "", "")]
    found += [(look, f["name"], f["label"]) for look, fields in FIELDS for f in fields(owner)]
    return [
        {"look": look, "by": by, "label": label,
         "active": look == asked["look"] and by == asked["by"],
         "href": asking.link(owner, asked, look=look, by=by, span="", at="", after=None)}
        for look, by, label in found
    ]  # fmt: skip
