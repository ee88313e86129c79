"""The filters that a list offers beside its search. Equal to pwa/views/filtering.js."""

from __future__ import annotations

from typing import Any

from . import asking
from .closing import default_of
from .manifest import Json
from .options import filter_options


def filters_offered(store: Any, owner: Json, asked: Json) -> list[Json]:
    """A reference only while it is asked for, since there is no list to offer."""
    found = []
    for field in owner["fields"]:
        default = default_of(owner, field)
        value = asked["filters"].get(field["name"], default)
        named = field["name"] in owner["filters"] and field["kind"] != "ref"
        if (value or named) and not _is_spread(asked, field, value, default):
            options = filter_options(store, field, value, default)
            found.append({"name": field["name"], "label": field["label"], "kind": field["kind"],
                          "value": value, "default": default, "options": options,
                          "without": _without(owner, asked, field["name"])})  # fmt: skip
    return found


def _is_spread(asked: Json, field: Json, value: Any, default: str) -> bool:
    """A board that has columns for all states also has those that are closed: to say there that
    what is shown is not closed would be wrong."""
    columns = asked["look"] == "board" and asked["by"] == field["name"]
    return bool(columns and default and value == default)


def _without(owner: Json, asked: Json, name: str) -> str:
    """The list without one of its filters."""
    rest = {n: v for n, v in asked["filters"].items() if n != name}
    return asking.link(owner, asked, filters=rest, after=None)
