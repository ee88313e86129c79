"""One box for everything, the most relevant first. Equal to pwa/views/search.js."""

from __future__ import annotations

from typing import Any

from server.core.calendars import today
from server.core.text import words

from .addresses import Query, address
from .asking import searched
from .cells import title_of
from .looking import having, lately, rank, sounding
from .manifest import Json, manifest
from .rows import rows

EACH, LOOKED = 6, 100  # of a kind shown; latest of a kind that are put in order of relevance


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
        "recent": [] if asked else lately(store, me, now, EACH),
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
        records = look(store, owner, asked, q)
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


def _having(store: Any, owner: Json, asked: list[str], q: str) -> list[Json]:
    """By how well their titles fit; where these are few, also those whose names sound so."""
    found = having(store, owner, asked, LOOKED)
    found.sort(key=lambda one: rank(asked, title_of(owner, one)))
    if len(found) < EACH:
        ids = {one["id"] for one in found}
        found += [one for one in sounding(store, owner, q) if one["id"] not in ids]
    return found


def _near(store: Any, owner: Json, asked: list[str], _q: str) -> list[Json]:
    found: list[Json] = store.near(owner["type"], asked, EACH)
    return found
