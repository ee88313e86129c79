"""The server is back: what others did comes in, what was done here goes out and is merged."""

from __future__ import annotations

import json
import re

import pytest
from playwright.sync_api import Page, expect

from server.core.roles import IDS

from .conftest import NewPhone
from .office import Doc, Office
from .phone import Phone


@pytest.fixture(scope="module")
def james(new_phone: NewPhone) -> Phone:
    return new_phone("james")


@pytest.fixture(scope="module")
def leila(new_phone: NewPhone) -> Phone:
    return new_phone("leila")


def account(office: Office, number: int) -> Doc:
    """Each test has one of its own."""
    return office.accounts_of("james")[number]


def city(page: Page) -> str:
    return page.locator("[data-field=city] dd").inner_text()


def set_city(phone: Phone, record: Doc, name: str) -> None:
    phone.go(f"/accounts/{record['id']}/edit")
    phone.page.locator("#f-city").fill(name)
    phone.page.locator("#record-form [data-primary]").click()
    expect(phone.page.locator("[data-field=city] dd")).to_have_text(name)


def clash(office: Office, phone: Phone, record: Doc, mine: str, theirs: str) -> None:
    """The phone writes without a network, then a colleague does, then the phone comes back."""
    phone.context.set_offline(True)
    set_city(phone, record, mine)
    office.as_("office").set(record, "account", city=theirs)
    phone.context.set_offline(False)
    phone.until_sent()


def test_a_colleagues_change_comes_in_by_itself(james: Phone, office: Office) -> None:
    record = account(office, 0)
    james.go(f"/accounts/{record['id']}")
    james.page.evaluate("window.same = true")
    office.as_("leila").set(record, "account", city="Shiraz")
    james.sync()
    expect(james.page.locator("[data-field=city] dd")).to_have_text("Shiraz")
    assert james.page.evaluate("window.same"), "no reload"
    expect(james.page.locator("#timeline")).to_contain_text("Shiraz")


def test_a_new_record_appears_in_the_list(james: Phone, office: Office) -> None:
    james.go("/accounts/?q=newly")
    expect(james.page.get_by_text("Nothing found")).to_be_visible()
    team = account(office, 0)["team"]
    office.as_("leila").make("account", name="Newly Come", team=team)
    james.sync()
    expect(james.page.locator("#rows tr").filter(has_text="Newly Come")).to_have_count(1)


def test_different_fields_of_one_record_merge(james: Phone, office: Office) -> None:
    record = account(office, 1)
    james.context.set_offline(True)
    set_city(james, record, "Mine")
    office.as_("leila").set(record, "account", street="Theirs 7")
    james.context.set_offline(False)
    james.until_sent()
    expect(james.page.locator("[data-field=street] dd")).to_have_text("Theirs 7")
    assert city(james.page) == "Mine"
    held = office.record("account", record["id"]) or {}
    assert (held["city"], held["street"]) == ("Mine", "Theirs 7")
    assert office.records("conflict", "rec = ?", record["id"]) == []


def test_a_clash_is_shown_and_settled_in_one_tap(james: Phone, office: Office) -> None:
    record = account(office, 2)
    clash(office, james, record, "Mine", "Theirs")
    page = james.page
    expect(page.locator("#pill")).to_have_attribute("data-conflicts", "1")
    page.locator("#pill").click()
    expect(page).to_have_url(re.compile("/outbox$"))
    page.locator("#needs .rows a.name").filter(has_text=record["name"]).click()
    yours = page.get_by_role("region", name="Yours").or_(page.locator("[aria-label=Yours]"))
    expect(yours.locator(".value").first).to_have_text("Mine")
    expect(page.locator("[aria-label=Theirs] .value")).to_have_text("Theirs")
    expect(page.locator("[aria-label=Theirs]")).to_contain_text("Emma Clarke")
    expect(page.locator("[aria-label=Theirs] time")).to_have_count(1)
    expect(page.locator("[data-side=before] .value")).to_have_text(record["city"] or "—")
    page.locator("[aria-label=Yours]").get_by_role("button", name="Keep this").click()
    expect(page.locator("#pill")).to_have_attribute("data-conflicts", "0")
    james.until_sent()
    assert (office.record("account", record["id"]) or {})["city"] == "Mine"
    assert [one["open"] for one in office.records("conflict", "rec = ?", record["id"])] == [False]


