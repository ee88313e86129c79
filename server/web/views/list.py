"""Lists of any entity. Equal to pwa/views/list.js."""

from __future__ import annotations

from typing import Any

from server.core import criteria, text
from server.core.calendars import today
from server.core.i18n import _l

from . import asking
from .addresses import Query, address, one
from .board import board, cards_of
from .builder import filter_address
from .cells import cells, is_empty, title_of
from .chosen import doable, offers
from .columns import arranging, column, offered
from .conditions import conditions
from .counting import counted
from .filtering import filters_offered
from .grouping import groups, rows_of
from .looks import looks
from .manifest import Json, field_of
from .may import may_create, may_export
from .rows import rows
from .saved import opened, saved
from .schedule import schedule

PAGE, PICKS = 50, 8
PARTS = {"entity/list.html": "entity/rows.html", "entity/board.html": "entity/stacks.html",
         "entity/calendar.html": "entity/weeks.html"}  # fmt: skip
SCOPES = (("mine", _l("Mine")), ("all", _l("All")))


def list_view(
    store: Any, me: Json, now: str, owner: Json, query: Query, default_scope: str = "all",
    fallback: bool = False, as_of: str | None = None,
) -> tuple[str, Json]:  # fmt: skip
    """`fallback`: all was asked for, and what is held is shown, as of an instant."""
    query, view = opened(store, me, owner, query)
    asked = asking.read(owner, me, query, default_scope)
    if asked["col"] is not None:
        return _part(store, me, now, owner, asked)
    head = _head(store, me, owner, asked) | {"fallback": fallback, "as_of": as_of}
    head |= saved(store, me, owner, asked, view, default_scope)
    if asked["look"] == "board":
        return "entity/board.html", head | board(store, me, now, owner, asked)
    if asked["look"] == "calendar":
        return "entity/calendar.html", head | schedule(store, me, now, owner, asked)
    return "entity/list.html", head | _rows(store, me, now, owner, asked)


def _rows(store: Any, me: Json, now: str, owner: Json, asked: Json) -> Json:
    columns = asked["columns"]
    if asked["by"]:
        return {"rows": [], "next": None, **groups(store, me, now, owner, asked, columns)}
    question = asking.to_store(owner, asked, PAGE, me, now)
    page = store.page(owner["type"], question)
    found = rows(store, me, today(now, me["zone"]), owner, page["rows"], columns)
    after = asking.link(owner, asked, after=page["next"]) if page["next"] else None
    return {"rows": found, "next": after, "groups": [], "grouped": False, "whole": True, "left": 0,
            "count": counted(store, owner, question, page)}  # fmt: skip


def _part(store: Any, me: Json, now: str, owner: Json, asked: Json) -> tuple[str, Json]:
    """More of one group or column."""
    if asked["look"] == "board":
        return "entity/cards.html", {"entity": owner, **cards_of(store, me, now, owner, asked)}
    found = rows_of(store, me, now, owner, asked, asked["columns"])
    rest = {"bulk": offers(me, owner), "count": None, "anew": False, "going_on": goes_on(asked)}
    return "entity/rows.html", {"entity": owner, **rest, **found}


def _head(store: Any, me: Json, owner: Json, asked: Json) -> Json:
    """All around the records."""
    columns = asked["columns"]
    fields = [field_of(owner, name) for name in columns]
    filters = filters_offered(store, owner, asked)
    return {
        "entity": owner,
        "title": owner["plural"],
        "q": asked["q"],
        "scope": asked["scope"],
        "scopes": [] if asked["complete"] else [_scope(owner, asked, *s) for s in SCOPES],
        "filters": filters,
        "active_filters": len(asked["filters"]) + len(criteria.leaves(asked["tree"])),
        "conditions": conditions(store, owner, asked),
        "fault": asked["fault"],
        "count": None,
        "anew": False,
        "going_on": goes_on(asked),
        "where": asked["where"],
        "cols": ",".join(asked["cols"]),
        "hidden": asking.hidden(asked),
        "usual": asking.link(owner, asked, cols=[], after=None),
        "arranging": arranging(store, me, owner, asked),
        "offered": offered(owner, columns),
        "builder": filter_address(owner, asked),
        "sort": asked["sort"] if asked["given"] else "",
        "dir_": asked["dir"] if asked["given"] else "",
        "columns": [column(owner, asked, f) for f in fields if f],
        "looks": looks(owner, asked),
        "bulk": None if asked["look"] else offers(me, owner),
        "look": asked["look"],
        "by_field": asked["by"],
        "inline": [f["name"] for f in doable(owner, "set")],
        "create": _create(me, owner, asked),
        "export": _export(me, owner, asked),
        "import_": f"/imports/new?of={owner['type']}" if _create(me, owner, asked) else None,
    }


def goes_on(asked: Json) -> bool:
    """Is it a page that follows on another?"""
    return asked["after"] is not None


def rows_view(store: Any, me: Json, now: str, owner: Json, *rest: Any) -> tuple[str, Json]:
    """Only the rows of the same list."""
    template, context = list_view(store, me, now, owner, *rest)
    context = {**context, "anew": True}
    if context.get("groups"):
        return "entity/groups.html", context
    return PARTS.get(template, template), context


def options_view(store: Any, owner: Json, query: Query) -> tuple[str, Json]:
    """What a form's picker offers for the words typed."""
    asked = {
        "words": text.words(text.clean(one(query, "q"))[: asking.LONGEST]),
        "filters": {},
        "sort": owner["order"],
        "after": None,
        "limit": PICKS,
        "scope": "all",
    }
    found = store.page(owner["type"], asked)["rows"]
    options = [
        {"value": r["id"], "title": title_of(owner, r), "sub": _beside(store, owner, r)}
        for r in found
    ]
    return "entity/options.html", {"options": options, "name": one(query, "pick")}


def _beside(store: Any, owner: Json, record: Json) -> str:
    """What tells two of the same name apart, where it needs no translation."""
    found = cells(store, owner, record, owner["sub"])
    shown = [c["text"] or c["value"] for c in found if c["kind"] in ("text", "ref", "autonumber")]
    return " · ".join(s for s in shown if not is_empty(s))


def _scope(owner: Json, asked: Json, value: str, label: str) -> Json:
    href = asking.link(owner, asked, scope=value, after=None)
    return {"value": value, "label": label, "href": href, "active": asked["scope"] == value}


def _export(me: Json, owner: Json, asked: Json) -> str | None:
    """The same list as a file."""
    there = f"/{owner['path']}/"
    list_ = asking.link(owner, asked, after=None)
    return f"{there}export{list_.removeprefix(there)}" if may_export(me, owner["type"]) else None


def _create(me: Json, owner: Json, asked: Json) -> str | None:
    if owner["readonly"] or owner["attached"] or not may_create(me, owner["type"]):
        return None
    refs = [f["name"] for f in owner["fields"] if f["kind"] == "ref"]
    return address(f"/{owner['path']}/new", [(n, asked["filters"].get(n)) for n in refs])
