"""Records by their words, and the latest: what searches, warnings and Today ask. Equal to
pwa/views/looking.js."""

from __future__ import annotations

from typing import Any

from server.core.calendars import today
from server.core.likeness import likeness
from server.core.skeleton import sought
from server.core.text import fold

from .cells import title_of
from .manifest import Json, entity
from .rows import rows

FAR = 4  # the rank of what has the words somewhere else than in its title
SOUNDING = 20  # names that sound alike and are compared
ALIKE = 75  # percent, from which on they are the same to somebody who types


def page(
    store: Any, kind: str, sort: list[str], limit: int, scope: str = "mine",
    words: list[str] | None = None, filters: Json | None = None,
) -> list[Json]:  # fmt: skip
    """The first page of a list."""
    asked = {"words": words or [], "filters": filters or {}, "sort": sort, "after": None,
             "limit": limit, "scope": scope}  # fmt: skip
    return store.page(kind, asked)["rows"]  # type: ignore[no-any-return]


def having(store: Any, owner: Json, words: list[str], limit: int) -> list[Json]:
    """The latest that have all the words."""
    latest = ["updated_at", "desc"] if "updated_at" in owner["sorts"] else owner["order"]
    return page(store, owner["type"], latest, limit, "all", words) if words else []


def sounding(store: Any, owner: Json, name: str) -> list[Json]:
    """Whose names sound so, in whatever script; the most alike first."""
    tokens = sought(name) if owner["twins"] else []
    found = [(likeness(name, title_of(owner, one)), one)
             for one in having(store, owner, tokens, SOUNDING)]  # fmt: skip
    alike = [pair for pair in found if pair[0] >= ALIKE]
    return [one for _, one in sorted(alike, key=lambda pair: -pair[0])]


def rank(asked: list[str], title: str | None) -> int:
    """0: it is the title; 1: the title opens with it; 2: words of the title do; 3: they have it
    within; FAR: it is elsewhere."""
    name, whole = fold(title), " ".join(asked)
    if name.startswith(whole):
        return 0 if name == whole else 1
    if all(f" {word}" in f" {name}" for word in asked):
        return 2
    return 3 if all(word in name for word in asked) else FAR


def lately(store: Any, me: Json, now: str, most: int) -> list[Json]:
    """Customers that were worked on last."""
    owner = entity("account")
    if not owner:
        return []
    found = page(store, "account", ["updated_at", "desc"], most)
    return rows(store, me, today(now, me["zone"]), owner, found)
