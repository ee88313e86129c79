"""How a list is shown: as rows, in groups of them, as a board or as a calendar. Equal to
pwa/views/arranging.js."""

from __future__ import annotations

from server.core import text
from server.core.almanac import day_of

from .addresses import Query, one
from .cells import NAMED
from .manifest import Json
from .operators import askable
from .ranges import DATED

SPANS = ("month", "week", "agenda")
LONGEST = 36  # characters of an id


def look_of(owner: Json, query: Query) -> Json:
    """{look: "" for rows, "board" or "calendar", by: the field that makes groups, columns or days,
    col: one of the groups or columns, at: a day of the calendar, span}."""
    look = one(query, "look")
    offered = {"board": boardable, "calendar": datable}.get(look, groupable)(owner)
    if not offered:
        return {"look": "", "by": "", "col": None, "at": "", "span": ""}
    look = look if look in ("board", "calendar") else ""
    named = next((f for f in offered if f["name"] == one(query, "by")), None)
    field = named or (offered[0] if look else None)
    at, span = one(query, "at"), one(query, "span")
    dated = look == "calendar"
    return {
        "look": look,
        "by": field["name"] if field else "",
        "col": _part(field, query) if field and not dated else None,
        "at": at if dated and day_of(at) is not None else "",
        "span": span if dated and span in SPANS else "",
    }


def _part(field: Json, query: Query) -> str | None:
    """The value of one group; empty for those without."""
    if "col" not in query:
        return None
    col = text.clean(one(query, "col"))
    if not field["choices"]:
        return col if len(col) <= LONGEST else None
    return col if col in ("", *(value for value, _ in field["choices"])) else None


def boardable(owner: Json) -> list[Json]:
    """The fields that can make the columns of a board, that of the record's state first."""
    found = [f for f in askable(owner) if f["kind"] in ("state", "choice") and f["choices"]]
    return sorted(found, key=lambda f: f["kind"] != "state")


def groupable(owner: Json) -> list[Json]:
    """Those that can make groups of rows."""
    return boardable(owner) + [f for f in askable(owner) if f["kind"] in NAMED and f["target"]]


def datable(owner: Json) -> list[Json]:
    """Those that can give records a place in a calendar, what may be moved there first."""
    found = [f for f in askable(owner) if f["kind"] in DATED]
    return sorted(found, key=lambda f: f["readonly"] or not f["in_form"])
