"""A field made at a desk reaches a phone by sync, and serves there with no server."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from .conftest import NewPhone
from .office import Office

pytestmark = pytest.mark.browser


def test_a_field_made_at_a_desk_serves_a_phone_offline(
    new_phone: NewPhone, office: Office
) -> None:
    phone, desk = new_phone("james"), new_phone("admin")
    page = desk.page
    desk.go("/fields/account/new?kind=choice")
    page.fill("#f-label", "Class")
    page.locator("[name=option_label]").nth(0).fill("Gold")
    page.locator("[name=option_label]").nth(1).fill("Silver")
    page.check("#f-listed")
    page.click("#main form.form [data-primary]")
    expect(page.locator('[data-field-key="x_class"]')).to_be_visible()

    phone.sync()
    script = "fetch('/accounts/new').then((answer) => answer.text())"
    phone.until(lambda: 'name="x_class"' in (phone.page.evaluate(script) or ""))
    office.stop()
    phone.go("/accounts/new")
    phone.page.fill("#f-name", "Made offline")
    phone.page.select_option("#f-x_class", label="Silver")
    phone.page.click("#record-form [data-primary]")
    expect(phone.page.locator("#main")).to_contain_text("Silver")
    for value, there in (("o2", 1), ("o1", 0)):
        phone.go(f"/accounts/?scope=mine&x_class={value}")
        expect(phone.page.get_by_text("Made offline")).to_have_count(there)
    desk.go("/fields/account/")
    expect(page.locator('#main a[href="/today"]')).to_be_visible()  # only the server can do this

    office.start()
    phone.until_sent()
    assert office.records("account", "name = ?", "Made offline")[0]["x_class"] == "o2"
