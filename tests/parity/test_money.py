"""Amounts are typed and shown in forms alike on both sides, and exactly."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from server.core import money
from server.web.views import typed

from .halves import begin

LARGEST = 2**53 - 1
codes = st.sampled_from(["ILS", "IRR", "IRT", "USD", "KWD", "JPY", "XXX"])
written = st.one_of(
    st.text("0123456789۰۱۲٣٫٬.,-−₪$ \u00a0\u200fx", max_size=14),
    st.sampled_from([
        "1,250.50", "1250,5", "\u200f۱٬۲۵۰٫۵ ₪", "-0", "0.10", "9" * 15, "1e3", "12.345",
    ]),
)


def field(code):
    return {"name": "x", "kind": "money", "currency": code}


@pytest.fixture(scope="module", autouse=True)
def configured(node):
    begin(node)


@settings(max_examples=60, deadline=None)
@given(texts=st.lists(st.tuples(written, codes), min_size=30, max_size=30))
def test_what_is_typed_is_read_alike(node, texts):
    ours = [list(typed.read(field(code), [text], {})) for text, code in texts]
    theirs = node.each("typed.read", [[field(code), [text], {}] for text, code in texts])
    for one, mine, other in zip(texts, ours, theirs, strict=True):
        if mine[0] is None or abs(mine[0]) <= LARGEST:
            assert mine == other, one


@settings(max_examples=60, deadline=None)
@given(value=st.integers(-LARGEST, LARGEST), code=codes)
def test_what_is_shown_is_read_again(node, value, code):
    shown = typed.shown(field(code), value, {})
    assert node.call("typed.shown", field(code), value, {}) == shown
    if len(shown.partition(".")[0].lstrip("-")) <= 15:
        assert money.parse(shown, code) == (value, None)
