"""Addresses of lists: whatever one says, both halves show the same."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.addresses import queries

from .halves import STORE, Server, begin, owner, plain, spec_of
from .making import NOW, PAGED, Maker
from .memory import Memory

# The stores of this test count; what a place in a real one may be is each store's own matter.
PLACES = st.sampled_from(["", "2", "10", "99"])
VIEWS = ["views.list_view", "views.rows_view", "views.options_view"]


@pytest.fixture(scope="module")
def server(node):
    begin(node)
    server, make = Server(), Maker(11)
    records, marks = make.world()
    server.store = Memory(records, marks)
    node.call("views.hold", records, marks)
    return server, make.me()


@settings(max_examples=80, deadline=None, derandomize=True,
          suppress_health_check=[HealthCheck.too_slow])  # fmt: skip
@given(data=st.data())
@pytest.mark.parametrize("kind", PAGED)
def test_any_address_means_the_same(node, server, kind, data):
    half, me = server
    query = data.draw(queries(spec_of(kind), PLACES))
    view = data.draw(st.sampled_from(VIEWS))
    if view == "views.options_view":
        args = [STORE, owner(kind), query]
    else:
        args = [STORE, me, NOW, owner(kind), query, data.draw(st.sampled_from(["mine", "all"]))]
    assert plain(half.run(view, *args)) == node.call("views.run", view, args)
