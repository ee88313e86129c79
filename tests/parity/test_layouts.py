"""Layouts and links come out alike on both sides."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from server.core import text
from server.web.views import layouts, links

KINDS = {"a": "text", "b": "number", "c": "tags", "d": "bool", "e": "money"}
FIELDS: list[dict[str, Any]] = [
    {"name": name, "kind": kind, "required": name == "a", "group": "G", "currency": "ILS",
     "target": None, "choices": None, "retired": []}
    for name, kind in KINDS.items()
]  # fmt: skip
names = st.lists(st.sampled_from([*"abcde", "gone"]), max_size=5)
groups = st.lists(st.fixed_dictionaries({
    "label": st.sampled_from(["One", "Two"]), "columns": st.sampled_from([1, 2]), "fields": names,
}), max_size=3)  # fmt: skip
plans = st.fixed_dictionaries({"groups": groups, "unseen": names})
people = st.sampled_from([{"role": "seller"}, {"role": "admin"}, {"roles": ["r2", "r1"]}, {}])


@settings(max_examples=80, deadline=None)
@given(st.dictionaries(st.sampled_from(["", "seller", "r1"]), plans), people)
def test_fields_are_arranged_alike(node, known, me):
    owner = {"layouts": known}
    mine = layouts.arranged(owner, me, FIELDS)
    assert node.call("layouts.arranged", owner, me, FIELDS) == mine
    assert {f["name"] for f in mine} >= {"a"}


values = st.fixed_dictionaries({
    "a": st.none() | st.text(max_size=12).map(text.clean), "b": st.none() | st.integers(-9, 9),
    "c": st.lists(st.sampled_from(["x y", "ב", "&"]), max_size=2), "d": st.booleans(),
    "e": st.none() | st.integers(-9999, 9999),
})  # fmt: skip
parts = st.lists(st.one_of(st.sampled_from([*"abcde", "gone"]).map(lambda n: [n]),
                           st.just("https://x.example/?q=")), max_size=4)  # fmt: skip


@settings(max_examples=80, deadline=None)
@given(values, st.lists(parts, max_size=3))
def test_links_are_made_alike(node, record, known):
    owner = {"fields": FIELDS, "links": [{"label": "L", "parts": one} for one in known]}
    mine = links.links_of(None, owner, record)
    assert node.call("links.links_of", None, owner, record) == mine
