"""What belongs to a record, as lists on its page. Equal to pwa/views/related.js."""

from __future__ import annotations

from typing import Any

from server.core.calendars import today

from .addresses import address
from .closing import everything, open_states
from .manifest import Json, entity
from .may import may_create
from .rows import rows, state_of

RELATED, OPEN, CLOSED = 10, 50, 20  # records of a list; with states, of each kind
LATEST = ["updated_at", "desc"]


def all_related(store: Any, me: Json, now: str, owner: Json, record: Json) -> list[Json]:
    # What every row would say of the page that it stands on.
    said = [record["id"], record[owner["parent"]] if owner["parent"] else None]
    found = (_related(store, me, now, related, record, said) for related in owner["related"])
    return [related for related in found if related]


def _related(
    store: Any, me: Json, now: str, related: Json, record: Json, said: list[Any]
) -> Json | None:
    target = entity(related["type"])
    if target is None:
        return None
    of = [(related["by"], record["id"])]
    found, whole = _found(store, target, related["by"], record["id"])
    lines = rows(store, me, today(now, me["zone"]), target, found)
    new = may_create(me, target["type"]) and not record["deleted"]
    return {
        "entity": target,
        "label": related["label"],
        "rows": [_brief(row, said) for row in lines],
        "whole": whole,
        "create": address(f"/{target['path']}/new", of) if new else None,
        "all": address(f"/{target['path']}/", of + everything(target)),
    }


def _brief(row: Json, said: list[Any]) -> Json:
    return {**row, "sub": [c for c in row["sub"] if c["value"] not in said]}


def _found(store: Any, target: Json, by: str, id_: str) -> tuple[list[Json], bool]:
    """What is open in its order, and after it the last that were closed; and whether it is all."""

    def first(limit: int, order: Any, filters: Json | None = None) -> tuple[list[Json], bool]:
        found = store.related(target["type"], by, id_, limit + 1, order, filters)
        return found[:limit], len(found) <= limit

    state = state_of(target)
    if not state or not target["closed"]:
        return first(RELATED, target["order"])
    left, all_left = first(OPEN, target["order"], {state["name"]: open_states(target)})
    closed, all_closed = first(CLOSED, LATEST, {state["name"]: target["closed"]})
    return left + closed, all_left and all_closed
