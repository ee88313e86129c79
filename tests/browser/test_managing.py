"""Whoever manages people, by hand: a role as a table, somebody new, and what comes of it."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from server.core.roles import IDS

from .conftest import NewPhone
from .office import Office
from .phone import SMALL, WIDE, Phone
from .test_looks import accuse

# The administrator reads Hebrew; James English, and is made one
MANAGERS = ["admin", "james"]


@pytest.fixture(scope="module", autouse=True)
def _james_manages(office: Office) -> None:
    james = office.records("person", "id = ?", office.demo.people["james"])[0]
    office.as_("admin").set(james, "person", roles=[*james["roles"], IDS["admin"]])


@pytest.fixture(scope="module", params=MANAGERS)
def phone(office: Office, browser: Browser, request: pytest.FixtureRequest) -> Iterator[Phone]:
    context = browser.new_context(viewport=SMALL, bypass_csp=True, reduced_motion="reduce")
    phone = Phone(context, office)
    phone.sign_in(request.param)
    yield phone
    context.close()


def save(page: Page) -> None:
    page.locator(".form-foot [data-primary]").click()


def test_a_role_is_a_table_of_kinds_and_actions(phone: Phone, office: Office) -> None:
    page, name = phone.page, f"Guests of {phone.name}"
    phone.go("/more")
    page.locator("a[href='/roles/']").click()
    page.locator("a[href='/roles/new']").click()
    page.fill("#f-name", name)
    page.select_option("select[name='*.see']", "team")
    account = page.locator("fieldset[data-kind=account]")
    account.locator("select[name='account.see']").select_option("own")
    account.locator("summary").click()
    account.locator("select[name='account.notes']").select_option("hidden")
    save(page)
    expect(page.locator(".notice[role=status]")).to_be_visible()
    expect(page.locator("#f-name")).to_have_value(name)
    role = next(one for one in office.records("role") if one["name"] == name)
    assert role["rights"] == {
        "*": {"see": "team", **dict.fromkeys(("create", "change", "delete", "export"), "none")},
        "account": {"see": "own", "fields": {"notes": "hidden"}},
    }
    phone.go(f"/roles/{role['id']}")
    expect(page.locator("select[name='account.notes']")).to_have_value("hidden")
    page.locator("form[data-confirm] .danger").click()
    page.locator("#ask .danger").click()
    expect(page).to_have_url(re.compile("/roles/$"))
    expect(page.get_by_text(name)).to_have_count(0)


def test_somebody_new_is_let_in_by_a_link(
    phone: Phone, office: Office, new_phone: NewPhone
) -> None:
    page, mail = phone.page, f"new-{phone.name}@demo.test"
    phone.go("/people/new")
    page.fill("#f-name", "Newcomer נועה")
    page.fill("#f-email", mail)
    save(page)  # no role was chosen
    expect(page.locator("#errors")).to_be_visible()
    expect(page.locator("#f-email")).to_have_value(mail)
    page.check(f"input[name=roles][value='{IDS['office']}']")
    page.check(f"input[name=roles][value='{IDS['seller']}']")
    save(page)
    link = page.locator("#link").inner_text()
    guest = new_phone()
    guest.page.goto(link)
    expect(guest.page.locator("#f-email")).to_have_value(mail)
    guest.page.fill("#f-password", "short")
    guest.page.evaluate("document.querySelector('#f-password').minLength = 0")
    guest.page.click("[data-primary]")
    expect(guest.page.locator("#errors")).to_be_visible()
    guest.page.fill("#f-password", "long enough to be good")
    guest.page.click("[data-primary]")
    expect(guest.page).to_have_url(re.compile("/today"))
    assert guest.page.goto(link).status == 410  # type: ignore[union-attr]


def test_a_person_is_told_what_they_may_do_and_why(phone: Phone, office: Office) -> None:
    page, leila = phone.page, office.demo.people["leila"]
    phone.go(f"/people/{leila}")
    page.locator(f"a[href='/people/{leila}/rights']").click()
    expect(page.locator("dl.why").first).to_be_visible()
    person = office.records("person", "id = ?", leila)[0]
    assert person["roles"] == [IDS["seller"]]
    link = page.locator(f"dl.tally a[href='/roles/{IDS['seller']}']")
    first = page.locator("dl.why").first.locator("dd").first
    expect(first).to_contain_text(link.inner_text())


def test_what_is_filled_in_stays_where_the_server_is_out_of_reach(
    phone: Phone, office: Office
) -> None:
    """Of a form that the browser sends, and of one that htmx does."""
    page, told = phone.page, phone.page.locator("#toasts .toast")
    phone.go("/people/new")
    page.fill("#f-name", "Typed")
    page.fill("#f-email", f"typed-by-{phone.name}@demo.test")
    page.check(f"input[name=roles][value='{IDS['office']}']")
    phone.context.set_offline(True)
    save(page)
    expect(told).to_have_count(1)
    expect(page.locator("#f-name")).to_have_value("Typed")
    phone.context.set_offline(False)
    save(page)
    expect(page.locator("#link")).to_be_visible()
    phone.go(f"/people/{office.demo.people['igor']}")
    phone.context.set_offline(True)
    page.locator("form[action$='/disabling'] button").click()
    page.locator("#ask-body button.danger").click()
    expect(told).to_have_count(1)
    expect(page.locator("form[action$='/disabling']")).to_be_visible()
    phone.context.set_offline(False)


def test_axe_finds_nothing(phone: Phone, office: Office) -> None:
    seller, leila = IDS["seller"], office.demo.people["leila"]
    found = {}
    for path in (
        "/people/", "/people/new", f"/people/{leila}", f"/people/{leila}/rights", "/roles/",
        "/roles/new", f"/roles/{seller}", f"/roles/{IDS['admin']}", "/teams/", "/tokens/",
        "/audit/", "/audit/?kind=role", "/fields/account/", "/fields/account/layout",
    ):  # fmt: skip
        phone.go(path)
        for size, scheme in ((SMALL, "dark"), (WIDE, "light")):
            phone.page.set_viewport_size(size)
            phone.page.evaluate("theme => document.documentElement.dataset.theme = theme", scheme)
            if wrong := accuse(phone.page):
                found[f"{path} {scheme} {size['width']}"] = wrong
            wide = phone.page.evaluate("document.documentElement.scrollWidth - innerWidth")
            if wide > 0:
                found[f"{path} {size['width']}"] = [f"scrolls sideways by {wide}"]
    phone.page.set_viewport_size(SMALL)
    assert found == {}
