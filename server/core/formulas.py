"""What the tree of a formula or condition comes to for a record; see custom/language.py. Equal to
pwa/store/formulas.js.

All numbers are doubles, amounts of money as people write them. What has no value makes no value of
whatever is done with it, and is not true; so is what can't be done: a text times two, a division
by zero."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from .formula_calls import CALLS, LARGEST, MILLION, Unfit, is_day, number, rounded, same

Doc = Mapping[str, Any]
LONGEST = 1_000  # characters of a text that is made
SAFE = 2**53
SPACES = re.compile(" +")


def evaluate(tree: Any, doc: Doc) -> Any:
    """A string, number, boolean, list or None."""
    try:
        return _run(tree, doc)
    except (Unfit, OverflowError, ZeroDivisionError, ValueError):
        return None


def holds(tree: Any, doc: Doc) -> bool:
    return evaluate(tree, doc) is True


def is_needed(field: Any, doc: Doc) -> bool:
    """Is a field required by its condition? What is not shown is not."""
    shown_at_all = not field.seen_if or holds(field.seen_if, doc)
    return shown_at_all and bool(field.needed_if) and holds(field.needed_if, doc)


def result(formula: Any, doc: Doc) -> Any:
    """The value that a field keeps; `formula` is its kind, the decimals of its currency, and the
    tree."""
    kind, decimals, tree = formula
    value = evaluate(tree, doc)
    if kind == "bool":
        return value is True
    if kind in ("number", "money"):
        return _kept(value, kind, decimals) if type(value) is float else None
    if type(value) is float:
        value = evaluate(["call", "string", ["lit", value]], doc)
    if not isinstance(value, str):
        return None
    if kind == "date":
        return value if len(value) == 10 and is_day(value) else None
    return SPACES.sub(" ", value).strip(" ")[:LONGEST] or None


def _kept(value: float, kind: str, decimals: int) -> int | float | None:
    if not math.isfinite(value * MILLION):
        return None
    if kind == "money":
        whole = math.floor(value * 10**decimals + 0.5)
        return whole if abs(whole) < SAFE else None
    if abs(value) > LARGEST:
        return None
    found = rounded(value)
    return int(found) if found == int(found) else found


def _run(tree: Any, doc: Doc) -> Any:
    op, *rest = tree
    if op in LEAVES:
        return LEAVES[op](doc, *rest)
    if op == "?":
        return _run(rest[1] if _run(rest[0], doc) is True else rest[2], doc)
    if op in ("&&", "||"):
        first = _run(rest[0], doc) is True
        return first if first is (op == "||") else _run(rest[1], doc) is True
    if op == "list":
        return [_run(one, doc) for one in rest]
    if op == "call":
        return _call(rest[0], [_run(one, doc) for one in rest[1:]])
    return _operate(op, [_run(one, doc) for one in rest])


def _get(doc: Doc, name: str) -> Any:
    value = doc.get(name)
    return float(value) if type(value) is int else value


def _amount(doc: Doc, name: str, decimals: int) -> Any:
    value = doc.get(name)
    return None if value is None else value / 10**decimals


LEAVES: dict[str, Callable[..., Any]] = {
    "get": _get, "amount": _amount, "lit": lambda doc, value: value,
    "num": lambda doc, text: float(text),
}  # fmt: skip


def _operate(op: str, values: list[Any]) -> Any:
    if op in ("==", "!="):
        return same(*values) is (op == "==")
    if op == "!":
        return values[0] is not True
    if any(value is None for value in values):
        return None
    if op == "neg":
        return -number(values[0])
    if op == "in":
        if not isinstance(values[1], list):
            raise Unfit
        return any(same(values[0], one) for one in values[1])
    return _two(op, *values)


def _two(op: str, a: Any, b: Any) -> Any:
    if op == "+" and isinstance(a, str) and isinstance(b, str):
        return (a + b)[:LONGEST]
    if isinstance(a, str) and isinstance(b, str) and op in ORDERS:
        return ORDERS[op](a, b)
    return (ORDERS | SUMS)[op](number(a), number(b))


ORDERS: dict[str, Callable[[Any, Any], Any]] = {
    "<": lambda a, b: a < b, "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b, ">=": lambda a, b: a >= b,
}  # fmt: skip
SUMS: dict[str, Callable[[float, float], float]] = {
    "+": lambda a, b: a + b, "-": lambda a, b: a - b, "*": lambda a, b: a * b,
    "/": lambda a, b: a / b, "%": math.fmod,
}  # fmt: skip


def _call(name: str, given: list[Any]) -> Any:
    if name == "has":
        return given[0] not in (None, [])
    if any(one is None for one in given):
        return None
    return CALLS[name](*given)


def names_in(tree: Any) -> list[str]:
    """The fields that a tree names."""
    if not isinstance(tree, list) or not tree:
        return []
    if tree[0] in ("get", "amount"):
        return [tree[1]]
    return [] if tree[0] in ("lit", "num") else [n for one in tree for n in names_in(one)]


def in_order(fields: Iterable[Any]) -> list[Any]:
    """Fields with formulas, each after those that its formula names. Fields that need each other
    are left out, and so is what needs these."""
    found: list[Any] = []
    waiting = {field.name: field for field in fields if field.formula}
    while ready := [f for f in waiting.values() if waiting.keys().isdisjoint(names_of(f))]:
        found += ready
        for field in ready:
            del waiting[field.name]
    return found


def names_of(field: Any) -> list[str]:
    """The fields that a field's value follows from."""
    return names_in(field.formula[2])
