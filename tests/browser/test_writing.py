"""With no server, work goes on: everything is kept on the phone and marked as waiting."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from .conftest import NewPhone
from .office import Doc, Office
from .phone import Phone

SAVED = "Saved on this device"


@pytest.fixture(scope="module")
def accounts(office: Office) -> Iterator[Doc]:
    """A different one of James' for each test."""
    return iter(office.accounts_of("james"))


@pytest.fixture(scope="module")
def phone(new_phone: NewPhone, office: Office, accounts: Iterator[Doc]) -> Phone:
    phone = new_phone("james")
    office.stop()
    return phone


@pytest.fixture
def account(accounts: Iterator[Doc]) -> Doc:
    return next(accounts)


@pytest.fixture
def page(phone: Phone) -> Iterator[Page]:
    yield phone.page
    assert phone.faults == []


def waiting(phone: Phone) -> int:
    return int(phone.page.locator("#pill").get_attribute("data-pending") or 0)


def said(page: Page, text: str) -> None:
    expect(page.locator("#toasts")).to_contain_text(text)


def test_a_new_account_is_there_at_once(phone: Phone, page: Page) -> None:
    phone.go("/accounts/new")
    page.get_by_label("Name").fill('Aaronson & <Sons> "Ltd"')
    page.get_by_label("City").fill("Haifa")
    page.locator("[data-many=phones] input").fill("04-8123456")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("h1")).to_have_text('Aaronson & <Sons> "Ltd"')
    said(page, SAVED)
    expect(page.locator(".record-head .chip[data-mark=pending]")).to_have_text(SAVED)
    expect(page.locator("#pill")).to_have_attribute("data-state", "pending")
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Customers").click()
    row = page.locator("#rows tr").filter(has_text="Aaronson & <Sons>")
    expect(row.locator("[data-mark=pending]")).to_be_visible()
    page.reload()
    expect(row).to_have_count(1)


def test_an_account_is_changed(phone: Phone, page: Page, account: Doc) -> None:
    phone.go(f"/accounts/{account['id']}")
    page.locator(".dock").get_by_role("link", name="Edit").click()
    page.get_by_label("City").fill("Ramat Gan")
    page.get_by_label("Tags").fill("vip, מועדף")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("[data-field=city] dd")).to_have_text("Ramat Gan")
    expect(page.locator("[data-field=tags] dd")).to_contain_text("מועדף")
    phone.stop_worker()
    page.reload()
    expect(page.locator("[data-field=city] dd")).to_have_text("Ramat Gan")


def test_a_contact_of_an_account(phone: Phone, page: Page, account: Doc) -> None:
    phone.go(f"/accounts/{account['id']}")
    page.locator("[data-related=contact] [data-add]").click()
    expect(page.get_by_role("combobox", name="Account")).to_have_value(account["name"])
    page.get_by_label("Name").fill("שרה לוי")
    page.get_by_label("Birthday").fill("2001-02-03")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("h1")).to_have_text("שרה לוי")
    phone.go(f"/accounts/{account['id']}")
    expect(page.locator("[data-related=contact]")).to_contain_text("שרה לוי")


def test_a_task_is_made_completed_and_undone(phone: Phone, page: Page) -> None:
    phone.go("/tasks/new")
    page.get_by_label("Title").fill("Bring the samples")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("h1")).to_have_text("Bring the samples")
    phone.go("/today")
    row = page.locator(".rows > li").filter(has_text="Bring the samples")
    row.get_by_role("button", name="Mark as done").click()
    expect(row).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    expect(row).to_have_count(1)
    said(page, "Undone")


def test_a_task_is_handed_over(phone: Phone, page: Page, office: Office) -> None:
    task = office.records("task", "assignee = ? AND status = 'open'",
                          office.demo.people["james"])[0]  # fmt: skip
    phone.go(f"/tasks/{task['id']}")
    page.get_by_role("button", name="More actions").click()
    page.locator("#more-menu").get_by_role("link", name="Hand over").click()
    page.get_by_label("To *").select_option(label="لیلا احمدی")
    page.get_by_label("Note").fill("She knows them.")
    page.get_by_role("button", name="Hand over").click()
    expect(page.locator("[data-field=assignee] dd")).to_have_text("لیلا احمدی")


def test_an_activity_with_its_time(phone: Phone, page: Page, account: Doc) -> None:
    phone.go(f"/activities/new?account={account['id']}")
    page.get_by_label("Subject").fill("Looked at the boiler")
    page.get_by_label("Duration in minutes").fill("45")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("[data-field=duration] dd")).to_have_text("45")
    phone.go(f"/accounts/{account['id']}")
    expect(page.locator("#timeline")).to_contain_text("Looked at the boiler")


def test_a_call_is_logged_in_two_taps(phone: Phone, page: Page, account: Doc) -> None:
    phone.go(f"/accounts/{account['id']}")
    before = page.locator("#timeline [data-kind=call]").count()
    page.locator("[data-quick=call]").click()
    page.locator("#quick-call .options button").first.click()
    expect(page.locator("#timeline .timeline > [data-kind=call]")).to_have_count(before + 1)
    expect(page).to_have_url(re.compile(account["id"]))


def test_a_note_is_added(phone: Phone, page: Page, account: Doc) -> None:
    phone.go(f"/accounts/{account['id']}")
    page.locator("[data-quick=note]").click()
    page.locator("#quick-note textarea").fill("نامه رسید")
    page.locator("#quick-note").get_by_role("button", name="Save").click()
    expect(page.locator("#timeline")).to_contain_text("نامه رسید")


