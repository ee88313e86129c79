"""A record's page. Equal to pwa/views/show.js."""

from __future__ import annotations

from typing import Any

from server.core.i18n import _l

from .attachments import attachments_of, tile
from .cells import cell, cell_of, is_draft, is_empty, is_veiled, label_of, title_of
from .holding import keeping_of
from .layouts import arranged
from .links import links_of
from .manifest import Json
from .may import is_open, may
from .quick import quick_of
from .reach import crumbs_of, reach_of
from .related import all_related
from .rows import moves_to, possible, state_of
from .timeline import timeline_of

HISTORY = ("created_at", "created_by", "updated_at", "updated_by")
OWNERSHIP = _l("Ownership")


def show_view(store: Any, me: Json, now: str, owner: Json, rec: str) -> tuple[str, Json] | None:
    record = store.get(owner["type"], rec)
    if not record:
        return None
    change = may(me, store, record, "change") and is_open(owner, record, now)
    change = change and not owner["readonly"]
    living = change and not record["deleted"]
    timeline = timeline_of(store, owner, record)  # first: lists have some of what it reads
    state, own = state_of(owner), f"/{owner['path']}/{rec}"
    return "entity/show.html", {
        "entity": owner,
        "record": record,
        "title": title_of(owner, record),
        "mark": store.mark(record),
        "groups": groups_of(store, me, owner, record),
        "links": [] if record["deleted"] else links_of(store, owner, record),
        "files": attachments_of(store, me, owner, record),
        "file": tile(store, owner, record) if owner["attached"] else None,
        "related": all_related(store, me, now, owner, record),
        "timeline": timeline,
        "actions": _actions(owner, record) if living else [],
        "state": cell(store, state, record[state["name"]]) if state else None,
        "states": _moves(state, record) if state and living else [],
        "quick": [] if record["deleted"] else quick_of(me, owner, record),
        "edit": f"{own}/edit" if living else None,
        "delete": not owner["readonly"] and may(me, store, record, "delete"),
        "crumbs": crumbs_of(store, owner, record),
        "reach": reach_of(store, owner, record),
        "keeping": keeping_of(store, me, owner, record),
    }


def groups_of(store: Any, me: Json, owner: Json, record: Json) -> list[Json]:
    """What is filled in, under the headings of the fields; who made it and when comes last."""
    found: dict[str, list[Json]] = {}
    columns: dict[str, int] = {}
    for field in arranged(owner, me, owner["fields"]):
        name, value = field["name"], record[field["name"]]
        apart = name in (owner["title"], "deleted") or field["kind"] in ("state", "json")
        nothing = (is_empty(value) or value is False) and not is_veiled(field, record)
        if apart or field["aside"] or (nothing and not is_draft(field, record)):
            continue
        label = OWNERSHIP if name in HISTORY else field["group"]
        found.setdefault(label, []).append(cell_of(store, field, record))
        columns.setdefault(label, field.get("columns", 2))
    return [{"label": label, "cells": cells, "columns": columns[label]}
            for label, cells in found.items()]  # fmt: skip


def _actions(owner: Json, record: Json) -> list[Json]:
    """The next step of the work is the one that moves its state; a closed record has none."""
    found = possible(owner, record)
    step = next((action for action in found if moves_to(owner, action)), None)
    return [
        {
            "label": action["label"],
            "icon": action["icon"],
            "href": f"/{owner['path']}/{record['id']}/{action['noun']}",
            "noun": action["noun"],
            "primary": action is step,
            "direct": not action["fields"],
        }
        for action in found
    ]


def _moves(state: Json, record: Json) -> list[Json]:
    legal = (state["states"] or {}).get(record[state["name"]], [])
    return [{"value": value, "label": label_of(state, value)} for value in legal]
