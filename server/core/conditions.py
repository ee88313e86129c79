"""Filters and places in a list as SQL. pwa/store/match.js and page.js have the same meaning."""

from __future__ import annotations

import json
import re
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Table, and_, cast, false, func, or_, select
from sqlalchemy.dialects.postgresql import JSONB

from .custom.values import column_of, matching, yes
from .entity import Entity, Field
from .kinds import KINDS, NUMBERS

NUMBER = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,6})?")
STRETCHES = ("date", "instant", *NUMBERS)
Wanted = str | list[str]
Clause = ColumnElement[bool]


def condition(field: Field, column: Any, wanted: Wanted, lite: bool) -> Clause:
    """A filter as a clause. A list of wanted values asks for any of them, `a..b` for a stretch of
    dates or numbers, whose ends belong to it and may be left out."""
    if isinstance(wanted, list):
        return or_(false(), *(condition(field, column, one, lite) for one in wanted))
    if KINDS[field.kind].is_list:
        return _has(column, wanted, lite)
    if field.kind == "bool":
        return column.is_(wanted == "true")  # type: ignore[no-any-return]
    if field.kind in STRETCHES and ".." in wanted:
        return _within(field, column, wanted)
    value = number(wanted) if field.kind in NUMBERS else wanted
    return false() if value is None else column == value


def custom_condition(org: int, entity: Entity, field: Field, wanted: Wanted) -> Clause:
    """The same of a field that has no column."""
    if isinstance(wanted, list):
        return or_(false(), *(custom_condition(org, entity, field, one) for one in wanted))
    if field.kind == "bool":
        return yes(org, entity, field, wanted == "true")  # type: ignore[no-any-return]
    column, is_list = column_of(field), KINDS[field.kind].is_list
    clause = column == wanted if is_list else condition(field, column, wanted, True)
    return matching(org, entity, field, clause)  # type: ignore[no-any-return]


def _within(field: Field, column: Any, wanted: str) -> Clause:
    """A day as the last of instants is the whole day."""
    low, _, high = wanted.partition("..")
    if field.kind not in NUMBERS:
        upto = [column <= f"{high}~"] if high else []
        return and_(column >= low, *upto)
    ends = [number(end) if end else None for end in (low, high)]
    if (low and ends[0] is None) or (high and ends[1] is None):
        return false()
    clauses = [column.is_not(None)]
    clauses += [column >= ends[0]] if low else []
    return and_(*clauses, *([column <= ends[1]] if high else []))


def number(text: str) -> int | float | None:
    plain = text.isascii() and NUMBER.fullmatch(text)
    return (float(text) if "." in text else int(text)) if plain else None


def _has(column: Any, wanted: str, lite: bool) -> Clause:
    """A list in JSON with this element. Looking for its text first spares most of the parsing."""
    quoted = json.dumps(wanted, ensure_ascii=False)
    if lite:
        each = func.json_each(column).table_valued("value")
        return and_(func.instr(column, quoted) > 0, _any(each, wanted))
    parts = func.jsonb_array_elements_text(cast(column, JSONB)).table_valued("value")
    return and_(func.strpos(column, quoted) > 0, _any(parts, wanted))


def _any(elements: Any, wanted: str) -> Clause:
    return select(1).select_from(elements).where(elements.c.value == wanted).exists()


def place(entity: Entity, sort: str, after: list[Any] | None) -> list[Any] | None:
    """The place if it can be one in this order, else None: somebody made it up."""
    if after is None:
        return None
    value = after[0]
    if sort in ("", entity.title):
        return after if type(value) is str else None
    wanted = (int, float) if entity.fields[sort].kind in NUMBERS else (str,)
    return after if value is None or type(value) in wanted else None


def beyond(column: Any, id_: Any, after: list[Any], down: bool, id_down: bool) -> Clause:
    """What comes after [value, id]; the outer bound is what an index can be entered by."""
    value, last = after
    rest = id_ < last if id_down else id_ > last
    if value is None:
        return rest  # type: ignore[no-any-return]
    if down:
        return and_(column <= value, or_(column < value, rest))
    return and_(column >= value, or_(column > value, rest))


@cache
def looked_up(table: Table) -> frozenset[str]:
    """Columns by whose value rows are found along an index."""
    before = ("org", "type", "deleted")
    named = ([c.name for c in index.columns] for index in table.indexes)
    first = (next((name for name in one if name not in before), "") for one in named)
    return frozenset(first) - {"", "id"}