def test_what_is_deleted_can_be_brought_back(phone: Phone, page: Page, account: Doc) -> None:
    phone.go(f"/accounts/{account['id']}")
    page.get_by_role("button", name="More actions").click()
    page.get_by_role("button", name="Delete").click()
    expect(page).to_have_url(re.compile("/accounts/$"))
    row = page.locator(f"#rows tr[data-id='{account['id']}']")
    expect(row).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    said(page, "Undone")
    phone.go(f"/accounts/{account['id']}")
    expect(page.locator(".record-head").get_by_text("Deleted")).to_have_count(0)


@pytest.mark.parametrize("scripted", [True, False])
def test_mistakes_are_said_at_the_field(
    phone: Phone, page: Page, account: Doc, scripted: bool
) -> None:
    phone.go(f"/accounts/{account['id']}/edit")
    before = waiting(phone)
    page.get_by_label("Name").fill(" ")
    page.get_by_label("E-mail").fill("nobody")
    if scripted:
        page.get_by_role("button", name="Save").click()
        expect(page.locator("#errors")).to_be_focused()
    else:
        # As the browser posts a form that no script has a hand in.
        page.eval_on_selector("#record-form", "form => HTMLFormElement.prototype.submit.call(form)")
    expect(page.locator("#errors")).to_be_visible()
    expect(page.locator("#e-name")).to_be_visible()
    expect(page.locator("#e-email")).to_be_visible()
    expect(page.get_by_label("E-mail")).to_have_value("nobody")
    assert waiting(phone) == before


def test_a_form_works_without_the_pages_script(phone: Phone, page: Page, account: Doc) -> None:
    phone.go(f"/accounts/{account['id']}/edit")
    page.get_by_label("City").fill("Plain Town")
    page.eval_on_selector("#record-form", "form => HTMLFormElement.prototype.submit.call(form)")
    expect(page.locator("[data-field=city] dd")).to_have_text("Plain Town")
    assert page.url.endswith(account["id"])


def test_a_draft_outlives_the_app(phone: Phone, account: Doc) -> None:
    tab = phone.new_tab()
    tab.goto(f"{phone.office.url}/accounts/{account['id']}/edit")
    tab.get_by_label("City").fill("Half typ")
    drafts = f"Object.keys(localStorage).filter(key => key.includes('{account['id']}')).length"
    phone.until(lambda: tab.evaluate(drafts))
    tab.close(run_before_unload=False)
    phone.stop_worker()
    again = phone.new_tab()
    again.goto(f"{phone.office.url}/accounts/{account['id']}/edit")
    expect(again.get_by_label("City")).to_have_value("Half typ")
    again.reload()
    expect(again.get_by_label("City")).to_have_value("Half typ")
    again.get_by_role("button", name="Save").click()
    expect(again.locator("[data-field=city] dd")).to_have_text("Half typ")
    assert again.evaluate(drafts) == 0
    again.close()


def test_two_tabs_see_each_other(phone: Phone, page: Page, account: Doc) -> None:
    phone.go(f"/accounts/{account['id']}")
    tab = phone.new_tab()
    tab.goto(f"{phone.office.url}/accounts/{account['id']}/edit")
    tab.get_by_label("City").fill("Other Tab")
    tab.get_by_role("button", name="Save").click()
    expect(tab.locator("[data-field=city] dd")).to_have_text("Other Tab")
    tab.close()
    page.bring_to_front()
    expect(page.locator("[data-field=city] dd")).to_have_text("Other Tab")


def test_the_outbox_tells_what_waits(phone: Phone, page: Page) -> None:
    phone.go("/today")
    page.locator("#pill").click()
    expect(page.locator("h1")).to_have_text("Sync")
    expect(page.locator("#waiting .entries")).to_contain_text("Aaronson & <Sons>")
    saved = {op["rec"] for op in phone.held("outbox")}
    assert page.locator("#waiting .entries > li").count() >= len(saved) > 8


def test_all_of_it_goes_out_when_the_server_returns(
    phone: Phone, page: Page, office: Office
) -> None:
    """The last of this file: nothing was lost of what the tests above have done."""
    ops = phone.held("outbox")
    assert len(ops) > 12
    phone.go("/accounts/")
    office.start()
    phone.until_sent()
    expect(page.locator("#pill")).to_have_attribute("data-state", "synced")
    expect(page.locator("#rows [data-mark]")).to_have_count(0)
    assert phone.held("problems") == []
    known = {row[0] for row in office.rows("SELECT id FROM op WHERE status != 'rejected'")}
    assert {op["id"] for op in ops} <= known
    [made] = office.records("account", "name LIKE 'Aaronson%'")
    assert (made["city"], made["phones"]) == ("Haifa", ["+97248123456"])
    changed = office.records("account", "city = 'Ramat Gan'")[0]
    assert changed["owner"] == office.demo.people["james"], "only what was changed is changed"
    assert office.records("contact", "name = 'שרה לוי'")[0]["birthday"] == "2001-02-03"
    assert office.records("task", "title = 'Bring the samples'")[0]["status"] == "open"
    given = office.records("task", "assignee = ?", office.demo.people["leila"])
    assert any(office.demo.people["james"] in one["watchers"] for one in given)
    assert office.records("activity", "body = 'نامه رسید'")[0]["kind"] == "note"
