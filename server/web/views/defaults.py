"""What a new record begins with. Equal to pwa/views/defaults.js."""

from __future__ import annotations

from server.core.calendars import today

from .manifest import Json


def defaults(owner: Json, me: Json, now: str) -> Json:
    """Values of a record that nothing is said about; only those that are something."""
    words = {"me": me["id"], "my_team": me["team"], "now": now, "today": today(now, me["zone"])}
    found = {}
    for field in owner["fields"]:
        default = field["default"]
        value = words.get(default, default) if isinstance(default, str) else default
        if value is not None and not field["readonly"]:
            found[field["name"]] = value
    return found
