"""A person's own settings, and the page with everything else. Equal to pwa/views/settings.js."""

from __future__ import annotations

from typing import Any

from server.core.calendars import calendar_of
from server.core.i18n import _lp

from .inputs import error_list, groups
from .manifest import Json, entity, field_of
from .zones import ZONES, name_of

FIELDS = ("lang", "calendar", "zone", "theme", "phone")
NOTICES = ("quiet_from", "quiet_to", "names_in_notices")
PHOTOS = ("photo_size", "photo_place", "keep_files", "keep_each")
BESIDE = ("columns",)  # set by other pages than that of settings
YOURS = _lp("settings", "Yours")


def settings_owner() -> Json:
    """The person's entity with those fields that one may set for oneself."""
    owner = entity("person") or {"type": "person", "fields": []}
    own = [{**f, "group": YOURS} for name in FIELDS if (f := field_of(owner, name))]
    about = [f for name in NOTICES + PHOTOS if (f := field_of(owner, name))]
    beside = [{**f, "in_form": True} for name in BESIDE if (f := field_of(owner, name))]
    return {**owner, "fields": own + about + beside}


def settings_view(
    store: Any, me: Json, given: Json | None = None, errors: Json | None = None
) -> tuple[str, Json]:
    fields = [f for f in settings_owner()["fields"] if f["name"] not in BESIDE]
    person = _filled(fields, store.get("person", me["id"]) or {})
    made = groups(store, me, fields, person, given or {}, errors or {})
    return "settings.html", {
        "action": "/settings",
        "groups": [{**g, "inputs": [_offering(one) for one in g["inputs"]]} for g in made],
        "errors": error_list(fields, errors or {}),
    }


def _filled(fields: list[Json], person: Json) -> Json:
    """What nobody has chosen is as it is by default, or by the language."""
    usual = {f["name"]: f["default"] for f in fields if f["kind"] == "choice"}
    usual["calendar"] = calendar_of(person)
    return {**person, **{k: v for k, v in usual.items() if person.get(k) is None}}


def _offering(one: Json) -> Json:
    """A zone is chosen from those of our customers; the one in force is always among them."""
    if one["name"] != "zone":
        return one
    own = [one["value"]] if one["value"] and one["value"] not in ZONES else []
    offered = [{"value": zone, "label": name_of(zone), "selected": zone == one["value"]}
               for zone in [*own, *ZONES]]  # fmt: skip
    return {**one, "kind": "choice", "options": offered}


def more_view(store: Any, me: Json) -> tuple[str, Json]:
    return "more.html", {}
