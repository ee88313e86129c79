"""Every screen with the demo's real records: accessible, and nothing scrolls sideways."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from server.core.config import ROOT

from .office import Office
from .phone import SMALL, WIDE, Phone

pytestmark = pytest.mark.browser
AXE = (ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text()
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PEOPLE = ["james", "leila", "dana"]


@pytest.fixture(scope="module", params=PEOPLE)
def phone(office: Office, browser: Browser, request: pytest.FixtureRequest) -> Iterator[Phone]:
    # axe is put into the page by the test, which the content security policy rightly forbids.
    context = browser.new_context(viewport=SMALL, bypass_csp=True, reduced_motion="reduce")
    phone = Phone(context, office)
    phone.name = request.param  # type: ignore[attr-defined]
    phone.sign_in(request.param)
    yield phone
    context.close()


def screens(phone: Phone) -> list[str]:
    office = phone.office
    person = phone.name  # type: ignore[attr-defined]
    longest = max(office.accounts_of(person), key=lambda one: len(one["name"]))["id"]
    mine = "(assignee = ? OR owner = ?) AND account IS NOT NULL"
    id_ = office.demo.people[person]
    task = office.records("task", mine, id_, id_)[0]["id"]
    return [
        "/today", "/accounts/", "/contacts/", "/tasks/", "/activities/", f"/accounts/{longest}",
        f"/accounts/{longest}/edit", f"/tasks/{task}", f"/tasks/{task}/handing-over", "/more",
        "/outbox", "/problems", "/conflicts", "/settings", "/accounts/?q=nothing-like-it",
    ]  # fmt: skip


def accuse(page: Page) -> list[str]:
    """What axe finds wrong, short enough to read."""
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(AXE)
    found = page.evaluate("rules => axe.run({runOnly: rules, resultTypes: ['violations']})", RULES)[
        "violations"
    ]
    return [f"{one['id']}: {one['nodes'][0]['html'][:120]} ({len(one['nodes'])})" for one in found]


@pytest.mark.parametrize(
    ("size", "scheme"), [(SMALL, "light"), (SMALL, "dark"), (WIDE, "light"), (WIDE, "dark")]
)
def test_axe_finds_nothing(phone: Phone, size: dict[str, int], scheme: str) -> None:
    page = phone.page
    page.set_viewport_size(size)  # type: ignore[arg-type]
    found = {}
    for path in screens(phone):
        phone.go(path)
        page.evaluate("theme => document.documentElement.dataset.theme = theme", scheme)
        if wrong := accuse(page):
            found[path] = wrong
    assert found == {}


WIDER = """() => {
  const most = document.documentElement.clientWidth;
  const wide = document.documentElement.scrollWidth;
  if (wide <= most) return null;
  const out = [...document.querySelectorAll('body *')].filter((one) => {
    const {left, right} = one.getBoundingClientRect();
    return (right > most + 1 || left < -1) && !one.closest('.scroll, [hidden], dialog');
  });
  return `${wide}: ${out.slice(0, 3).map((one) => one.outerHTML.slice(0, 100)).join(' | ')}`;
}"""


@pytest.mark.parametrize("width", [390, 320])
def test_nothing_scrolls_sideways(phone: Phone, width: int) -> None:
    phone.page.set_viewport_size({"width": width, "height": 844})
    found = {}
    for path in screens(phone):
        phone.go(path)
        if wider := phone.page.evaluate(WIDER):
            found[path] = wider
    assert found == {}
