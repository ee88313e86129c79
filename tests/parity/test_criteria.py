"""The line of conditions in an address: read and written alike on both sides, whatever it says."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from server.core import criteria
from server.core.text import clean

from .halves import begin, plain

known = st.characters(exclude_categories=("Cn", "Cs"))
leaf = st.fixed_dictionaries({
    "field": st.from_regex(r"\A[A-Za-z_][A-Za-z0-9_-]{0,8}\Z"),
    "op": st.from_regex(r"\A[a-z]{1,6}\Z"),
    "values": st.lists(st.text(known, max_size=8).map(clean).filter(bool), max_size=3),
})
join = st.sampled_from(["and", "or"])
group = st.fixed_dictionaries({"join": join, "of": st.lists(leaf, min_size=1, max_size=3)})
tree = st.fixed_dictionaries({"join": join, "of": st.lists(leaf | group, max_size=4)})
lines = st.lists(
    st.sampled_from([*"abc.,()|\"\\ \n", "and(", "or(", "a.is", ".x", '"', "ب", "😀"]), max_size=14
).map("".join)


@pytest.fixture(scope="module", autouse=True)
def configured(node):
    begin(node)


def test_what_is_written_is_read(node):
    @settings(max_examples=200, deadline=None)
    @given(tree)
    def check(given):
        line = criteria.write(given)
        assert criteria.read(line) == criteria.tidy(given)
        assert node.call("criteria.write", given) == line
        assert node.call("criteria.read", line) == plain(criteria.read(line))

    check()


def test_any_line_is_read_alike(node):
    @settings(max_examples=400, deadline=None)
    @given(lines)
    def check(line):
        found = criteria.read(line)
        assert node.call("criteria.read", line) == plain(found)
        if found:
            assert criteria.read(criteria.write(found)) == found

    check()


@pytest.mark.parametrize("line", [
    "(" * 3000, "or(" * 1000, "a.is." + "|".join("x" * 60), "a.is.x," * 50, 'a.is."', "a.is.x)",
    "or(or(or(a.is.x)))", "a.is.\x00", "a.is.\u200c", "a.is.x" * 4000, "__proto__.is.x,",
])  # fmt: skip
def test_what_is_no_condition(node, line):
    assert criteria.read(line) is None
    assert node.call("criteria.read", line) is None


@pytest.mark.parametrize(("line", "written"), [
    ("a.is.x", "a.is.x"), ("or(a.is.x,b.empty)", "or(a.is.x,b.empty)"), ("or(a.is.x)", "a.is.x"),
    ("and(a.is.x,b.empty),c.empty", "a.is.x,b.empty,c.empty"), ("", ""),
    ('a.is."x"|"y,z"', 'a.is.x|"y,z"'), ("or(a.empty),b.empty", "a.empty,b.empty"),
    ("or(a.empty,and(b.is.x,c.is.y))", "or(a.empty,and(b.is.x,c.is.y))"),
])  # fmt: skip
def test_one_form_of_each(line, written):
    found = criteria.read(line)
    assert found is not None
    assert criteria.write(found) == written
