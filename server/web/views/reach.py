"""How to reach whom a record is about: itself, its contact, its account. Equal to reach.js."""

from __future__ import annotations

from typing import Any

from server.core.i18n import _l

from .cells import label_of, title_of
from .manifest import Json, entity, field_of

ADDRESS = ("street", "city", "postcode")
WIDER = ("contact", "account")


def around(store: Any, owner: Json, record: Json) -> list[Json]:
    """The record and those it is about, the nearest first."""
    found = [record]
    for field in owner["fields"]:
        if field["kind"] == "ref" and field["target"] in WIDER and record[field["name"]]:
            other = store.get(field["target"], record[field["name"]])
            found += [other] if other else []
    return sorted(found, key=lambda r: (r is not record, r["type"] != "contact"))


def reach_of(store: Any, owner: Json, record: Json) -> Json:
    near = around(store, owner, record)
    phones = [r["phones"] for r in near if r.get("phones")]
    emails = [r["email"] for r in near if r.get("email")]
    places = [place for place in map(_place, near) if place]
    return {
        "phones": phones[0] if phones else [],
        "email": emails[0] if emails else None,
        "address": places[0] if places else None,
    }


def _place(record: Json) -> Json | None:
    """Parts of an address, and the country's name. A country alone is nowhere to go."""
    if not (record.get("street") or record.get("city")):
        return None
    parts = [record[name] for name in ADDRESS if record.get(name)]
    owner, code = entity(record["type"]), record.get("country")
    field = field_of(owner, "country") if owner else None
    name = label_of(field, code) if field and code else None
    return {"parts": parts if name or not code else [*parts, code], "country": name}


def crumbs_of(store: Any, owner: Json, record: Json) -> list[Json]:
    """The list, and the customer file that the record belongs to, or what it is attached to."""
    found = [{"label": owner["plural"], "href": f"/{owner['path']}/"}]
    by, field = owner["parent"], field_of(owner, owner["parent"])
    held = record["rec"] if owner["attached"] else record.get(by) if by else None
    kind = record["of"] if owner["attached"] else field["target"] if field else None
    parent = entity(kind) if held else None
    file = store.get(parent["type"], held) if parent else None
    if parent and file:
        label = title_of(parent, file) or _l("No title")
        found.append({"label": label, "href": f"/{parent['path']}/{held}"})
    return found
