"""Today: one's tasks by when they are due, and what was worked on lately. Equal to today.js."""

from __future__ import annotations

from typing import Any

from server.core.calendars import local, today

from .looking import lately, page
from .manifest import Json, entity
from .moments import plus_days
from .notices import invites
from .reach import around
from .rows import phone_of, row, state_of

MANY, LATELY, SOON = 200, 5, 7  # tasks of one state; accounts; days
HOURS = (("night", 5), ("morning", 12), ("afternoon", 18), ("evening", 22), ("night", 24))


def today_view(store: Any, me: Json, now: str) -> tuple[str, Json]:
    day = today(now, me["zone"])
    hour = int((local(now, me["zone"]) or ("", "00:00"))[1][:2])
    return "today.html", {
        "tasks": _tasks(store, me, day),
        "recent": lately(store, me, now, LATELY),
        "invite": invites(store, me),
        "greeting": next(name for name, until in HOURS if hour < until),
    }


def _tasks(store: Any, me: Json, day: str) -> Json:
    """Those that are not closed, by when they are due; beyond the next days they can wait."""
    found: Json = {"overdue": [], "today": [], "soon": [], "none": []}
    owner = entity("task")
    for record in _open(store, me, owner) if owner else []:
        part = _part(record["due"], day)
        if owner and part:
            found[part].append(_with_phone(store, me, day, owner, record))
    return found


def _open(store: Any, me: Json, owner: Json) -> list[Json]:
    state = state_of(owner)
    values = [v for v, _ in state["choices"] if v not in owner["closed"]] if state else []
    found = []
    for value in values:
        mine = {"assignee": me["id"], "status": value}
        found += page(store, "task", ["due", "asc"], MANY, filters=mine)
    return sorted(found, key=lambda r: (r["due"] is None, r["due"] or "", r["id"]))


def _part(due: str | None, day: str) -> str | None:
    if due is None:
        return "none"
    if due <= day:
        return "today" if due == day else "overdue"
    return "soon" if due <= plus_days(day, SOON) else None


def _with_phone(store: Any, me: Json, day: str, owner: Json, record: Json) -> Json:
    """One tap calls whom the task is about."""
    phones = [p for p in map(phone_of, around(store, owner, record)) if p]
    found = row(store, me, day, owner, record)
    sub = [cell for cell in found["sub"] if cell["name"] != "assignee"]  # all are one's own
    return {**found, "sub": sub, "phone": phones[0] if phones else None}
