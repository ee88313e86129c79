"""A field made at a desk reaches a phone by sync, and serves there with no server."""

from __future__ import annotations

import json

from playwright.sync_api import expect

from server.core.roles import IDS

from .conftest import NewPhone
from .office import Office
from .phone import Phone

KEPT = "JSON.stringify({...localStorage})"


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


def test_what_follows_from_other_fields_follows_offline(
    new_phone: NewPhone, office: Office
) -> None:
    phone, desk = new_phone("james"), new_phone("admin")
    make(desk, "number", "Amount")
    make(desk, "formula", "Twice", {"formula": "x_amount * 2 + 0.5"}, {"result": "number"})
    make(desk, "autonumber", "Order", {"pattern": "ORD-{YYYY}-{000}"})
    make(desk, "text", "Reason", {"seen_if": "x_amount > 2", "needed_if": "x_amount > 2"})
    phone.sync()
    script = "fetch('/accounts/new').then((answer) => answer.text())"
    phone.until(lambda: 'name="x_reason"' in (phone.page.evaluate(script) or ""))
    office.stop()

    phone.go("/accounts/new")
    page = phone.page
    page.fill("#f-name", "Reckoned offline")
    reason = page.locator('[data-field="x_reason"]')
    expect(reason).to_be_hidden()
    page.fill("#f-x_amount", "3")
    expect(reason).to_be_visible()
    page.click("#record-form [data-primary]")
    expect(page.locator("#e-x_reason")).to_be_visible()
    page.fill("#f-x_reason", "Many")
    page.click("#record-form [data-primary]")
    record = page.locator("#record")
    expect(record.locator('[data-field="x_twice"]')).to_contain_text("6.5")
    expect(record.locator('[data-field="x_order"]')).to_contain_text("Draft")

    office.start()
    phone.until_sent()
    expect(record.locator('[data-field="x_order"]')).to_contain_text("ORD-")
    kept = office.records("account", "name = ?", "Reckoned offline")[0]
    assert (kept["x_twice"], kept["x_reason"]) == (6.5, "Many")


def test_a_roles_layout_and_what_is_sensitive_hold_offline(
    new_phone: NewPhone, office: Office
) -> None:
    """A layout made by buttons and by keyboard; a value behind a mask, and the tap on it noted."""
    phone, desk, ada = new_phone("james"), new_phone("admin"), office.as_("admin")
    page, role = desk.page, office.records("role", "id = ?", IDS["seller"])[0]
    desk.go(f"/fields/account/layout?role={role['id']}")
    row, after = "#layout li:has([value='f:{}'])", "#layout li:has([value='f:{}']) + li"
    page.click(row.format("email") + " [value$=':up']")
    expect(page.locator(after.format("email") + ":has([value='f:phones'])")).to_be_visible()
    grip = page.locator(row.format("website") + " [data-grip]")
    for _ in range(2):
        grip.press("ArrowUp")
    expect(page.locator(after.format("website") + ":has([value='f:email'])")).to_be_visible()
    page.click("#layout [data-primary]")
    expect(page.locator("#layout [name=reset]")).to_be_visible()

    shown = {"account": {"fields": {"email": "held"}}}
    ada.set(role, "role", rights=role["rights"] | shown)
    # Last: a phone that knows of the mask knows how far the role shows what is behind it.
    ada.make("field_mark", of="account", field="email", sensitive=True)
    known = next(a for a in office.accounts_of("james") if a["email"] and a["website"])
    path, there = f"/accounts/{known['id']}", '[data-field="website"] + [data-field="email"]'
    phone.sync()
    script = f"fetch('{path}').then((answer) => answer.text())"
    phone.until(lambda: "••••" in (phone.page.evaluate(script) or ""))
    office.stop()

    phone.go(path)
    email = phone.page.locator(f"#record {there}")
    expect(email).to_contain_text("••••")
    assert known["email"] not in phone.page.content()
    email.locator("button").click()
    expect(email).to_contain_text(known["email"])
    phone.go(f"{path}/edit")
    type_in_vain(phone, f"#record-form {there} input[type=email]")
    office.start()
    phone.until_sent()
    looked = office.rows("SELECT body FROM op WHERE rec = ? AND road = 'sync'", known["id"])
    assert [json.loads(body)["f"] for (body,) in looked] == ["email"]


def type_in_vain(phone: Phone, into: str) -> None:
    """What is typed into a sensitive field is in no draft, which its person is told."""
    typed = phone.page.locator(into)
    expect(typed).to_have_value("")
    typed.fill("typed@example.org")
    phone.until(lambda: "E-mail" in (phone.page.evaluate(KEPT) or ""))
    assert "typed@example.org" not in phone.page.evaluate(KEPT)
    phone.page.reload()
    expect(phone.page.locator("#toasts")).to_contain_text("Not kept")
    expect(typed).to_have_value("")


def make(
    desk: Phone, kind: str, label: str, typed: dict[str, str] | None = None,
    chosen: dict[str, str] | None = None,
) -> None:  # fmt: skip
    """A field of accounts, made at a desk."""
    desk.go(f"/fields/account/new?kind={kind}")
    desk.page.fill("#f-label", label)
    for name, text in (typed or {}).items():
        desk.page.fill(f"#f-{name}", text)
    for name, value in (chosen or {}).items():
        desk.page.select_option(f"#f-{name}", value)
    desk.page.click("#main form.form [data-primary]")
    expect(desk.page.locator(f'[data-field-key="x_{label.lower()}"]')).to_be_visible()
