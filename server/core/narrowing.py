"""The manifest as one person's roles leave it: what is hidden is not in it, what they may not
write is read-only. Pages, phone and API offer what it says; that nothing else is given or taken
is seen to elsewhere (veiling.py, applying.py)."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from typing import Any

from .entity import Entity, Field
from .permissions import level
from .registry import registry
from .rights import HELD, HIDDEN, MASKED, NONE, OPEN, READONLY, Rights
from .sights import masked, sight

Json = dict[str, Any]
LISTS = ("columns", "filters", "sorts", "sub", "quick")
ASKING = ("filters", "sorts")  # which would tell what is masked
# What a mask can stand for. Not what leads to other records, nor yes or no: that there is a mask
# would be the answer.
FIT = frozenset({
    "text", "longtext", "email", "url", "phone", "phones", "tags", "integer", "number", "money",
    "date", "instant", "choice", "choices",
})  # fmt: skip


def manifest_for(rights: Rights) -> Json:
    """What both halves of the views know of the entities, for a person with these rights."""
    whole = registry.manifest()
    return _narrowed(str(whole["version"]), rights)


@lru_cache(64)
def _narrowed(version: str, rights: Rights) -> Json:
    whole = registry.manifest()
    unseen = {
        f"/{e['path']}/" for k, e in whole["entities"].items() if level(rights, k, "see") == NONE
    }
    entities = {kind: _entity(e, rights) for kind, e in whole["entities"].items()}
    nav = [one for one in whole["nav"] if one["href"] not in unseen]
    if entities == whole["entities"] and nav == whole["nav"]:
        return whole
    version = hashlib.sha256(f"{version} {rights.hash}".encode()).hexdigest()[:16]
    return whole | {"entities": entities, "nav": nav, "version": version}


def _entity(owner: Json, rights: Rights) -> Json:
    owner = _covered(owner, rights)
    states = rights.fields(owner["type"])
    related = [r for r in owner["related"] if r["by"] not in rights.hidden(r["type"])]
    if not states:
        return owner if related == owner["related"] else owner | {"related": related}
    hidden = rights.hidden(owner["type"])
    found = owner | {name: [n for n in owner[name] if n not in hidden] for name in LISTS}
    if owner["order"][0] in hidden:
        found["order"] = [owner["title"], "asc"]
    fields = [f for f in owner["fields"] if f["name"] not in hidden]
    found["fields"] = [f | {"readonly": True} if f["name"] in states else f for f in fields]
    found["related"] = related
    found["actions"] = [
        a for a in owner["actions"] if not any(field in states for _, field, _ in a["effects"])
    ]
    return found


def _covered(owner: Json, rights: Rights) -> Json:
    """What is sensitive to this person; to whom it is shown plainly it is like any other."""
    entity = registry.get(owner["type"])
    if entity is None or not entity.sensitive:
        return owner
    names = masked(rights, entity.type)
    shown = {f.name: sight(rights, entity, f) for f in entity.sensitive}
    found = owner | {name: [n for n in owner[name] if n not in names] for name in ASKING}
    if owner["order"][0] in names:
        found["order"] = [owner["title"], "asc"]
    found["fields"] = [
        f | _told(shown[f["name"]]) if f["name"] in shown else f for f in owner["fields"]
    ]
    return found


def _told(shown: str) -> Json:
    return {"sensitive": shown != OPEN, "tapped": shown not in (OPEN, MASKED),
            "held": shown == HELD}  # fmt: skip


def markable(entity: Entity) -> list[str]:
    """The fields that an organisation may call sensitive: those that it may hide as well, and
    such as must be filled in."""
    needed, fields = _needed(entity), entity.fields.values()
    fit = (f for f in fields if f.kind in FIT and not _is_stamped(f))
    return [f.name for f in fit if not _is_fixed(f, needed)]


def restrictable(entity: Entity) -> dict[str, tuple[str, ...]]:
    """What a role may say of each field: hidden, readonly, and how far a sensitive one is shown.
    Not of those that a record can't do without: its name, and what tells whose it is and how it
    stands; of what must be filled in only how far it is shown."""
    needed, found = _needed(entity), dict[str, tuple[str, ...]]()
    for field in entity.fields.values():
        if _is_fixed(field, needed - {"owner"}):
            continue
        stamped = _is_stamped(field)
        states: list[str] = [] if stamped or field.required else [HIDDEN]
        states += [] if field.readonly or field.required else [READONLY]
        states += [MASKED, HELD, OPEN] if field.sensitive and not stamped else []
        if states:
            found[field.name] = tuple(states)
    return found


def _is_stamped(field: Field) -> bool:
    return field.name in ("owner", "team") or field.name.startswith(("created_", "updated_"))


def _is_fixed(field: Field, needed: set[str | None]) -> bool:
    return bool(field.aside) or field.kind == "state" or field.name in needed


def _needed(entity: Entity) -> set[str | None]:
    """What tells whose a record is, and how it stands."""
    needed: set[str | None] = {entity.title, entity.parent, "deleted", "of", "rec"}
    needed |= {f.name for f in entity.granting} | {f.kind_in for f in entity.fields.values()}
    if entity.shares:
        needed |= {entity.shares.state, entity.shares.person, entity.shares.due}
    return needed
