"""Lists as people make them their own: conditions built by thumb, with and without a network."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

from .conftest import NewPhone
from .office import Office
from .phone import WIDE

pytestmark = pytest.mark.browser


def where_of(url: str) -> str:
    return parse_qs(urlsplit(url).query).get("where", [""])[0]


@pytest.mark.parametrize("size", ["phone", "desktop"])
def test_conditions_are_built_offline(new_phone: NewPhone, office: Office, size: str) -> None:
    phone = new_phone("james", **({"viewport": WIDE} if size == "desktop" else {}))
    page, mine = phone.page, office.accounts_of("james")
    phone.context.set_offline(True)
    phone.go("/accounts/?scope=mine")
    if size == "phone":
        page.click(".open-filters")
    page.click(".filters [data-build]")
    builder = page.locator("#build[open] #builder")
    builder.locator("[name='c0.f']").select_option("city")
    builder.locator("[name='c0.v']").fill(mine[0]["city"][:3].upper())
    builder.get_by_role("button", name="Group").click()
    builder.locator("[name='c1.f']").select_option("kind")
    builder.locator("[data-row='1'] label", has_text="Company").click()
    builder.locator("[name='c2.f']").select_option("created_at")
    builder.locator("[name='c2.o']").select_option("last")
    builder.locator("input[name='c2.v']:not([data-date])").fill("9000")
    builder.get_by_role("button", name="Show").click()
    expect(page).to_have_url(re.compile(r"/accounts/\?.*where="))
    part = mine[0]["city"][:3].upper()
    assert where_of(page.url) == f"city.has.{part},or(kind.is.company,created_at.last.9000)"
    expect(page.locator("#rows tr[data-id]")).not_to_have_count(0)
    for one in mine:  # besides them the phone holds those of the team
        fits = part.lower() in (one["city"] or "").lower()
        expect(page.locator(f"#rows tr[data-id='{one['id']}']")).to_have_count(int(fits))
    expect(page.locator("#active-filters .cond")).to_have_count(2)
    page.locator("#active-filters .cond .drop").first.click()
    expect(page.locator("#active-filters .cond")).to_have_count(1)
    assert where_of(page.url) == "or(kind.is.company,created_at.last.9000)"


def test_what_is_no_condition_shows_the_list(new_phone: NewPhone, office: Office) -> None:
    phone = new_phone("james")
    for offline in (False, True):
        phone.context.set_offline(offline)
        phone.go("/accounts/?scope=mine&where=city.is((")
        expect(phone.page.locator("#fault")).to_be_visible()
        assert phone.page.locator("#rows tr[data-id]").count() > 5


def test_columns_are_chosen_and_put_in_order(new_phone: NewPhone, office: Office) -> None:
    phone = new_phone("james", viewport=WIDE)
    page = phone.page
    phone.context.set_offline(True)
    phone.go("/accounts/?scope=mine")
    page.locator(".open-columns").click()
    lines = page.locator("#columns .sortable li")
    names = [lines.nth(n).locator("input").get_attribute("value") for n in (0, 1, 2)]
    lines.nth(1).locator("[data-grip]").focus()
    page.keyboard.press("ArrowUp")
    expect(lines.first.locator("[data-grip]")).to_be_focused()
    from_, to = (lines.nth(n).locator("[data-grip]").bounding_box() for n in (2, 0))
    assert from_ and to
    page.mouse.move(from_["x"] + 9, from_["y"] + 9)
    page.mouse.down()
    page.mouse.move(to["x"] + 9, to["y"] + to["height"] / 2, steps=12)
    page.mouse.up()
    expected = [names[2], names[1], names[0]]
    assert [lines.nth(n).locator("input").get_attribute("value") for n in (0, 1, 2)] == expected
    page.locator("#columns").get_by_role("button", name="Show").click()
    expect(page).to_have_url(re.compile("cols="))
