"""Filters of one value: as an address says them, and as a store is asked. Equal to narrowing.js."""

from __future__ import annotations

from server.core import criteria, text

from .addresses import Query, one
from .cells import CHOSEN, label_of
from .closing import ALL, UNCLOSED, default_of, open_states
from .manifest import Json
from .operators import minor
from .ranges import DATED, is_range, resolve


def filters_of(owner: Json, query: Query, tree: Json) -> dict[str, str]:
    """What conditions say of a state takes the place of its default."""
    found = {}
    named = [leaf["field"] for leaf in criteria.leaves(tree)]
    for field in owner["fields"]:
        offered = field["name"] in owner["filters"] or field["kind"] == "ref"
        value = text.clean(one(query, field["name"]))
        default = default_of(owner, field)
        if offered and value not in ("", default) and _is_askable(field, value, default):
            found[field["name"]] = value
        elif default and field["name"] in named:
            found[field["name"]] = ALL
    return found


def _is_askable(field: Json, value: str, default: str) -> bool:
    if default and value == ALL:
        return True
    if field["kind"] in DATED:
        return is_range(field, value)
    if field["kind"] in (*CHOSEN, "choices"):
        return label_of(field, value) is not None
    return field["kind"] != "bool" or value in ("true", "false")


def _exactly(field: Json, value: str, me: Json, now: str) -> str:
    if field["kind"] in DATED:
        return resolve(field, value, me, now)
    return minor(field, value) if field["kind"] == "money" else value


def wanted(owner: Json, filters: dict[str, str], me: Json, now: str) -> Json:
    """Filters as values, or lists and stretches of them."""
    found: Json = {}
    for field in owner["fields"]:
        default = default_of(owner, field)
        value = filters.get(field["name"], default)
        if default and value == UNCLOSED:
            found[field["name"]] = open_states(owner)
        elif value and not (default and value == ALL):
            found[field["name"]] = _exactly(field, value, me, now)
    return found
