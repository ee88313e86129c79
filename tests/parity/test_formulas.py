"""Formulas come to the same on both sides, whatever stands in a record, and never fail."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from server.core import formulas
from server.core.custom import language, signs
from server.core.field import make_field
from server.web.views import revealing

KINDS = {"n": "number", "m": "money", "t": "text", "u": "text", "d": "date", "e": "date",
         "b": "bool", "l": "tags", "i": "integer"}  # fmt: skip
FIELDS = {name: make_field(kind, name, name=name, currency="ILS") for name, kind in KINDS.items()}
BINARY = [sign for level in signs.LEVELS for sign in level if sign != "in"]
SINGLE = [name for name, (least, _) in signs.FUNCTIONS.items() if least == 1]
numbers = st.one_of(st.integers(-(10**9), 10**9).map(lambda n: n / 1000), st.integers(-99, 99))
texts = st.text(st.sampled_from("aбאی😀 .-09"), max_size=6)
days = st.dates().map(lambda day: day.isoformat())
docs = st.fixed_dictionaries({
    "n": st.none() | numbers, "m": st.none() | st.integers(-(2**53), 2**53), "t": st.none() | texts,
    "u": st.none() | texts | days, "d": st.none() | days, "e": st.none() | days, "b": st.booleans(),
    "l": st.lists(texts, max_size=3), "i": st.none() | st.integers(-50, 50),
})  # fmt: skip
leaves = st.one_of(
    st.sampled_from([*KINDS, "true", "false", "null", "0", "1.5", "0.1", "100000", "'a'"]),
    st.just("'2026-03-01'"),
)


def grown(inner):
    binary = st.sampled_from(BINARY)
    two = st.sampled_from(["min", "max", "days", "addDays", "round"])
    one = st.sampled_from(SINGLE)
    method = st.sampled_from(["contains", "startsWith", "endsWith"])
    return st.one_of(
        st.tuples(inner, binary, inner).map(lambda p: f"({p[0]} {p[1]} {p[2]})"),
        st.tuples(one, inner).map(lambda p: f"{p[0]}({p[1]})"),
        st.tuples(two, inner, inner).map(lambda p: f"{p[0]}({p[1]}, {p[2]})"),
        st.tuples(inner, method, inner).map(lambda p: f"{p[0]}.{p[1]}({p[2]})"),
        st.tuples(inner, inner, inner).map(lambda p: f"({p[0]} ? {p[1]} : {p[2]})"),
        st.tuples(inner, inner).map(lambda p: f"({p[0]} in [{p[1]}, l])"),
        inner.map(lambda one: f"!{one}"), inner.map(lambda one: f"-({one})"),
    )  # fmt: skip


expressions = st.recursive(leaves, grown, max_leaves=9)
results = st.sampled_from([["number", 2], ["money", 2], ["text", 2], ["date", 2], ["bool", 2]])


@settings(max_examples=120, deadline=None)
@given(st.lists(st.tuples(expressions, docs, results), min_size=20, max_size=20))
def test_both_sides_reckon_alike(node, cases):
    calls = []
    for text, doc, kind in cases:
        with suppress(language.Wrong):  # too long
            calls.append([[*kind, language.read(text, FIELDS)], doc])
    assert calls
    ours = [formulas.result(*call) for call in calls]
    for call, mine, theirs in zip(calls, ours, node.each("formulas.result", calls), strict=True):
        assert mine == theirs and type(mine) is type(theirs), (call, mine, theirs)


@pytest.mark.parametrize(("text", "value"), [
    ("m * 2", 25.0), ("m / 0", None), ("n + 1", None), ("t + '!'", "Hi!"), ("t * 2", None),
    ("b && n > 1", False), ("has(n) || t == 'Hi'", True), ("1 + 1.5", 2.5), ("1.5 == 3 / 2", True),
    ("size('😀א')", 2.0), ("days('2026-02-27', '2026-03-01')", 2.0), ("10 % 4", 2.0),
    ("addDays(d, 30)", "2026-03-03"), ("addDays(d, 99999999)", None), ("'a' in l", True),
    ("l.contains('z')", False), ("min(3, 1, 2)", 1.0), ("round(2.345, 2)", 2.35),
    ("-2 - -3", 1.0), ("1 + 2 * 3 == 7 ? 'y' : 'n'", "y"), ("double('1.50') + 1", 2.5),
])  # fmt: skip
def test_what_it_means(text, value):
    doc = {"m": 1250, "n": None, "t": "Hi", "b": True, "l": ["a"], "d": "2026-02-01"}
    assert formulas.evaluate(language.read(text, FIELDS), doc) == value


@pytest.mark.parametrize(("text", "code", "at"), [
    ("m +", "formula_end", 4), ("m + x_gone", "formula_name", 5), ("m $ 1", "formula_sign", 3),
    ("(m", "formula_end", 3), ("m) + 1", "formula_sign", 2), ("size(t, t)", "formula_count", 1),
    ("t.matches('(a+)+')", "formula_name", 3), ("n n", "formula_sign", 3),
    ("n " * 400, "formula_long", 401), ("", "formula_end", 1),
    ("(" * 60 + "1" + ")" * 60, "formula_long", 25), ("1+" * 300 + "1", "formula_long", 201),
    ("n" * 1001, "formula_long", 1000), ("l.map(x, x)", "formula_name", 3),
    ("'a", "formula_sign", 1),
    ("-" * 200 + "1", "formula_long", 201),
])  # fmt: skip
def test_what_can_not_be_read_says_where(text, code, at):
    with pytest.raises(language.Wrong) as told:
        language.read(text, FIELDS)
    assert (told.value.code, told.value.at) == (code, at)


def test_conditions_show_and_ask_alike(node):
    base = {"in_form": True, "readonly": False, "required": False, "currency": None}
    names = {"t": "t == 'Hi'", "n": "b", "u": "has(t) && n > 2"}
    fields = [
        {**base, "name": name, "kind": KINDS[name],
         "seen_if": language.read(names[name], FIELDS) if name != "t" else None,
         "needed_if": language.read(names["t"], FIELDS)}
        for name in names
    ] + [{**base, "name": "b", "kind": "bool", "seen_if": None, "needed_if": None}]  # fmt: skip
    owner = {"type": "task", "path": "tasks", "fields": fields}
    for query in ({}, {"b": ["1"]}, {"t": ["Hi"]}, {"t": ["Hi"], "b": ["1"], "n": ["3"]}):
        mine = revealing.revealing_view(None, {}, owner, query)
        assert node.call("revealing.revealing_view", None, {}, owner, query) == list(mine)
    known = {"t": "Hi", "b": True, "n": 3, "u": None}
    asked = revealing.asking(owner, None, known)
    assert asked is not None
    assert asked["needed"] == ["t", "n", "u"]
    assert node.call("revealing.asking", owner, None, known) == asked


def test_formulas_of_formulas_are_reckoned_in_one_order_and_circles_left_out(node):
    texts = {"x_c": "x_b * 10", "x_a": "n + 1", "x_b": "x_a * 2", "x_d": "x_e", "x_e": "x_d + x_a"}
    known = FIELDS | {name: make_field("number", name, name=name) for name in texts}
    made = [
        replace(known[name], formula=["number", 0, language.read(text, known)])
        for name, text in texts.items()
    ]  # fmt: skip
    order = formulas.in_order(made)
    assert [field.name for field in order] == ["x_a", "x_b", "x_c"]
    doc = {"id": "r", "ver": 1, "n": 1, **dict.fromkeys(texts)}
    entity = {"fields": [f.describe() for f in made], "reckoned": [f.name for f in order]}
    op = {"k": "set", "rec": "r", "f": "n", "v": 4, "t": 0}
    folded = node.call("fold.fold", doc, [op], {"entity": entity, "me": None})
    ours = doc | {"n": 4}
    for field in order:
        ours[field.name] = formulas.result(field.formula, ours)
    assert [folded[name] for name in texts] == [ours[name] for name in texts]
    assert ours["x_c"] == 100
