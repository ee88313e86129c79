"""A person's devices, or everybody's. Made by the server alone: a phone knows nothing of others."""

from __future__ import annotations

from typing import Any

from server.core.agents import is_mobile
from server.core.clock import instant
from server.core.devices import ACTIVE, SIGNED_OUT, WIPED, is_doomed
from server.core.i18n import _l
from server.core.text import words

from .manifest import Json

MOST = 30  # people on a page
SCOPES = (("mine", _l("Mine")), ("all", _l("Everybody's")))
# What is going on with a device: icon, tone and words
NEWS: dict[str, tuple[str, str, str]] = {
    ACTIVE: ("check", "ok", _l("In use")),
    SIGNED_OUT: ("log-out", "", _l("Signed out")),
    "doomed": ("clock", "pending", _l("Is wiped when it next makes contact")),
    WIPED: ("check", "", _l("Wiped")),
}


def people_of(store: Any, me: Json, query: Json, manages: bool) -> Json:
    """The people whose devices are shown: `{rows, next}`."""
    if not manages or query.get("scope", [""])[0] != "all":
        return {"rows": [store.get("person", me["id"])], "next": None}
    asked = {"words": words(query.get("q", [""])[0]), "limit": MOST, "sort": ["name", "asc"],
             "after": query.get("after", [None])[0]}  # fmt: skip
    found: Json = store.page("person", asked)
    return found


def devices_view(
    me: Json, session: str | None, query: Json, people: Json, rows: list[Any], manages: bool
) -> tuple[str, Json]:
    """`rows` are those of `core.devices.of` for all the people of `people_of`."""
    all_ = manages and query.get("scope", [""])[0] == "all"
    scopes = [{"value": value, "label": label, "href": f"/devices?scope={value}",
               "active": all_ == (value == "all")} for value, label in SCOPES]  # fmt: skip
    return "devices.html", {
        "people": [_person(me, one, session, rows, all_) for one in people["rows"]],
        "scopes": scopes if manages else [],
        "everybody": all_,
        "q": query.get("q", [""])[0],
        "after": people["next"],
    }


def _person(me: Json, one: Json, session: str | None, rows: list[Any], manages: bool) -> Json:
    theirs = [row for row in rows if row.person == one["id"]]
    shut = one["active"] is False or any(row.shut for row in theirs)
    return {
        "id": one["id"],
        "name": one["name"],
        "shut": shut,
        "may": manages and one["id"] != me["id"],
        "devices": [device(row, session) for row in theirs],
    }


def device(row: Any, session: str | None) -> Json:
    """`here`: it is the one that asks; `can`: what may be done to it."""
    doomed = is_doomed(row) and row.state != WIPED
    icon, tone, words_ = NEWS["doomed" if doomed else row.state]
    return {
        "id": row.id, "href": f"/devices/{row.id}", "name": row.name,
        "icon": "smartphone" if is_mobile(row.name) else "laptop",
        "here": bool(session) and row.session == session, "synced": row.device is not None,
        "state": {"icon": icon, "tone": tone, "text": words_}, "state_at": instant_of(row.state_at),
        "first": instant_of(row.first_seen), "last": instant_of(row.last_sync),
        "pending": row.pending, "failed": row.failed, "held": row.held, "version": row.version,
        "active": row.state == ACTIVE and not doomed, "doomed": doomed,
        "spared": doomed and not row.shut, "wiped": row.state == WIPED,
    }  # fmt: skip


def instant_of(at: Any) -> str | None:
    return instant(int(at.timestamp() * 1000)) if at else None


def device_view(me: Json, row: Any, owner: Json, session: str | None) -> tuple[str, Json]:
    name = None if row.person == me["id"] else owner["name"]
    return "device.html", {"device": device(row, session), "whose": name, "longest": 100}
