"""One box for everything, the most relevant first. Equal to pwa/views/search.js."""

from __future__ import annotations

from typing import Any

from server.core.calendars import today
from server.core.text import fold, words

from .addresses import Query, address
from .asking import searched
from .cells import title_of
from .manifest import Json, entity, manifest
from .rows import rows

EACH, LOOKED = 6, 100  # of a kind shown; latest of a kind that are put in order of relevance
FAR = 4  # the rank of what has the words somewhere else than in its title


def search_view(
    store: Any, me: Json, now: str, query: Query, held: bool = False
) -> tuple[str, Json]:
    """Without words what was worked on last; where nothing has the words, what is spelled alike.
    `held`: only what a device holds was looked at."""
    q = searched(query)
    asked = words(q)
    groups = _found(store, me, now, asked, q, _having) if asked else []
    alike = bool(asked) and not groups
    if alike:
        groups = _found(store, me, now, asked, q, _near)
    template = "search_options.html" if "pick" in query else "search.html"
    return template, {
        "q": q, "groups": groups, "alike": alike and bool(groups),
        "everywhere": address("/search", [("q", q), ("scope", "all")]) if held and asked else None,
        "recent": [] if asked else _recent(store, me, now),
    }  # fmt: skip


def searchable(me: Json) -> list[Json]:
    """Kinds of record that can be found by their words."""
    return [
        e for e in manifest()["entities"].values()
        if not e["system"] and any(f["search"] for f in e["fields"])
        and me["can"].get(e["type"], {}).get("see", "none") != "none"
    ]  # fmt: skip


def _found(
    store: Any, me: Json, now: str, asked: list[str], q: str, look: Any
) -> list[Json]:
    ranked = []
    for place, owner in enumerate(searchable(me)):
        records = look(store, owner, asked)
        if records:
            best = min(rank(asked, title_of(owner, one)) for one in records)
            ranked.append((best, place, owner, records))
    day = today(now, me["zone"])
    return [
        {
            "entity": owner,
            "rows": rows(store, me, day, owner, records[:EACH]),
            "all": address(f"/{owner['path']}/", [("q", q)]) if len(records) > EACH else None,
        }
        for _, _, owner, records in sorted(ranked, key=lambda one: one[:2])
    ]


def _having(store: Any, owner: Json, asked: list[str]) -> list[Json]:
    """The latest that have all the words, by how well their titles fit."""
    latest = ["updated_at", "desc"] if "updated_at" in owner["sorts"] else owner["order"]
    wanted: Json = {"words": asked, "filters": {}, "sort": latest, "after": None, "limit": LOOKED,
              "scope": "all"}  # fmt: skip
    found = store.page(owner["type"], wanted)["rows"]
    return sorted(found, key=lambda one: rank(asked, title_of(owner, one)))


def _near(store: Any, owner: Json, asked: list[str]) -> list[Json]:
    found: list[Json] = store.near(owner["type"], asked, EACH)
    return found


def rank(asked: list[str], title: str | None) -> int:
    """0: it is the title; 1: the title opens with it; 2: words of the title do; 3: they have it
    within; FAR: it is elsewhere."""
    name, whole = fold(title), " ".join(asked)
    if name.startswith(whole):
        return 0 if name == whole else 1
    if all(f" {word}" in f" {name}" for word in asked):
        return 2
    return 3 if all(word in name for word in asked) else FAR


def _recent(store: Any, me: Json, now: str) -> list[Json]:
    owner = entity("account")
    if not owner:
        return []
    wanted: Json = {"words": [], "filters": {}, "sort": ["updated_at", "desc"], "after": None,
              "limit": EACH, "scope": "mine"}  # fmt: skip
    found = store.page(owner["type"], wanted)["rows"]
    return rows(store, me, today(now, me["zone"]), owner, found)
