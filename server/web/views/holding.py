"""What the phone holds, and why each customer file is there. Equal to pwa/views/holding.js."""

from __future__ import annotations

from typing import Any

from server.core.calendars import today
from server.core.holding import holding_id
from server.core.text import words

from .addresses import address
from .asking import searched
from .cells import title_of
from .manifest import Json, entity, field_of, manifest
from .moments import later, plus_days

PAGE, MANY, DAY = 50, 50, 86_400  # files; records of work at one; seconds


def holding_view(
    store: Any, me: Json, now: str, query: Json, device: Json | None = None
) -> tuple[str, Json]:
    """`device`: {held: [{label, n, bytes}], other, n, bytes} of a device that holds records."""
    owner, q, after = file_entity(), searched(query), (query.get("after") or [""])[0]
    asked: Json = {"words": words(q), "filters": {}, "sort": [owner["title"], "asc"],
             "after": after or None, "limit": PAGE, "scope": "mine"}  # fmt: skip
    page = store.page(owner["type"], asked)
    more = [("q", q), ("after", page["next"])] if page["next"] else []
    return "holding.html", {
        "entity": owner, "q": q, "device": device,
        "files": [_file(store, me, now, owner, one) for one in page["rows"]],
        "next": address("/holding", more) if more else None,
    }  # fmt: skip


def file_entity() -> Json:
    """The kind of record that is held with all that belongs to it."""
    spec = entity("holding")
    field = field_of(spec, "file") if spec else None
    found = entity(field["target"]) if field else None
    assert found
    return found


def keeping_of(store: Any, me: Json, owner: Json, record: Json) -> Json | None:
    """Whether a customer file is kept by hand, and where to say so."""
    if owner["type"] != file_entity()["type"] or record["deleted"]:
        return None
    held = holding_of(store, me, record["id"])
    href = f"/{owner['path']}/{record['id']}/keeping"
    return {"href": href, "kept": bool(held and held["kept"])}


def holding_of(store: Any, me: Json, file: str) -> Json | None:
    found: Json | None = store.get("holding", holding_id(me["id"], file))
    return found


def _file(store: Any, me: Json, now: str, owner: Json, record: Json) -> Json:
    return {
        "id": record["id"], "href": f"/{owner['path']}/{record['id']}",
        "title": title_of(owner, record), "mark": store.mark(record),
        "reasons": reasons_of(store, me, now, record),
        "keeping": keeping_of(store, me, owner, record),
    }  # fmt: skip


def reasons_of(store: Any, me: Json, now: str, record: Json) -> list[Json]:
    """REASON: {kind, name, at}; kind is kept, own, work, report, team or opened."""
    held, holds = holding_of(store, me, record["id"]), me["holds"]
    found = [_reason("kept")] if held and held["kept"] else []
    if record["owner"] == me["id"]:
        found.append(_reason("own"))
    found += _work(store, me, now, record)
    if record["owner"] != me["id"] and record["owner"] in holds["people"]:
        found.append(_reason("report", store.title("person", record["owner"])))
    if record["team"] and record["team"] in holds["teams"]:
        found.append(_reason("team", store.title("team", record["team"])))
    return found + ([_reason("opened", None, held["opened"])] if held and held["opened"] else [])


def _reason(kind: str, name: str | None = None, at: str | None = None) -> Json:
    return {"kind": kind, "name": name, "at": at}


def _work(store: Any, me: Json, now: str, record: Json) -> list[Json]:
    """The first work there that is near, if there is any."""
    for spec in manifest()["entities"].values():
        shares = spec["shares"]
        target = field_of(spec, spec["parent"]) if shares and spec["parent"] else None
        if not target or target["target"] != record["type"]:
            continue
        order = [shares["due"] or spec["title"], "asc"]
        for one in store.related(spec["type"], spec["parent"], record["id"], MANY, order):
            if one[shares["person"]] in me["holds"]["people"] and _is_near(me, now, shares, one):
                at = one[shares["due"]] if shares["due"] else None
                return [_reason("work", title_of(spec, one), at)]
    return []


def _is_near(me: Json, now: str, shares: Json, one: Json) -> bool:
    """As server/core/nearness.py has it."""
    if one[shares["state"]] not in shares["open"]:
        since = later(now, -me["holds"]["after"] * DAY)
        return bool(one["updated_at"] and one["updated_at"] > since)
    due = one[shares["due"]] if shares["due"] else None
    last = plus_days(today(now, me["org"]["zone"]), me["holds"]["ahead"])
    return due is None or bool(due[:10] <= last)
