"""A browser without a worker, as in a private window: forms go to the server, nothing is lost."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from .conftest import NewPhone
from .office import Office
from .phone import WIDE, Phone


@pytest.fixture(scope="module")
def james(new_phone: NewPhone) -> Phone:
    return _person(new_phone, "james")


@pytest.fixture(scope="module")
def clerk(new_phone: NewPhone) -> Phone:
    return _person(new_phone, "office")


def _person(new_phone: NewPhone, name: str) -> Phone:
    phone = new_phone(viewport=WIDE, service_workers="block")
    phone.go("/login")
    phone.fill_in_and_sign_in(name)
    assert phone.made_by("/today") == "server"
    return phone


def write(phone: Phone, **values: str) -> None:
    for name, value in values.items():
        phone.page.fill(f"#f-{name}", value)


def save(phone: Phone) -> None:
    phone.page.click("#record-form [data-primary]")
    # Not "on this device": it is on the server.
    expect(phone.page.locator("#toasts .msg").last).to_have_text("Saved")


def test_two_forms_of_one_record(office: Office, james: Phone, clerk: Phone) -> None:
    account = office.accounts_of("james")[0]
    edit = f"/accounts/{account['id']}/edit"
    for phone in (james, clerk):
        phone.go(edit)
    write(james, city="Acre", website="https://one.example")
    write(clerk, name="Renamed by the office", city="Jaffa")
    save(james)
    save(clerk)
    held = office.record("account", account["id"]) or {}
    assert [held[name] for name in ("name", "website")] == [
        "Renamed by the office", "https://one.example",
    ]  # fmt: skip
    [conflict] = office.records("conflict", "rec = ?", account["id"])
    assert conflict["field"] == "city"
    assert {conflict["kept"], conflict["lost"]} == {"Acre", "Jaffa"}
    assert held["city"] == conflict["kept"]
    told(clerk.page)
    james.go("/today")
    expect(james.page.locator("#pill")).to_have_text("1 needs you")
    james.page.click("#pill")
    told_both_values(james.page)
    settle(james.page, conflict["lost"])
    assert (office.record("account", account["id"]) or {})["city"] == conflict["lost"]
    for phone in (james, clerk):
        phone.go("/today")
        expect(phone.page.locator("#pill")).to_be_hidden()
    assert james.faults + clerk.faults == []


def told(page: Page) -> None:
    """On the record, as soon as it is saved."""
    chip = page.get_by_role("link", name="Two people changed this")
    expect(chip).to_be_visible()
    chip.click()
    told_both_values(page)


def told_both_values(page: Page) -> None:
    expect(page).to_have_url(re.compile("/(conflicts|outbox)$"))
    expect(page.locator("#main .rows li")).to_contain_text("City")
    for city in ("Acre", "Jaffa"):
        expect(page.locator("#main .rows li")).to_contain_text(city)


def settle(page: Page, value: str) -> None:
    page.click("#main .rows a.name")
    side = page.locator("[data-side]").filter(has_text=value)
    side.get_by_role("button", name="Keep this").click()
    expect(page.locator("#main .empty")).to_be_visible()
