"""What can be chosen: in filters and in forms. Equal to pwa/views/options.js."""

from __future__ import annotations

from typing import Any

from server.core.i18n import _l

from .cells import title_of
from .closing import ALL, UNCLOSED
from .manifest import Json, entity
from .ranges import named_ranges

MANY = 50
YES_NO = (("true", _l("Yes")), ("false", _l("No")))


def filter_options(store: Any, field: Json, value: str, default: str) -> list[Json]:
    """[{value, label, active}]; empty where a text is typed instead. With a default, that comes
    first and all comes last."""
    kind = field["kind"]
    if kind == "bool":
        pairs = [{"value": v, "label": label} for v, label in YES_NO]
    elif kind == "ref":
        title = store.title(field["target"], value)
        pairs = [{"value": value, "label": title}] if title else []
    else:
        pairs = named_ranges(field) or choices(store, field) or []
    if default:
        pairs = [{"value": UNCLOSED, "label": _l("Not closed")}, *pairs,
                 {"value": ALL, "label": _l("All")}]  # fmt: skip
    return [{**pair, "active": pair["value"] == value} for pair in pairs]


def choices(store: Any, field: Json) -> list[Json] | None:
    """[{value, label}] of a field with a fixed set, else None."""
    if field["kind"] in ("person", "people"):
        return store.people()  # type: ignore[no-any-return]
    if field["kind"] == "team":
        return listed(store, "team")
    if field["choices"]:
        return [{"value": value, "label": label} for value, label in field["choices"]]
    return None


def listed(store: Any, kind: str) -> list[Json]:
    """The first records of a kind."""
    owner = entity(kind)
    if owner is None:
        return []
    asked: Json = {"words": [], "filters": {}, "sort": [owner["title"], "asc"], "after": None,
             "limit": MANY, "scope": "all"}  # fmt: skip
    return named(owner, store.page(kind, asked)["rows"])


def named(owner: Json, records: list[Json]) -> list[Json]:
    """As options; those without a title can't be told apart and are left out."""
    pairs = ({"value": r["id"], "label": title_of(owner, r)} for r in records)
    return [pair for pair in pairs if pair["label"]]
