"""ROW: a record as one line of a list. Equal to pwa/views/rows.js."""

from __future__ import annotations

from typing import Any

from .cells import cell, cells, is_empty, kind_of, title_of
from .manifest import Json
from .may import may


def rows(
    store: Any, me: Json, today: str, owner: Json, records: list[Json],
    columns: list[str] | None = None,
) -> list[Json]:  # fmt: skip
    """`today` is the date in the person's zone; `columns` those of the entity unless given."""
    return [row(store, me, today, owner, record, columns) for record in records]


def row(
    store: Any, me: Json, today: str, owner: Json, record: Json, columns: list[str] | None = None
) -> Json:
    state = state_of(owner)
    due = record.get("due")
    closed = state is not None and record[state["name"]] in owner["closed"]
    href = f"/{owner['path']}/{record['id']}"
    change = may(me, store, record, "change")
    finish = finishing(owner, record) if change else None
    return {
        "id": record["id"],
        "type": owner["type"],
        "href": href,
        "title": title_of(owner, record),
        "label": kind_of(owner, record),
        "sub": [c for c in cells(store, owner, record, owner["sub"]) if not is_empty(c["value"])],
        "cells": cells(store, owner, record, columns or owner["columns"]),
        "mark": store.mark(record),
        "icon": icon_of(owner, record),
        "state": cell(store, state, record[state["name"]]) if state else None,
        "due": due,
        "late": bool(due and not closed and due < today),
        "phone": phone_of(record),
        "avatar": has_phones(owner),
        "change": change,
        "done": f"{href}/{finish['noun']}" if finish else None,
    }


def state_of(owner: Json) -> Json | None:
    return next((f for f in owner["fields"] if f["kind"] == "state"), None)


def icon_of(owner: Json, record: Json) -> str:
    return str(owner["icons"].get(record.get("kind")) or owner["icon"])


def phone_of(record: Json) -> str | None:
    phones = record.get("phones") or [record.get("phone")]
    return phones[0] or None


def has_phones(owner: Json) -> bool:
    """People and companies have a face; papers have an icon."""
    return any(f["kind"] == "phones" for f in owner["fields"])


def finishing(owner: Json, record: Json) -> Json | None:
    """The action that closes the record at one tap."""
    direct = (a for a in possible(owner, record) if not a["fields"])
    return next((a for a in direct if moves_to(owner, a) in owner["closed"]), None)


def possible(owner: Json, record: Json) -> list[Json]:
    """Actions that the record's state allows."""
    state = state_of(owner)
    moves = state["states"].get(record[state["name"]], []) if state and state["states"] else []
    return [a for a in owner["actions"] if moves_to(owner, a) in (None, *moves)]


def moves_to(owner: Json, action: Json) -> str | None:
    """The state to which an action moves its record."""
    state = state_of(owner)
    for _, field, source in action["effects"]:
        if state and field == state["name"] and source[0] == "value":
            return str(source[1])
    return None
