"""What a person does about a notice, as operations. Equal to pwa/views/answering.js."""

from __future__ import annotations

from typing import Any

from server.core.zones import instant_from_local, local

from . import forms
from .forms import Uuid
from .views.manifest import Json, entity
from .views.moments import later, plus_days
from .views.notices import about
from .views.rows import finishing

MINUTES = {"15": 15, "60": 60}
MORNING, SMALL_HOURS = "08:00", "04:00"


def reading(notice: Json, uuid: Uuid, t: int) -> list[Json]:
    """It was looked at."""
    if notice["read"]:
        return []
    owner = entity("notice") or {"type": "notice"}
    return [forms.setting(owner, notice, "read", True, uuid, t)]


def answering(
    store: Any, notice: Json, noun: str, until: str, me: Json, now: str, uuid: Uuid, t: int
) -> list[Json] | None:
    """Operations of POST /notices/<id>/<noun>; None for what can't be done about this one."""
    read = reading(notice, uuid, t)
    if noun == "reading":
        return read
    owner, record = about(store, notice) or (None, None)
    if owner is None or record is None:
        return None
    if noun == "completion":
        action = finishing(owner, record)
        if action is None:
            return read
        return [forms.doing(owner, action, record["id"], {}, record["ver"], uuid, t), *read]
    at = snoozed(until, now, me["zone"]) if noun == "snoozing" and "remind_at" in record else None
    return [forms.setting(owner, record, "remind_at", at, uuid, t), *read] if at else None


def snoozed(until: str, now: str, zone: str) -> str | None:
    """The instant in 15 or 60 minutes, or of the next "morning"; None for anything else."""
    if until in MINUTES:
        return later(now, MINUTES[until] * 60)
    there = local(now, zone)
    if until != "morning" or not there:
        return None
    day, clock = there
    return instant_from_local(day if clock < SMALL_HOURS else plus_days(day, 1), MORNING, zone)
