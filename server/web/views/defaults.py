"""What a new record begins with. Equal to pwa/views/defaults.js."""

from __future__ import annotations

from server.core.calendars import today
from server.core.field import USUAL

from .manifest import Json


def defaults(owner: Json, me: Json, now: str) -> Json:
    """Values of a record that nothing is said about; only those that are something."""
    words = {"me": me["id"], "my_team": me["team"], "now": now, "today": today(now, me["zone"])}
    found = {}
    for field in owner["fields"]:
        value = field["default"]
        if value is not None and value == USUAL.get(field["kind"]):
            value = words[value]
        if value is not None and not field["readonly"]:
            found[field["name"]] = value
    return found