def test_the_other_person_may_settle_it_without_a_network(
    james: Phone, leila: Phone, office: Office
) -> None:
    record = account(office, 3)
    clash(office, james, record, "Mine", "Theirs")
    leila.sync()
    leila.until(lambda: leila.page.locator("#pill").get_attribute("data-conflicts") == "1")
    leila.context.set_offline(True)
    leila.go("/conflicts")
    leila.page.locator(".rows a.name").first.click()
    leila.page.locator("[data-side=lost] button").click()
    expect(leila.page.locator("#pill")).to_have_attribute("data-conflicts", "0")
    leila.context.set_offline(False)
    leila.until_sent()
    [conflict] = office.records("conflict", "rec = ?", record["id"])
    assert not conflict["open"]
    assert (office.record("account", record["id"]) or {})["city"] == conflict["lost"]
    james.sync()
    expect(james.page.locator("#pill")).to_have_attribute("data-conflicts", "0")


def test_what_the_server_refuses_is_kept_to_be_mended(james: Phone, office: Office) -> None:
    """A reference to what is there no more: the person chooses another and it goes out."""
    record, other = account(office, 4), account(office, 5)
    page = james.page
    james.context.set_offline(True)
    james.go(f"/contacts/new?account={record['id']}")
    page.get_by_label("Name").fill("Refused Once")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("h1")).to_have_text("Refused Once")
    office.execute("UPDATE account SET org = 99 WHERE id = ?", record["id"])
    james.context.set_offline(False)
    james.sync()
    expect(page.locator("#pill")).to_have_attribute("data-failed", "1")
    page.locator("#pill").click()
    problem = page.locator("article[data-code]")
    expect(problem).to_contain_text("Refused Once")
    office.execute("UPDATE account SET org = 1 WHERE id = ?", record["id"])
    problem.get_by_role("button", name="Retry").click()
    expect(page.locator("#pill")).to_have_attribute("data-failed", "0")
    james.until_sent()
    assert [c["account"] for c in office.records("contact", "name = 'Refused Once'")] == [
        record["id"]
    ]
    assert other


def test_refused_work_can_be_fixed_or_let_go(james: Phone, office: Office) -> None:
    """All that was refused of a record is one card; what is mended comes filled in, and leaves."""
    record, other = account(office, 6), account(office, 12)
    page = james.page
    james.context.set_offline(True)
    james.go(f"/accounts/{record['id']}/edit")
    page.locator("#f-street").fill("Refused Street 1")
    page.locator("#f-city").fill("Not Allowed")
    page.locator("#record-form [data-primary]").click()
    expect(page.locator("[data-field=city] dd")).to_have_text("Not Allowed")
    set_city(james, other, "Let Go")
    office.execute("UPDATE person SET doc = json_set(doc, '$.roles', json('[]')) WHERE id = ?",
                   office.demo.people["james"])  # fmt: skip
    james.context.set_offline(False)
    james.sync()
    james.until(lambda: james.held("problems"))
    seller = json.dumps([IDS["seller"]])
    office.execute("UPDATE person SET doc = json_set(doc, '$.roles', json(?)) WHERE id = ?",
                   seller, office.demo.people["james"])  # fmt: skip
    james.sync()
    james.until(lambda: james.made_by(f"/accounts/{record['id']}") == "worker")
    james.go("/problems")
    problems = page.locator("article[data-code]")
    expect(problems).to_have_count(2)
    mended = problems.filter(has_text="Not Allowed")
    expect(mended).to_contain_text("Refused Street 1")
    left = problems.filter(has_text="Let Go")
    left.get_by_role("button", name="Discard").click()
    page.locator("#ask").get_by_role("button", name="Discard").click()
    expect(problems).to_have_count(1)
    mended.get_by_role("link", name="Fix").click()
    expect(page.locator("#f-street")).to_have_value("Refused Street 1")
    page.locator("#f-city").fill("Now Allowed")
    page.locator("#record-form [data-primary]").click()
    expect(page.locator("[data-field=city] dd")).to_have_text("Now Allowed")
    james.until_sent()
    assert james.held("problems") == []
    found, spared = (office.record("account", one["id"]) or {} for one in (record, other))
    assert (found["city"], found["street"]) == ("Now Allowed", "Refused Street 1")
    assert spared["city"] != "Let Go"
    assert james.faults == []
