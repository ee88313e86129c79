"""Cells of a list changed where they stand, by keys and by mouse, with and without a network."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

from .conftest import NewPhone
from .office import Office
from .phone import WIDE
from .test_looks import accuse


def cell(page: Page, rec: str, name: str) -> Locator:
    return page.locator(f"#rows tr[data-id='{rec}'] td[data-field='{name}']")


def test_by_keys_offline(new_phone: NewPhone, office: Office) -> None:
    phone = new_phone("james", viewport=WIDE)
    page = phone.page
    phone.context.set_offline(True)
    phone.go("/accounts/?scope=mine")
    rec = page.locator("#rows tr[data-id]").first.get_attribute("data-id") or ""
    page.keyboard.press("j")
    page.keyboard.press("ArrowRight")
    expect(cell(page, rec, "relation")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".cell-edit [name='relation']")).to_be_focused()
    page.keyboard.press("Tab")
    city = page.locator(".cell-edit input[name='city']")
    expect(city).to_be_focused()
    city.fill("Nowhere")
    page.keyboard.press("Escape")
    expect(cell(page, rec, "city")).to_be_focused()
    expect(cell(page, rec, "city")).not_to_contain_text("Nowhere")
    page.keyboard.press("Enter")
    city.fill("Testville")
    page.keyboard.press("Enter")
    expect(page.locator(".cell-edit")).to_have_count(0)
    expect(cell(page, rec, "city")).to_have_text("Testville")
    page.keyboard.press("ArrowRight")
    expect(cell(page, rec, "phones")).to_be_focused()
    page.keyboard.press("Enter")
    page.locator(".cell-edit input[type='tel']").last.fill("12")
    page.keyboard.press("Enter")
    expect(page.locator(".cell-edit .error")).to_contain_text("not a phone number")
    page.keyboard.press("Escape")
    expect(page.locator(".cell-edit")).to_have_count(0)
    phone.context.set_offline(False)
    phone.until_sent()
    found = office.record("account", rec) or {}
    assert found["city"] == "Testville" and "12" not in found["phones"]


def test_by_the_pen(new_phone: NewPhone, office: Office) -> None:
    """What is clicked beside the input is saved; a click on the row still opens the record."""
    phone = new_phone("james", viewport=WIDE, bypass_csp=True, reduced_motion="reduce")
    page = phone.page
    phone.go("/accounts/?scope=mine")
    rec = page.locator("#rows tr[data-id]").nth(1).get_attribute("data-id") or ""
    box = cell(page, rec, "city").bounding_box()
    assert box
    page.mouse.move(box["x"] + 10, box["y"] + 10)
    page.mouse.move(box["x"] + 12, box["y"] + 12)
    cell(page, rec, "city").locator(".cell-pen").click()
    page.locator(".cell-edit input[name='city']").fill("By mouse")
    assert accuse(page) == []
    page.locator(".top h1").click()
    expect(cell(page, rec, "city")).to_have_text("By mouse")
    phone.until_sent()
    assert (office.record("account", rec) or {})["city"] == "By mouse"


def test_only_what_may_be_changed(new_phone: NewPhone, office: Office) -> None:
    phone = new_phone("james", viewport=WIDE)
    phone.go("/accounts/?scope=mine")
    expect(phone.page.locator("#rows td[data-field='city'][data-edit]")).not_to_have_count(0)
    expect(phone.page.locator("#rows td[data-field='number'][data-edit]")).to_have_count(0)
