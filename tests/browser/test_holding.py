"""What a phone holds and why, in a real browser; what it does not hold comes when it is opened."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import expect

from .conftest import NewPhone
from .office import Doc, Office
from .phone import Phone


def foreign(office: Office) -> Doc:
    """A customer that the office sees and its phone does not hold."""
    person = office.records("person", "id = ?", office.demo.people["office"])[0]
    return office.records("account", "team != ? AND NOT deleted", person["team"])[0]


def menu(phone: Phone) -> Any:
    phone.page.locator("[popovertarget=more-menu]").click()
    return phone.page.locator("#more-menu [data-keep]")


def row(phone: Phone, record: Doc) -> Any:
    phone.go(f"/holding?q={record['name'].split()[0]}")
    return phone.page.locator(f"#held li[data-id='{record['id']}']")


def test_what_is_opened_and_kept_stays_without_a_network(
    office: Office, new_phone: NewPhone
) -> None:
    phone, record = new_phone("office"), foreign(office)
    path = f"/accounts/{record['id']}"
    expect(row(phone, record)).to_have_count(0)
    assert phone.go(path).headers["x-rendered-by"] == "server"
    phone.until(lambda: phone.made_by(path) == "worker")
    expect(row(phone, record)).to_contain_text("Opened")
    office.stop()
    phone.go(path)
    assert "Keep on this device" in menu(phone).inner_text()
    menu(phone).evaluate("button => button.click()")
    expect(phone.page.locator("#toasts .msg").last).to_be_visible()
    expect(row(phone, record)).to_contain_text("Kept by you")  # saved here, not yet sent
    office.start()
    phone.until_sent()
    held = office.records("holding", "file = ?", record["id"])
    assert [(one["kept"], bool(one["opened"])) for one in held] == [(True, True)]
    row(phone, record).locator("[data-keep]").click()
    expect(row(phone, record)).not_to_contain_text("Kept by you")
    phone.until_sent()
    assert [one["kept"] for one in office.records("holding", "file = ?", record["id"])] == [False]
    assert int(phone.page.locator("#records").inner_text().replace(",", "")) > 0
    assert phone.faults == []


def test_work_on_what_was_taken_away_stays_readable(office: Office, new_phone: NewPhone) -> None:
    phone = new_phone("james")
    record = office.accounts_of("james")[0]
    phone.context.set_offline(True)  # it must not send before the file is taken away
    phone.go(f"/accounts/{record['id']}/edit")
    phone.page.locator("#f-city").fill("Written in the cellar")
    phone.page.locator("#record-form [data-primary]").click()
    expect(phone.page.locator("#pill")).to_have_attribute("data-pending", "1")
    team = next(t for t in office.records("team") if t["id"] != record["team"])
    admin = office.as_("admin")
    admin.set(record, "account", owner=office.demo.people["admin"], team=team["id"])
    for task in office.records("task", "account = ?", record["id"]):
        admin.set(task, "task", assignee=office.demo.people["admin"])
    phone.context.set_offline(False)
    phone.sync()
    expect(phone.page.locator("#pill")).to_have_attribute("data-failed", "1")
    phone.go("/problems")
    entry = phone.page.locator("[data-code=missing]")
    expect(entry).to_contain_text(record["name"])
    expect(entry).to_contain_text("Written in the cellar")
    expect(entry.locator("[data-gone]")).to_contain_text("no longer on this device")
    expect(entry.get_by_role("link", name=record["name"])).to_have_count(0)
    assert phone.made_by(f"/accounts/{record['id']}") == "server"
