"""A list as a board: a column for each value of a choice or state. Equal to pwa/views/board.js.

COLUMN = {value, label, n, cards: [CARD], next}; `whole`: n are all there are
CARD = a ROW with {ver, moves: [{value, label}]}: the columns that it may be moved to.
"""

from __future__ import annotations

from typing import Any

from server.core.calendars import today

from . import asking
from .closing import ALL, UNCLOSED
from .form import as_json
from .manifest import Json, field_of
from .may import is_open, may
from .parting import NONE, more, part, shares
from .rows import row, state_of

CARDS = 20  # of a column at once


def board(store: Any, me: Json, now: str, owner: Json, asked: Json) -> Json:
    field = field_of(owner, asked["by"])
    assert field
    wanted = _question(owner, asked, me, now)
    tally = shares(store, owner, wanted, field)
    chosen = wanted["filters"].get(field["name"])
    pairs = [*field["choices"], *([] if field["required"] else [["", NONE]])]
    return {
        "by": {"name": field["name"], "label": field["label"], "kind": field["kind"]},
        "whole": tally["whole"],
        "stacks": [
            {"value": value, "label": label, "n": tally["counts"].get(value, 0),
             **cards_of(store, me, now, owner, {**asked, "col": value, "after": None})}
            for value, label in pairs
            if chosen is None or value in ([chosen] if isinstance(chosen, str) else chosen)
        ],
    }  # fmt: skip


def _question(owner: Json, asked: Json, me: Json, now: str) -> Json:
    """What closed states hide from a list has columns of its own here."""
    filters = asked["filters"]
    standing = filters.get(asked["by"], UNCLOSED)
    if standing == UNCLOSED:
        filters = {**filters, asked["by"]: ALL}
        if not owner["closed"] or field_of(owner, asked["by"]) != state_of(owner):
            filters = {n: v for n, v in filters.items() if n != asked["by"]}
    return asking.to_store(owner, {**asked, "filters": filters}, CARDS, me, now)


def cards_of(store: Any, me: Json, now: str, owner: Json, asked: Json) -> Json:
    """{cards, next} of one column."""
    question, value = _question(owner, asked, me, now), asked["col"]
    if value in owner["closed"] and not asked["given"]:
        question = {**question, "sort": ["updated_at", "desc"]}  # what was closed last
    page = store.page(owner["type"], part(question, asked["by"], value))
    return {
        "by": {"name": asked["by"]},
        "here": asking.link(owner, asked, after=None),
        "cards": [_card(store, me, now, owner, asked, record) for record in page["rows"]],
        "next": more(owner, asked, page),
    }


def _card(store: Any, me: Json, now: str, owner: Json, asked: Json, record: Json) -> Json:
    field = field_of(owner, asked["by"])
    assert field
    value = record[field["name"]]
    free = field["in_form"] and not field["readonly"] and is_open(owner, record, now)
    moves = _moves(field, value) if free and may(me, store, record, "change") else []
    return {
        **row(store, me, today(now, me["zone"]), owner, record),
        "ver": record["ver"],
        "value": value or "",
        "was": as_json({field["name"]: value}),
        "moves": moves,
    }


def _moves(field: Json, value: str | None) -> list[Json]:
    """Where the declaration lets it go."""
    pairs = [{"value": v, "label": label} for v, label in field["choices"] if v != value]
    if field["states"]:
        return [p for p in pairs if p["value"] in field["states"].get(value or "", [])]
    none = [{"value": "", "label": NONE}] if value and not field["required"] else []
    return [*pairs, *none]
