"""Conditions as chips above a list. Equal to pwa/views/conditions.js.

CONDITION = {join, parts: [{label, op, kind, values: [VALUE]}], href: the list without it}
VALUE = {text, how}: how is "label" (ours, to be translated), "own" (as people wrote it), "date" or
"number".
"""

from __future__ import annotations

from typing import Any

from server.core.criteria import write
from server.core.i18n import _l

from . import asking
from .cells import CHOSEN, NAMED, label_of
from .manifest import Json, field_of
from .operators import COUNTED, NUMERIC, ONESELF, operators
from .options import YES_NO
from .ranges import DATED, all_ranges, named_ranges

MYSELF = {"me": _l("Me"), "mine": _l("My team")}


def conditions(store: Any, owner: Json, asked: Json) -> list[Json]:
    tree = asked["tree"]
    groups = [tree] if tree["join"] == "or" else tree["of"]
    return [_condition(store, owner, asked, one) for one in groups]


def _condition(store: Any, owner: Json, asked: Json, one: Json) -> Json:
    tree = asked["tree"]
    of = [other for other in tree["of"] if other is not one and tree["join"] == "and"]
    where = write({"join": "and", "of": of})
    return {
        "join": one.get("join", "and"),
        "parts": [_part(store, owner, leaf) for leaf in _flat(one)],
        "href": asking.link(owner, asked, where=where, after=None),
    }


def _flat(one: Json) -> list[Json]:
    return [leaf for part in one["of"] for leaf in _flat(part)] if "of" in one else [one]


def _part(store: Any, owner: Json, leaf: Json) -> Json:
    field = field_of(owner, leaf["field"])
    assert field
    ops = dict(operators(field))
    values = [v for one in leaf["values"] for v in _values(store, field, leaf["op"], one)]
    return {"label": field["label"], "op": ops[leaf["op"]], "kind": field["kind"], "values": values}


def _values(store: Any, field: Json, op: str, value: str) -> list[Json]:
    kind = field["kind"]
    if op in COUNTED:
        return [{"text": value, "how": "number"}]
    if kind in DATED or (kind in NUMERIC and op == "between"):
        return _stretch(field, value)
    if kind in (*CHOSEN, "choices", "bool"):
        return [{"text": _label(field, value) or value, "how": "label"}]
    if value in MYSELF and value == ONESELF.get(kind):
        return [{"text": MYSELF[value], "how": "label"}]
    if kind in NAMED or kind == "people":
        return [{"text": store.title(field["target"], value) or "—", "how": "own"}]
    return [{"text": value, "how": "own"}]


def _stretch(field: Json, value: str) -> list[Json]:
    """A name, or both ends, of which one may be missing."""
    names = {o["value"]: o["label"] for o in [*all_ranges(field), *named_ranges(field)]}
    if value in names:
        return [{"text": names[value], "how": "label"}]
    how = "date" if field["kind"] in DATED else "number"
    ends = value.split("..", 1)
    return [{"text": end or "…", "how": how if end else "own"} for end in ends]


def _label(field: Json, value: str) -> str | None:
    return dict(YES_NO).get(value) if field["kind"] == "bool" else label_of(field, value)
