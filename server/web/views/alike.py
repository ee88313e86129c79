"""Who is known already like the one being typed. Equal to pwa/views/alike.js."""

from __future__ import annotations

from typing import Any

from server.core.text import fold, words

from .addresses import Query, address, one
from .cells import title_of
from .looking import having, rank, sounding
from .manifest import Json, editable
from .rows import row
from .typed import decimal, read

MOST, LOOKED = 3, 20
PHONES = ("phone", "phones")
OPENS = 1  # the rank of a title that opens with the words
SHORT = 4  # letters of a name that too many are like


def alike_view(store: Any, me: Json, owner: Json, query: Query) -> tuple[str, Json]:
    """By name, phone or e-mail, as far as they are typed; `self` is the record in the form."""
    read_ = {f["name"]: read(f, query.get(f["name"], []), me) for f in telling(owner)}
    given = {name: value for name, (value, code) in read_.items() if not code}
    likely = known_alike(store, owner, given, one(query, "self"))[:MOST]
    return "entity/alike.html", {
        "alike": [
            {"row": row(store, me, "", owner, match["record"]), "same": match["same"]}
            for match in likely
        ],
    }


def known_alike(store: Any, owner: Json, given: Json, but: str | None) -> list[Json]:
    """`{record, same: [labels]}` of those that share something, the most of it first."""
    found: dict[str, Json] = {}
    for field in telling(owner):
        if field["name"] in given:
            _look(store, owner, field, given[field["name"]], found)
    found.pop(but or "", None)
    return sorted(found.values(), key=lambda match: -len(match["same"]))


def asking_alike(owner: Json, rec: str | None) -> Json | None:
    """Where a form asks for them, and with which of its inputs."""
    names = [f["name"] for f in telling(owner)]
    fields = ", ".join(f"#record-form [name='{name}']" for name in names)
    href = address(f"/{owner['path']}/alike", [("self", rec)])
    return {"href": href, "fields": fields} if names else None


def telling(owner: Json) -> list[Json]:
    """The fields by which records are told apart; of papers there may be many alike. And those of
    which an organisation wants to be warned."""
    by = (*PHONES, "email") if owner["twins"] else ()
    return [
        f for f in editable(owner) if not f["sensitive"]
        if f["kind"] in by or f.get("sole") or (by and f["name"] == owner["title"])
    ]  # fmt: skip


def _look(store: Any, owner: Json, field: Json, value: Any, found: dict[str, Json]) -> None:
    for one_ in value if isinstance(value, list) else [value]:
        for record in _same(store, owner, field, one_) if one_ else []:
            match = found.setdefault(record["id"], {"record": record, "same": []})
            if field["label"] not in match["same"]:
                match["same"].append(field["label"])


def _same(store: Any, owner: Json, field: Json, value: Any) -> list[Json]:
    if field.get("sole"):
        return _exactly(store, owner, field, value)
    if field["name"] == owner["title"]:
        return _named(store, owner, value)
    asked = [value.lstrip("+")] if field["kind"] in PHONES else words(value)
    found = having(store, owner, asked, LOOKED)
    return [r for r in found if _holds(r[field["name"]], value)]


def _holds(held: Any, value: str) -> bool:
    return any(fold(one_) == fold(value) for one_ in (held if isinstance(held, list) else [held]))


def _named(store: Any, owner: Json, name: str) -> list[Json]:
    """Of one word only the same name, of more those that have them all; whatever sounds so in any
    script; else what is spelled so but for a letter or two."""
    asked = words(name)
    if sum(map(len, asked)) < SHORT:
        return []
    most = OPENS if len(asked) == 1 else OPENS + 1
    had = having(store, owner, asked, LOOKED)
    found = [r for r in had if rank(asked, title_of(owner, r)) <= most]
    found += sounding(store, owner, name)
    return found or (store.near(owner["type"], asked, MOST) if len(asked) > 1 else [])


def _exactly(store: Any, owner: Json, field: Json, value: Any) -> list[Json]:
    text = decimal(value) if field["kind"] == "number" else value
    leaf = {"field": field["name"], "op": "is", "values": [text]}
    asked: Json = {"words": [], "filters": {}, "where": {"join": "and", "of": [leaf]},
                   "sort": owner["order"], "after": None, "limit": LOOKED,
                   "scope": "all"}  # fmt: skip
    found: list[Json] = store.page(owner["type"], asked)["rows"]
    return found
