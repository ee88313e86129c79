"""An office person's hands never leave the keyboard."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from .conftest import NewPhone
from .office import Office
from .phone import WIDE


@pytest.mark.parametrize("name", ["james", "dana"])
def test_search_open_edit_and_save(new_phone: NewPhone, office: Office, name: str) -> None:
    phone = new_phone(name, viewport=WIDE)
    page, keys = phone.page, phone.page.keyboard
    record = office.accounts_of(name)[0]
    phone.go("/today")
    keys.press("KeyG")
    keys.press("KeyA")
    expect(page).to_have_url(re.compile("/accounts/$"))
    keys.press("Slash")
    expect(page.locator("#q")).to_be_focused()
    keys.insert_text(record["number"])
    expect(page.locator("#rows tr[data-id]")).to_have_count(1)
    keys.press("ArrowDown")
    expect(page.locator("#rows tr[aria-selected=true]")).to_have_attribute("data-id", record["id"])
    keys.press("Enter")
    expect(page.locator("h1")).to_have_text(record["name"])
    keys.press("KeyE")
    expect(page.locator("#record-form")).to_be_visible()
    for _ in range(60):
        if page.evaluate("document.activeElement.id") == "f-city":
            break
        keys.press("Tab")
    keys.press("Control+A")
    keys.insert_text("By Keyboard")
    keys.press("Enter")
    expect(page.locator("[data-field=city] dd")).to_have_text("By Keyboard")
    phone.until_sent()
    assert (office.record("account", record["id"]) or {})["city"] == "By Keyboard"


def test_the_palette_finds_anything(new_phone: NewPhone, office: Office) -> None:
    phone = new_phone("james", viewport=WIDE)
    record = office.accounts_of("james")[1]
    phone.context.set_offline(True)
    phone.go("/more")
    phone.page.keyboard.press("Control+KeyK")
    phone.page.keyboard.insert_text(record["number"])
    expect(phone.page.locator("#palette-list [role=option]").first).to_contain_text(record["name"])
    phone.page.keyboard.press("Enter")
    expect(phone.page.locator("h1")).to_have_text(record["name"])


def test_the_keyboard_comes_back_to_where_it_was(new_phone: NewPhone, office: Office) -> None:
    """After a filter, a menu, a calendar, a record: never at the top of the page again."""
    phone = new_phone("james", viewport=WIDE)
    page, keys = phone.page, phone.page.keyboard
    phone.go("/accounts/")
    page.locator("select[name=relation]").focus()
    page.locator("select[name=relation]").select_option(index=1)
    expect(page).to_have_url(re.compile("relation=[a-z]"))
    expect(page.locator("select[name=relation]")).to_be_focused()

    page.locator("#rows a[data-row]").nth(2).focus()
    row = page.locator("#rows a[data-row]").nth(2).get_attribute("href") or ""
    keys.press("Enter")
    expect(page).to_have_url(re.compile(row))
    page.locator("[popovertarget=more-menu]").focus()
    keys.press("Enter")
    expect(page.locator("#more-menu")).to_be_visible()
    keys.press("Tab")
    keys.press("Escape")
    expect(page.locator("#more-menu")).to_be_hidden()
    expect(page.locator("[popovertarget=more-menu]")).to_be_focused()
    page.go_back()
    expect(page.locator(f"#rows a[href='{row}']")).to_be_focused()

    keys.press("KeyC")
    expect(page.locator("#f-name")).to_be_focused()
    phone.go("/tasks/new")
    page.locator("[data-field=due] [data-pick]").focus()
    keys.press("Enter")
    expect(page.locator(".calendar .today")).to_be_focused()
    keys.press("ArrowDown")
    keys.press("Enter")
    expect(page.locator("#f-due")).to_be_focused()
    expect(page.locator("#f-due")).to_have_value(re.compile("[0-9]"))
    assert phone.faults == []


def test_a_mistyped_name_and_what_to_do_here(new_phone: NewPhone, office: Office) -> None:
    phone = new_phone("james", viewport=WIDE)
    record = office.accounts_of("james")[2]
    phone.context.set_offline(True)
    phone.go(f"/accounts/{record['id']}")
    keys, options = phone.page.keyboard, phone.page.locator("#palette-list [role=option]")
    keys.press("Control+KeyK")
    expect(options.filter(has_text="Edit")).to_have_count(1)
    word = max(record["name"].split(), key=len)
    keys.insert_text(f"{word[:2]}{word[3]}{word[2]}{word[4:]}")
    expect(phone.page.locator("#palette-list .quiet")).to_be_visible()
    expect(options.filter(has_text=record["name"])).not_to_have_count(0)
    phone.page.locator("#palette-input").fill("Edit")
    keys.press("Enter")
    expect(phone.page.locator("#record-form")).to_be_visible()


def test_whoever_is_known_already_is_named(new_phone: NewPhone, office: Office) -> None:
    """By a mistyped name, with no network; opening what is typed into does not widen the page."""
    phone = new_phone("james")
    page = phone.page
    record = next(one for one in office.accounts_of("james") if one["phones"])
    phone.context.set_offline(True)
    phone.go("/accounts/new")
    page.locator("[name=phones]").first.fill(record["phones"][0])
    known = page.locator("#alike .rows")
    expect(known).to_contain_text(record["name"])
    expect(known.locator(".chip").first).to_have_text("Phones")
    assert page.evaluate("document.documentElement.scrollWidth") == page.evaluate("innerWidth")
    page.locator("[name=phones]").first.fill("")
    page.locator("#f-name").fill("Nobody Of That Name")
    expect(page.locator("#alike .rows")).to_have_count(0)
