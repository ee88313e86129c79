"""A person's own settings, and the page with everything else. Equal to pwa/views/settings.js."""

from __future__ import annotations

from typing import Any

from server.core.i18n import _l

from .inputs import error_list, groups
from .manifest import Json, entity, field_of

FIELDS = ("lang", "calendar", "zone", "theme", "phone")
YOURS = _l("Yours")


def settings_owner() -> Json:
    """The person's entity with those fields that one may set for oneself."""
    owner = entity("person") or {"type": "person", "fields": []}
    fields = [f for f in (field_of(owner, name) for name in FIELDS) if f]
    return {**owner, "fields": [{**f, "group": YOURS} for f in fields]}


def settings_view(
    store: Any, me: Json, given: Json | None = None, errors: Json | None = None,
    device: Json | None = None,
) -> tuple[str, Json]:  # fmt: skip
    """`device`: {held: [{label, n}], last, version} of a device that holds records."""
    fields = settings_owner()["fields"]
    person = store.get("person", me["id"]) or {}
    return "settings.html", {
        "action": "/settings",
        "groups": groups(store, me, fields, person, given or {}, errors or {}),
        "errors": error_list(fields, errors or {}),
        "device": device,
    }


def more_view(store: Any, me: Json) -> tuple[str, Json]:
    return "more.html", {}
