"""Lists as calendars: dates moved by keyboard, mouse, touch and menu, without a network."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from playwright.sync_api import Locator, Page, expect

from .conftest import NewPhone
from .office import Office
from .phone import WIDE, Phone
from .touching import Finger, drag, middle_of


def calendar(phone: Phone, query: str) -> Page:
    phone.context.set_offline(True)
    phone.go(f"/tasks/?look=calendar&by=due&scope=mine&{query}")
    expect(phone.page.locator("[data-cards]:not([data-ready])")).to_have_count(0)
    return phone.page


def first(page: Page) -> tuple[str, date]:
    card = page.locator(".deal[data-movable]").first
    day = date.fromisoformat(str(card.get_attribute("data-value")))
    return str(card.get_attribute("data-id")), day


def on(page: Page, day: date, id_: str) -> Locator:
    return page.locator(f"[data-cards='{day}'] > [data-id='{id_}']:not(.sortable-fallback)")


def due(phone: Phone, office: Office, id_: str) -> date:
    phone.context.set_offline(False)
    phone.until_sent()
    return date.fromisoformat((office.record("task", id_) or {})["due"])


def test_a_date_is_moved_by_keyboard_mouse_and_menu(
    new_phone: NewPhone, office: Office
) -> None:
    phone = new_phone("james", viewport=WIDE)
    page = calendar(phone, "span=month")
    id_, day = first(page)
    on(page, day, id_).locator(".name").focus()
    page.keyboard.press("Alt+ArrowDown")
    expect(on(page, day + timedelta(7), id_).locator(".name")).to_be_focused()
    page = calendar(phone, "span=month")
    drag(page, on(page, day + timedelta(7), id_), page.locator(f"[data-cards='{day}']"))
    expect(on(page, day, id_)).to_be_visible()
    page.locator(".toast button", has_text="Undo").click()
    expect(on(page, day + timedelta(7), id_)).to_be_visible()
    on(page, day + timedelta(7), id_).locator("[popovertarget]").click()
    page.locator(f"#to-{id_}").fill(str(day + timedelta(1)))
    page.locator(f"#move-{id_} .primary").click()
    expect(on(page, day + timedelta(1), id_)).to_be_visible()
    assert due(phone, office, id_) == day + timedelta(1)


@pytest.mark.parametrize(("name", "span"), [("dana", "month"), ("babak", "week")])
def test_a_finger_moves_a_date_in_every_calendar(
    new_phone: NewPhone, office: Office, name: str, span: str
) -> None:
    """Hebrew and Jalali, from right to left; the week is one column, and all of it is there."""
    phone = new_phone(name, viewport={"width": 390, "height": 4000}, has_touch=True)
    page = calendar(phone, f"span={span}")
    id_, day = first(page)
    days = page.locator("[data-day]").evaluate_all("found => found.map(one => one.dataset.day)")
    assert days == sorted(days) and (len(days) == 7) == (span == "week")
    expect(page.locator(".hebrew")).to_have_count(len(days) if name == "dana" else 0)
    to = date.fromisoformat(days[0] if str(day) != days[0] else days[1])
    finger = Finger(page)
    finger.down(middle_of(on(page, day, id_)))
    expect(page.locator(".sortable-chosen")).to_have_count(1)
    box = page.locator(f"[data-cards='{to}']").bounding_box()
    assert box
    finger.move((box["x"] + min(60, box["width"] / 2), box["y"] + 12))
    expect(on(page, to, id_)).to_have_count(1)
    finger.up()
    expect(page.locator("#pill")).to_have_attribute("data-pending", "1")
    assert due(phone, office, id_) == to


def test_months_follow_the_persons_calendar(new_phone: NewPhone, office: Office) -> None:
    phone = new_phone("babak", viewport=WIDE)
    page = calendar(phone, "span=month&at=2026-03-21")
    expect(page.locator(".ways h2")).to_have_text("فروردین ۱۴۰۵")
    inside = page.locator(".day:not(.out) h3 .short")
    expect(inside).to_have_count(31)
    expect(inside.first).to_have_text("۱")
    page.locator("[data-way=prev]").click()
    expect(page.locator(".ways h2")).to_have_text("اسفند ۱۴۰۴")
    expect(page.locator(".day:not(.out) h3 .short")).to_have_count(29)
