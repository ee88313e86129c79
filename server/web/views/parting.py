"""Parts of what a list is asked for: the records with one value of a field. Equal to
pwa/views/parting.js."""

from __future__ import annotations

from typing import Any

from server.core.i18n import _l

from . import asking
from .addresses import escape
from .manifest import Json

NONE = _l("None")


def part(question: Json, name: str, value: str) -> Json:
    """What `store.page` is asked for one value; the empty one stands for none."""
    if value:
        return {**question, "filters": {**question["filters"], name: value}}
    empty, where = {"field": name, "op": "empty", "values": []}, question["where"]
    of = [*where["of"], empty] if where["join"] == "and" else [where, empty]
    return {**question, "where": {"join": "and", "of": of}}


def more(owner: Json, asked: Json, page: Json) -> str | None:
    """Where the rest of the part is."""
    if not page["next"]:
        return None
    return f"{asking.link(owner, asked, after=page['next'])}&col={escape(asked['col'])}"


def shares(store: Any, owner: Json, question: Json, field: Json) -> Json:
    """How many records of what is asked have each value, and whether these are all."""
    found: Json = store.tally(owner["type"], {**question, "after": None}, field["name"])
    return found
