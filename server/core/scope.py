"""Which keys a record carries: who owns it, whose team's it is, to whom it is shared.

The same keys decide what a person may see and what a phone holds, so the two cannot drift apart.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from .entity import Entity


def own_keys(entity: Entity, doc: dict[str, Any]) -> set[str]:
    """Keys that follow from the record alone."""
    if entity.reference:
        return {"all"}
    if entity.personal:
        return {f"p:{doc['owner']}"} if doc["owner"] and not doc["deleted"] else set()
    found = set()
    for field in entity.granting:
        value = doc[field.name]
        people = value if isinstance(value, list) else [value]
        found |= {f"{field.grants}:{person}" for person in people if person}
    if doc["team"]:
        found.add(f"t:{doc['team']}")
    return found


def shared_with(entity: Entity, doc: dict[str, Any]) -> str | None:
    """The person to whom this record opens the customer file it belongs to, or None."""
    if entity.shares is None or doc["deleted"]:
        return None
    state, person, near = entity.shares
    return doc[person] if doc[state] in near else None


def record_keys(
    entity: Entity,
    doc: dict[str, Any],
    inherited: Iterable[str] = (),
    shared: Iterable[str] = (),
) -> list[str]:
    """All keys: its own, its file's, and those of the people it is shared with; sorted."""
    found = own_keys(entity, doc) | set(inherited) | {f"s:{person}" for person in shared}
    return sorted(found)
