"""What can be asked of a field, by its kind, and what a condition comes to for one person at one
moment. Equal to pwa/views/operators.js."""

from __future__ import annotations

import re
from typing import Any

from server.core import money
from server.core.almanac import day_of
from server.core.criteria import Tree, leaves
from server.core.i18n import _l
from server.core.kinds import UUID

from .cells import label_of
from .manifest import Json, field_of, message
from .ranges import DATED, is_range, last_days, resolve

BARE, FROM_TO, COUNTED = ("empty", "filled"), ("between",), ("last", "next")
SINGLE = ("has", "lacks", "starts")
NONE = (("empty", _l("is empty")), ("filled", _l("is not empty")))
TEXT = (("has", _l("contains")), ("lacks", _l("does not contain")), ("starts", _l("starts with")),
        ("is", _l("is")), ("not", _l("is not")), *NONE)  # fmt: skip
PICK = (("is", _l("is any of")), ("not", _l("is none of")), *NONE)
SET = (("is", _l("has any of")), ("not", _l("has none of")), *NONE)
NUMBER = (("between", _l("is between")), ("is", _l("is")), ("not", _l("is not")), *NONE)
DATE = (("is", _l("is")), ("not", _l("is not")), ("between", _l("is between")),
        ("last", _l("in the last days")), ("next", _l("in the next days")), *NONE)  # fmt: skip
OPERATORS: dict[str, Any] = {
    "choice": PICK, "state": PICK, "language": PICK, "person": PICK, "team": PICK, "ref": PICK,
    "tags": SET, "choices": SET, "people": SET, "phones": SET, "bool": (("is", _l("is")),),
    "integer": NUMBER, "money": NUMBER, "number": NUMBER, "date": DATE, "instant": DATE,
}  # fmt: skip
NUMERIC, NAMING = ("integer", "money", "number"), ("ref", "person", "people", "team")
ONESELF = {"person": "me", "people": "me", "team": "mine"}
WHOLE = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,6})?")
COUNT = re.compile(r"[1-9][0-9]{0,3}")


def askable(owner: Json) -> list[Json]:
    """The fields that conditions may name."""
    return [
        f for f in owner["fields"]
        if f["kind"] not in ("json", "picture") and not f["aside"] and not f["sensitive"]
        and f["name"] != "deleted" and not (f.get("custom") and f["kind"] == "longtext")
    ]  # fmt: skip


def operators(field: Json) -> list[tuple[str, str]]:
    """[(operator, label)]"""
    return list(OPERATORS.get(field["kind"], TEXT))


def problem(owner: Json, tree: Tree | None) -> Json | None:
    """{label, message} of the first thing that is wrong with conditions, else None."""
    if tree is None:
        return {"label": None, "message": message("bad_condition")}
    for leaf in leaves(tree):
        field = field_of(owner, leaf["field"])
        if field is None or field not in askable(owner):
            return {"label": None, "message": message("unknown_field")}
        code = fault(field, leaf["op"], leaf["values"])
        if code:
            return {"label": field["label"], "message": message(code)}
    return None


def fault(field: Json, op: str, values: list[str]) -> str | None:
    """The code of what is wrong with a condition."""
    if op not in [name for name, _ in operators(field)]:
        return "bad_condition"
    if op in BARE:
        return "bad_condition" if values else None
    if not values:
        return "required"
    if len(values) > 1 and op in (*SINGLE, *FROM_TO, *COUNTED):
        return "bad_condition"
    return next((code for value in values if (code := _misfit(field, op, value))), None)


def _misfit(field: Json, op: str, value: str) -> str | None:
    kind = field["kind"]
    if op in COUNTED:
        return None if COUNT.fullmatch(value) else "bad_number"
    if kind in DATED:
        return None if _fits_date(field, op, value) else "bad_date"
    if kind in NUMERIC:
        return None if _is_number(value, op) and _is_exact(field, value) else "bad_number"
    if kind in NAMING:
        known = value == ONESELF.get(kind) or UUID.fullmatch(value)
        return None if known else "bad_reference"
    if kind == "bool":
        return None if value in ("true", "false") else "not_a_choice"
    if field["choices"] and label_of(field, value) is None:
        return "not_a_choice"
    return "too_long" if len(value) > 200 else None


def _fits_date(field: Json, op: str, value: str) -> bool:
    if op == "between":
        return ".." in value and is_range(field, value)
    return is_range(field, value) or day_of(value) is not None


def _is_number(value: str, op: str) -> bool:
    if op != "between":
        return WHOLE.fullmatch(value) is not None
    low, dots, high = value.partition("..")
    return bool(dots and (low or high)) and all(WHOLE.fullmatch(e) for e in (low, high) if e)


def _is_exact(field: Json, value: str) -> bool:
    """Of an amount: has it a place in its currency?"""
    ends = [end for end in value.split("..") if end] if field["kind"] == "money" else []
    return all(money.parse(end, field["currency"])[1] is None for end in ends)


def resolved(owner: Json, tree: Tree, me: Json, now: str) -> Tree:
    """What a store is asked: of operators only is, not, has, lacks, starts, empty and filled; days
    as stretches of them, the person themselves by id."""
    return {
        "join": tree["join"],
        "of": [
            resolved(owner, one, me, now) if "of" in one else _resolved(owner, one, me, now)
            for one in tree["of"]
        ],
    }


def minor(field: Json, wanted: str) -> str:
    """What an address says of an amount, as people write it, in units of its currency."""
    if ".." in wanted:
        low, _, high = wanted.partition("..")
        return f"{minor(field, low) if low else ''}..{minor(field, high) if high else ''}"
    value = money.parse(wanted, field["currency"])[0]
    return wanted if value is None else str(value)


def _resolved(owner: Json, leaf: Json, me: Json, now: str) -> Json:
    field = field_of(owner, leaf["field"])
    assert field
    op, values = leaf["op"], leaf["values"]
    if op in COUNTED:
        n = int(values[0])
        values = [resolve(field, last_days(n if op == "last" else -n, me, now), me, now)]
    elif field["kind"] in DATED:
        values = [resolve(field, f"{v}..{v}" if day_of(v) else v, me, now) for v in values]
    elif field["kind"] == "money":
        values = [minor(field, v) for v in values]
    elif field["kind"] in ONESELF:
        oneself = me["team"] if field["kind"] == "team" else me["id"]
        values = [oneself if v == ONESELF[field["kind"]] else v for v in values]
    plain = "is" if op in (*FROM_TO, *COUNTED) else op
    return {"field": field["name"], "op": plain, "values": [v for v in values if v]}
