"""A file of customers is brought in, step by step, and taken back; nothing on the way shuts out
whoever can't see it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, FilePayload, expect

from .office import Office
from .phone import SMALL, WIDE, Phone
from .test_looks import accuse

ROWS = [
    "Firm,Town,Telephone,Mail",
    "Imported One,Haifa,052-123-4567,one@example.com",
    '=Imported "Two",תל אביב,03-555-1234,two@example.com',
    ",Nowhere,,",
    "Imported Three,Shiraz,+98 912 123 4567,not an address",
]
DESK = [
    "/fields/", "/fields/account/", "/fields/account/new", "/fields/account/new?kind=choice",
    "/fields/kinds/new", "/webhooks/", "/webhooks/new", "/imports/", "/imports/new?of=account",
    "/accounts/export", "/devices", "/api/v1/docs",
]  # fmt: skip


@pytest.fixture(scope="module")
def desk(office: Office, browser: Browser) -> Iterator[Phone]:
    office.server.start_worker()
    context = browser.new_context(viewport=WIDE, bypass_csp=True, reduced_motion="reduce")
    phone = Phone(context, office)
    phone.sign_in("admin")  # whose pages run from right to left
    yield phone
    context.close()


def faultless(desk: Phone) -> None:
    """Small and wide, light and dark."""
    for size, scheme in ((SMALL, "dark"), (WIDE, "light")):
        desk.page.set_viewport_size(size)
        desk.page.evaluate("theme => document.documentElement.dataset.theme = theme", scheme)
        assert accuse(desk.page) == [], desk.page.url
        wide = desk.page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert wide <= 0, desk.page.url


def test_a_file_comes_in_and_is_taken_back(desk: Phone, office: Office) -> None:
    page = desk.page
    desk.go("/imports/new?of=account")
    file = FilePayload(
        name="לקוחות.csv", mimeType="text/csv", buffer="\r\n".join(ROWS).encode("utf-8-sig")
    )
    page.set_input_files("#f-file", file)
    page.click("#upload [data-primary]")

    expect(page.locator("#mapping")).to_be_visible()
    faultless(desk)
    unknown = page.locator(".maps [data-unmapped]")
    for name in ("name", "city", "phones", "email"):  # what was not guessed is said
        if page.locator(".maps select").evaluate_all(
            "(all, name) => all.every((one) => one.value !== name)", name
        ):
            unknown.first.locator("select").select_option(name)
            unknown.first.evaluate("one => one.removeAttribute('data-unmapped')")
    page.locator("#mapping [data-primary]").click()

    expect(page.locator("#counts [data-count=made]")).to_have_text("2")
    expect(page.locator("#counts [data-count=refused]")).to_have_text("2")
    faultless(desk)
    page.locator("#start [data-primary]").click()
    outcome = page.locator("#outcome")
    expect(outcome).to_have_attribute("data-status", "done")
    expect(outcome.locator("[data-count=made]")).to_have_text("2")
    faultless(desk)
    found = {one["name"]: one for one in office.records("account", "name LIKE '%Imported%'")}
    assert found["Imported One"]["phones"] == ["+972521234567"]
    assert found['=Imported "Two"']["city"] == "תל אביב"

    page.locator("form[action$=undoing] button").click()
    page.locator("dialog[open] [data-yes], dialog[open] .btn.danger").first.click()
    expect(outcome).to_have_attribute("data-status", "undone")
    assert office.records("account", "name LIKE '%Imported%' AND NOT deleted") == []
    assert desk.faults == []


@pytest.mark.parametrize("path", DESK)
def test_pages_of_the_desk_shut_nobody_out(desk: Phone, path: str) -> None:
    assert desk.go(path).status == 200
    faultless(desk)
