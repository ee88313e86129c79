"""Every screen with the demo's real records: accessible, and nothing scrolls sideways."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from server.core.config import ROOT

from .conftest import NewPhone
from .office import Office
from .phone import SMALL, WIDE, Phone

AXE = (ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text()
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PEOPLE = ["james", "leila"]  # left to right and right to left


@pytest.fixture(scope="module", params=PEOPLE)
def phone(office: Office, browser: Browser, request: pytest.FixtureRequest) -> Iterator[Phone]:
    # axe is put into the page by the test, which the content security policy rightly forbids.
    context = browser.new_context(viewport=SMALL, bypass_csp=True, reduced_motion="reduce")
    phone = Phone(context, office)
    phone.sign_in(request.param)
    yield phone
    context.close()


def screens(phone: Phone) -> list[str]:
    office = phone.office
    person = phone.name
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
    found = page.evaluate('rules => axe.run({runOnly: rules, resultTypes: ["violations"]})', RULES)[
        "violations"
    ]
    return [f"{one['id']}: {one['nodes'][0]['html'][:120]} ({len(one['nodes'])})" for one in found]


def test_axe_finds_nothing(phone: Phone) -> None:
    """Each screen small and wide, light and dark."""
    looks = [(SMALL, "light"), (WIDE, "dark"), (WIDE, "light")]
    if phone.name == "leila":
        looks = [(SMALL, "dark"), (WIDE, "light")]
    found = {}
    for path in screens(phone):
        phone.go(path)
        for size, scheme in looks:
            phone.page.set_viewport_size(size)
            phone.page.evaluate("theme => document.documentElement.dataset.theme = theme", scheme)
            if wrong := accuse(phone.page):
                found[f"{path} {scheme} {size['width']}"] = wrong
    assert found == {}


# Makes every name long, in both directions by turns.
LONG = """() => document.querySelectorAll('.ledger bdi:not([dir]), .sub bdi').forEach((one, n) => {
  one.textContent = (n % 2 ? 'A long name of a company ' : 'שם ארוך של חברה גדולה ').repeat(6);
})"""
# Where a line that is too long is cut, for texts of the other direction than their page.
CUT = """() => {
  const rtl = (text) => /[\u0590-\u08ff]/.test(text);
  const names = '.ledger bdi:not([dir]), .sub bdi, .crumbs bdi, h1 bdi';
  return [...document.querySelectorAll(names)].filter((one) => {
    const box = [one, one.parentElement].find((b) => b.scrollWidth > b.clientWidth + 1);
    const cut = box && box.clientWidth && getComputedStyle(box).direction;
    return cut && (cut === 'rtl') !== rtl(one.textContent);
  }).map((one) => one.textContent.slice(0, 40));
}"""


def test_names_are_cut_at_their_end(phone: Phone) -> None:
    found = {}
    for path in ("/accounts/", "/tasks/", "/contacts/", "/today"):
        phone.go(path)
        phone.page.evaluate(LONG)
        for size in (SMALL, WIDE):
            phone.page.set_viewport_size(size)
            if cut := phone.page.evaluate(CUT):
                found[f"{path} {size['width']}"] = cut
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


def test_nothing_scrolls_sideways(phone: Phone) -> None:
    found = {}
    for path in screens(phone):
        phone.go(path)
        for width in (390, 320):
            phone.page.set_viewport_size({"width": width, "height": 844})
            if wider := phone.page.evaluate(WIDER):
                found[f"{path} {width}"] = wider
    assert found == {}


def test_nor_in_hebrew(new_phone: NewPhone) -> None:
    phone = new_phone("dana")
    test_nothing_scrolls_sideways(phone)
