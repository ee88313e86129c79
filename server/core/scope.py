"""Which keys a record carries: who owns it, whose team's it is, to whom it is shared.

The same keys decide what a person may see and what a phone holds, so the two cannot drift apart:

    u:<person>  owner or assignee       t:<team>  of that team       all  everybody
    s:<person>  shared with             p:<person>  private to its owner
    v:<team>    for everybody of a team, whatever their role
    f:<person>  has something to do there, but not soon: to be seen, not held
    h:<hash>    a file that somebody wants on the phone, while they may see it by another key
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any

from .entity import Entity
from .nearness import Span

ANY = "*"  # stands for the keys of a person who may see everything


def own_keys(entity: Entity, doc: dict[str, Any]) -> set[str]:
    """Keys that follow from the record alone."""
    if entity.reference:
        return {"all"}
    if entity.personal:
        return {f"p:{doc['owner']}"} if doc["owner"] and not doc["deleted"] else set()
    if entity.audience:
        found = {"team": {f"v:{doc['team']}"}, "all": {"all"}}.get(doc[entity.audience], set())
        return found | {f"p:{doc['owner']}"}
    found = set()
    for field in entity.granting:
        value = doc[field.name]
        people = value if isinstance(value, list) else [value]
        found |= {f"{field.grants}:{person}" for person in people if person}
    if doc["team"]:
        found.add(f"t:{doc['team']}")
    return found


def shared_with(entity: Entity, doc: dict[str, Any], span: Span) -> str | None:
    """The key by which this record opens the customer file it belongs to, or None."""
    shares = entity.shares
    person = doc[shares.person] if shares else None
    if shares is None or not person or doc["deleted"]:
        return None
    if doc[shares.state] not in shares.open:
        return f"s:{person}" if span.is_recent(doc["updated_at"]) else None
    near = span.is_near(doc[shares.due] if shares.due else None)
    return f"{'s' if near else 'f'}:{person}"


def hold_key(person: str, sight: str) -> str:
    """Holds a record for a person, as long as they may see it by the key `sight`."""
    return f"h:{hashlib.sha256(f'{person} {sight}'.encode()).hexdigest()[:32]}"


def file_keys(
    entity: Entity, doc: dict[str, Any], shared: Iterable[str] = (), holders: Iterable[str] = ()
) -> list[str]:
    """All keys of a customer file: its own, those of work that is to be done there, and those of
    people who want it on their phones; sorted."""
    sight = own_keys(entity, doc) | set(shared)
    sight -= {f"f:{key[2:]}" for key in sight if key.startswith("s:")}
    held = {hold_key(person, key) for person in holders for key in (*sight, ANY)}
    return sorted(sight | held)


def record_keys(entity: Entity, doc: dict[str, Any], inherited: Iterable[str] = ()) -> list[str]:
    """All keys of what belongs to a file: its own and the file's; sorted."""
    return sorted(own_keys(entity, doc) | set(inherited))
