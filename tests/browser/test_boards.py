"""Lists as boards: cards moved by mouse, keyboard, touch and menu, without a network."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from .conftest import NewPhone
from .office import Office
from .phone import SMALL, WIDE, Phone
from .touching import Finger, drag, middle_of


def board(phone: Phone, by: str) -> Page:
    phone.context.set_offline(True)
    phone.go(f"/tasks/?look=board&by={by}&scope=mine")
    expect(phone.page.locator("[data-cards]:not([data-ready])")).to_have_count(0)
    return phone.page


def first_in(page: Page, stack: str) -> str:
    card = page.locator(f"[data-stack={stack}] .deal[data-movable]").first
    return str(card.get_attribute("data-id"))


def card(page: Page, stack: str, id_: str) -> Locator:
    return page.locator(f"[data-cards={stack}] > [data-id='{id_}']:not(.sortable-fallback)")


def sent(phone: Phone, office: Office, id_: str) -> dict[str, object]:
    phone.context.set_offline(False)
    phone.until_sent()
    return office.record("task", id_) or {}


def test_cards_are_moved_by_mouse_and_keyboard(new_phone: NewPhone, office: Office) -> None:
    phone = new_phone("james", viewport=WIDE)
    page = board(phone, "status")
    id_ = first_in(page, "open")
    card(page, "open", id_).locator(".name").focus()
    page.keyboard.press("Alt+ArrowRight")
    expect(card(page, "in_progress", id_).locator(".name")).to_be_focused()
    page = board(phone, "status")
    drag(page, card(page, "in_progress", id_), page.locator("[data-cards=done]"))
    expect(card(page, "done", id_)).to_be_visible()
    page.locator(".toast button", has_text="Undo").click()
    expect(card(page, "in_progress", id_)).to_be_visible()
    assert sent(phone, office, id_)["status"] == "in_progress"


@pytest.mark.parametrize("name", ["james", "dana"])
def test_a_finger_takes_a_card_beyond_the_screen(
    new_phone: NewPhone, office: Office, name: str
) -> None:
    """From start to end in both directions of writing."""
    phone = new_phone(name, viewport=SMALL, has_touch=True)
    page = board(phone, "priority")
    id_ = first_in(page, "low")
    finger, what = Finger(page), card(page, "low", id_)
    finger.down(middle_of(what))
    expect(page.locator(".sortable-chosen")).to_have_count(1)  # after a short press
    edge = SMALL["width"] - 16 if name == "james" else 16
    finger.move((edge, finger.at[1]))
    expect(page.locator("[data-stack=urgent]")).to_be_in_viewport(ratio=0.95)
    finger.move(middle_of(page.locator("[data-stack=urgent] h2")))
    finger.move(middle_of(page.locator("[data-cards=urgent] > li").first))
    expect(card(page, "urgent", id_)).to_be_visible()
    finger.up()
    expect(page.locator(".board[data-dragging]")).to_have_count(0)
    expect(page.locator("#pill")).to_have_attribute("data-pending", "1")
    assert sent(phone, office, id_)["priority"] == "urgent"


def test_a_card_is_moved_by_its_menu(new_phone: NewPhone, office: Office) -> None:
    phone = new_phone("dana")
    page = board(phone, "priority")
    id_ = first_in(page, "normal")
    card(page, "normal", id_).locator("[popovertarget]").click()
    card(page, "normal", id_).locator("[data-move-to=urgent]").click()
    expect(page.locator("#pill")).to_have_attribute("data-pending", "1")
    assert sent(phone, office, id_)["priority"] == "urgent"
