"""Lists as people make them their own: conditions built by thumb, with and without a network."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

from .conftest import NewPhone
from .office import Office
from .phone import WIDE, Phone
from .touching import Finger


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


SHOWN = """() => [...document.querySelectorAll('th[data-column]')]
  .map(({dataset}) => dataset.column)"""


def heading(page: Page, name: str) -> Locator:
    return page.locator(f"th[data-column='{name}']")


def kept(phone: Phone) -> list[list[str]]:
    """Names of columns in what waits to be sent."""
    ops = [op for entry in phone.held("outbox") for op in entry.get("ops", [entry])]
    lines = [str(op["v"]).partition(" ")[2] for op in ops if op.get("f") == "columns"]
    return [[token.partition(":")[0] for token in line.split(",")] for line in lines]


def drag(page: Page, what: Locator, to: Locator, share: float, finger: Finger | None) -> None:
    """`share` of the width of what it comes to stand over, from the left; else with the mouse."""
    from_, there = what.bounding_box(), to.bounding_box()
    assert from_ and there
    start = (from_["x"] + from_["width"] / 2, from_["y"] + 12)
    end = (there["x"] + there["width"] * share, there["y"] + 12)
    if finger:
        finger.down(start)
        finger.move(end)
        finger.up()
        return
    page.mouse.move(*start)
    page.mouse.down()
    page.mouse.move(*end, steps=8)
    page.mouse.up()


@pytest.mark.parametrize("name", ["james", "leila"])
def test_columns_are_arranged_by_their_headings(
    new_phone: NewPhone, office: Office, name: str
) -> None:
    """By mouse, finger and keys, offline, in both directions; they stay so for the person, until
    reset."""
    rtl = name == "leila"
    phone = new_phone(name, viewport=WIDE, has_touch=rtl)
    page = phone.page
    finger = Finger(page) if rtl else None
    phone.go("/accounts/?scope=mine")
    before = page.evaluate(SHOWN)
    phone.context.set_offline(True)
    drag(page, heading(page, "city"), heading(page, before[1]), 0.9 if rtl else 0.1, finger)
    expected = [before[0], "city", *(one for one in before[1:] if one != "city")]
    phone.until(lambda: page.evaluate(SHOWN) == expected)
    cells = page.locator("#rows tr[data-id]").first.locator("td[data-field]")
    expect(cells.first).to_have_attribute("data-field", "city")
    edge = heading(page, "city").locator("[data-sizer]")
    wide = int(heading(page, "city").evaluate("th => th.offsetWidth"))
    box = edge.bounding_box()
    assert box
    x, y = int(box["x"]) + 8, int(box["y"]) + 12
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + (-50 if rtl else 50), y, steps=5)
    page.mouse.up()
    expect(heading(page, "city")).to_have_attribute("data-width", str(wide + 50))
    edge.press("ArrowLeft" if rtl else "ArrowRight")
    edge.press("Alt+ArrowLeft" if rtl else "Alt+ArrowRight")
    expected[1:3] = expected[2:0:-1]
    phone.until(lambda: expected in kept(phone))
    phone.go("/accounts/?scope=mine")
    assert page.evaluate(SHOWN) == expected
    expect(heading(page, "city")).to_have_attribute("data-width", str(wide + 66))
    phone.context.set_offline(False)
    phone.until_sent()
    phone.go("/accounts/?scope=all")
    assert page.evaluate(SHOWN) == expected
    page.locator(".open-columns").click()
    page.locator("#columns [form='as-usual']").click()
    expect(page.locator("table[data-arranged]")).to_have_count(0)
    assert page.evaluate(SHOWN) == before
