"""Other languages and calendars, with no network."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from .conftest import NewPhone
from .office import Office


def test_a_persian_day_typed_with_persian_digits(new_phone: NewPhone, office: Office) -> None:
    phone = new_phone("leila")
    page = phone.page
    phone.context.set_offline(True)
    phone.go("/tasks/new")
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    page.locator("#f-title").fill("تماس با مشتری")
    page.locator("#f-due").fill("۱۴۰۵/۰۹/۱۵")
    page.locator("#record-form [data-primary]").click()
    expect(page.locator("h1")).to_have_text("تماس با مشتری")
    due = page.locator("[data-field=due] time")
    expect(due).to_have_attribute("datetime", "2026-12-06")
    expect(due).to_contain_text("۱۵")
    phone.go(page.url.removeprefix(office.url) + "/edit")
    expect(page.locator("#f-due")).to_have_value(re.compile("۱۴۰۵|1405"))
    phone.context.set_offline(False)
    phone.until_sent()
    assert [t["due"] for t in office.records("task", "title = 'تماس با مشتری'")] == ["2026-12-06"]
    assert phone.faults == []


def test_another_language_changes_every_page(new_phone: NewPhone, office: Office) -> None:
    phone = new_phone("james")
    page = phone.page
    phone.context.set_offline(True)
    phone.go("/settings")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.locator("#f-lang").select_option("fa")
    expect(page.locator("#f-calendar")).to_have_value("jalali")
    page.locator("#settings-form [data-primary]").click()
    expect(page.locator("html")).to_have_attribute("lang", "fa")
    for path in ("/today", "/accounts/", "/outbox"):
        phone.go(path)
        expect(page.locator("html")).to_have_attribute("lang", "fa")
        expect(page.locator("html")).to_have_attribute("dir", "rtl")
    expect(page.locator("h1")).not_to_have_text("Sync")
    phone.context.set_offline(False)
    phone.until_sent()
    person = office.record("person", office.demo.people["james"]) or {}
    assert (person["lang"], person["calendar"]) == ("fa", "jalali")


def test_all_records_without_a_network_are_those_held(new_phone: NewPhone, office: Office) -> None:
    """An administrator sees everybody's; the phone holds the team's and says so."""
    phone = new_phone("office")
    page = phone.page
    everything = len(office.records("account", "NOT deleted"))
    phone.go("/accounts/?scope=all")
    assert phone.made_by("/accounts/?scope=all") == "server"
    assert phone.made_by("/accounts/?scope=mine") == "worker"
    expect(page.locator("#fallback")).to_have_count(0)
    office.stop()
    answer = phone.go("/accounts/?scope=all")
    assert answer.headers["x-rendered-by"] == "worker"
    expect(page.locator("#fallback")).to_be_visible()
    assert 0 < page.locator("#rows tr[data-id]").count() < everything
    office.start()
    phone.sync()
    phone.until(lambda: phone.made_by("/accounts/?scope=all") == "server")


def test_countries_stand_in_the_order_of_their_reader(new_phone: NewPhone, office: Office) -> None:
    """Their own country first."""
    phone, record = new_phone("leila"), office.accounts_of("leila")[0]
    phone.go(f"/accounts/{record['id']}/edit")
    select = phone.page.locator("#f-country")
    texts = select.locator("option").all_inner_texts()[1:]
    in_order = "texts => texts.toSorted(new Intl.Collator('fa').compare)"
    assert texts[1:] == phone.page.evaluate(in_order, texts[1:])
    assert texts[0] == "اسرائیل"
    select.select_option("DE")
    phone.page.locator("#record-form [data-primary]").click()
    expect(phone.page.locator("[data-field=country] dd")).to_have_text("آلمان")
    phone.until_sent()
    assert (office.record("account", record["id"]) or {})["country"] == "DE"
