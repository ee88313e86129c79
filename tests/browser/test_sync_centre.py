"""The page behind the pill: how sync stands, what needs its person, what became of changes."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from .conftest import NewPhone
from .office import Doc, Office
from .phone import WIDE, Phone


@pytest.fixture(scope="module")
def james(new_phone: NewPhone) -> Phone:
    phone = new_phone("james")
    phone.context.grant_permissions(["clipboard-read", "clipboard-write"])
    return phone


def write(phone: Phone, record: Doc, field: str, text: str) -> None:
    phone.go(f"/accounts/{record['id']}/edit")
    phone.page.locator(f"#f-{field}").fill(text)
    phone.page.locator("#record-form [data-primary]").click()
    expect(phone.page.locator(f"[data-field={field}] dd")).to_have_text(text)


def entry(page: Page, section: str, record: Doc) -> str:
    return page.locator(f"#{section} .entries > li").filter(has_text=record["name"]).inner_text()


def test_it_tells_what_waits_and_what_became_of_it(james: Phone, office: Office) -> None:
    """Offline first; then notes that join, a city that two wrote, and a change that is refused."""
    joined, clashed, refused = office.accounts_of("james")[:3]
    office.as_("leila").set(joined, "account", notes="One\n\nTwo")
    joined = office.records("account", "id = ?", joined["id"])[0]
    james.go(f"/accounts/{joined['id']}")
    expect(james.page.locator("[data-field=notes] dd")).to_contain_text("Two")
    james.context.set_offline(True)
    write(james, joined, "notes", "One\n\nTwo of mine")
    write(james, clashed, "city", "Mine")
    write(james, refused, "city", "Not Allowed")
    page = james.page
    page.locator("#pill").click()
    expect(page.locator("h1")).to_have_text("Sync")
    expect(page.locator("#standing")).to_contain_text("No network.")
    expect(page.locator("#waiting .entries > li")).to_have_count(3)
    assert "Changed: City" in entry(page, "waiting", clashed)

    office.as_("leila").set(joined, "account", notes="One of Leila's\n\nTwo")
    office.as_("leila").set(clashed, "account", city="Theirs")
    office.execute("UPDATE account SET org = 99 WHERE id = ?", refused["id"])
    james.context.set_offline(False)
    page.get_by_role("button", name="Sync now").click()
    expect(page.locator("#standing")).to_contain_text("2 things need you.")
    office.execute("UPDATE account SET org = 1 WHERE id = ?", refused["id"])
    expect(page.locator("#waiting")).to_have_count(0)
    expect(page.locator("#needs article")).to_contain_text("Not Allowed")
    expect(page.locator("#needs .rows a.name")).to_have_text(clashed["name"])
    leila = office.records("person", "id = ?", office.demo.people["leila"])[0]["name"]
    assert f"Joined with what {leila} changed." in entry(page, "sent", joined)
    assert f"{leila} wrote something else: both are kept." in entry(page, "sent", clashed)
    assert "Not taken:" in page.locator("#sent .entries").inner_text()

    james.stop_worker()
    james.context.set_offline(True)
    page.reload()
    assert "Joined with" in entry(page, "sent", joined)
    copied(james, [joined, clashed, refused, {"name": leila}])
    james.context.set_offline(False)
    assert james.faults == []


def copied(phone: Phone, hidden: list[Doc]) -> None:
    """What is copied helps, and says nothing of customers or people."""
    page = phone.page
    expect(page.locator("#room dl")).to_contain_text(re.compile(r"Size.*[kM]B", re.DOTALL))
    page.locator("#support summary").click()
    page.get_by_role("button", name="Copy diagnostics").click()
    expect(page.locator(".toast .msg").last).to_have_text("Copied")
    text = page.evaluate("navigator.clipboard.readText()")
    for line in (r"^refused: \w+ x1$", r"^device: [\w-]+$", r"^held: account \d+, \d+ bytes$",
                 r"^round: \S+ .*merged 1", r"^version: \w+$"):  # fmt: skip
        assert re.search(line, text, re.MULTILINE), (line, text)
    for word in [*(one["name"] for one in hidden), "Mine", "Theirs", "Not Allowed", "Two of mine"]:
        assert word not in text


def test_without_a_worker_the_server_says_what_it_can(new_phone: NewPhone) -> None:
    bare = new_phone(viewport=WIDE, service_workers="block")
    bare.go("/login")
    bare.fill_in_and_sign_in("james")
    bare.go("/outbox")
    expect(bare.page.locator("#standing")).to_contain_text("need")
    expect(bare.page.locator("#waiting")).to_have_count(0)
    expect(bare.page.locator("#device-name")).to_contain_text("Chrom")
    expect(bare.page.locator("#diagnostics")).to_contain_text("worker: none")


def test_the_device_is_given_a_name_of_its_own(james: Phone) -> None:
    """From the page about sync, which then shows it, also without a network."""
    page = james.page
    james.go("/outbox")
    expect(page.locator("#device-name")).to_contain_text("Chrom")
    page.locator("#room").get_by_role("link", name="Rename").click()
    page.get_by_label("Name").fill("James, in the van")
    page.get_by_role("button", name="Rename").click()
    expect(page.locator("h1")).to_have_text("James, in the van")
    james.go("/outbox")
    expect(page.locator("#device-name")).to_have_text("James, in the van")
    james.context.set_offline(True)
    james.stop_worker()
    page.reload()
    expect(page.locator("#device-name")).to_have_text("James, in the van")
    james.context.set_offline(False)


@pytest.mark.parametrize("path", ["/accounts/new", "/accounts/not-there", "/settings", "/outbox"])
def test_the_pill_is_on_every_page_and_grey_offline(james: Phone, path: str) -> None:
    james.context.set_offline(True)
    james.go(path)
    pill = james.page.locator("#pill")
    expect(pill).to_be_visible()
    expect(pill).to_have_attribute("href", "/outbox")
    james.context.set_offline(False)
