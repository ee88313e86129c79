"""Two customers are merged at a desk; the phone of somebody who is away follows."""

from __future__ import annotations

from playwright.sync_api import expect

from .conftest import NewPhone
from .office import Office


def test_a_phone_follows_what_was_merged_meanwhile(new_phone: NewPhone, office: Office) -> None:
    gone, keep = office.accounts_of("james")[:2]
    phone, desk = new_phone("james"), new_phone("admin")
    phone.context.set_offline(True)
    phone.go(f"/accounts/{gone['id']}/edit")
    phone.page.fill("#f-website", "https://written-away.example")
    phone.page.click("#record-form [data-primary]")
    expect(phone.page.locator("#record")).to_contain_text("written-away.example")

    page = desk.page
    desk.go(f"/duplicates/accounts/merging?id={keep['id']}&id={gone['id']}")
    page.locator("form.merging [data-primary]").focus()
    page.keyboard.press("Enter")
    expect(page.locator("form[action$='/undoing']")).to_be_visible()

    phone.context.set_offline(False)
    phone.until_sent()
    phone.until(lambda: (office.record("account", keep["id"]) or {})["website"]
                == "https://written-away.example")  # fmt: skip
    phone.sync()
    phone.context.set_offline(True)
    phone.go(f"/accounts/{gone['id']}")
    phone.page.wait_for_url(f"**/accounts/{keep['id']}")
    phone.go("/duplicates/")
    expect(phone.page.locator("#main")).to_contain_text("connection")
