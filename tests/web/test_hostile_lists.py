"""Addresses of lists that nobody would write by mistake: a list, or a clear refusal, never a fault;
and no way to what is another's."""

from __future__ import annotations

from urllib.parse import parse_qs, urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from server.web.views.manifest import entity
from tests.addresses import queries, words
from tests.people import Stage
from tests.samples import product
from tests.walking import NEXT

KINDS = [e.type for e in product()]
MANY = 52  # more than a page
CALM = settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
Places = dict[str, str]


@pytest.fixture(scope="module")
def places(stage: Stage) -> Places:
    """Where the second page of a list begins, by type."""
    for n in range(MANY):
        stage.file("olive", n)
    browser, found = stage.browser("olive"), {}
    for kind in KINDS:
        page = browser.rows(f"/{path(kind)}/?status=all").text
        more = NEXT.search(page)
        assert more, kind
        found[kind] = parse_qs(more[1].partition("?")[2].replace("&amp;", "&"))["after"][0]
    return found


def path(kind: str) -> str:
    owner = entity(kind)
    assert owner
    return str(owner["path"])


@CALM
@given(data=st.data())
@pytest.mark.parametrize("kind", KINDS)
def test_a_list_is_shown_or_refused(
    stage: Stage, places: Places, kind: str, data: st.DataObject
) -> None:
    owner = entity(kind)
    assert owner
    true = st.sampled_from(list(places.values()))
    after = words() | true | st.builds(lambda place, n: place[:n] + place[n + 1 :], true,
                                       st.integers(0, 60))  # fmt: skip
    query = urlencode(data.draw(queries(owner, after)), doseq=True)
    browser = stage.browser(data.draw(st.sampled_from(["olive", "sam", "zed"])))
    where = f"/{owner['path']}/?{query}"
    answer = browser.rows(where) if data.draw(st.booleans()) else browser.get(where)
    assert answer.status_code in (200, 400, 404), query


RAW = ["%FF%FE", "%ED%A0%80", "%C0%AF", "%", "%zz", "%00", "=&=&&", "a" * 20_000, "q=1&q=2&q[]=3"]


@pytest.mark.parametrize("raw", RAW)
def test_bytes_that_are_no_text(stage: Stage, raw: str) -> None:
    browser = stage.browser("olive")
    for kind in KINDS:
        for name in ("q", "after", "created_at", "pick"):
            answer = browser.get(f"/{path(kind)}/?{name}={raw}")
            assert answer.status_code in (200, 400, 404), (kind, name)
