"""Saved views: kept, shared, opened and let go of, without a network; lists in groups."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from .conftest import NewPhone
from .office import Office
from .phone import WIDE, Phone

CALLS = "/tasks/?scope=mine&by=priority&kind=call"


def save(page: Page, name: str, audience: str = "own", usual: bool = False) -> None:
    page.locator(".views [data-sheet=view-new]").click()
    sheet = page.locator("#view-new")
    sheet.locator("[name=name]").fill(name)
    sheet.locator(f"label:has([value={audience}])").click()
    if usual:
        sheet.locator("[name=usual]").check()
    sheet.locator(".sheet-foot button").click()
    expect(page.locator(".views [aria-current]")).to_have_text(name)


def views(office: Office, name: str) -> list[dict[str, object]]:
    return office.records("saved_view", "name = ? AND NOT deleted", name)


def shown(page: Page) -> list[str]:
    return [t.strip() for t in page.locator(".views nav a").all_inner_texts()]


def sent(phone: Phone) -> None:
    phone.context.set_offline(False)
    phone.until_sent()


def test_a_view_is_kept_changed_and_deleted(new_phone: NewPhone, office: Office) -> None:
    phone = new_phone("james", viewport=WIDE)
    page = phone.page
    phone.context.set_offline(True)
    phone.go(CALLS)
    expect(page.locator("#rows tr.group")).not_to_have_count(0)
    save(page, "Calls")
    phone.go("/tasks/?view=all")
    page.get_by_role("link", name="Calls").click()
    expect(page.locator("#rows tr.group")).not_to_have_count(0)
    page.locator(".filters [name=priority]").select_option("high")
    expect(page.locator(".views .changed")).to_be_visible()
    page.locator(".views .changed").click()
    page.locator("[data-view-keep]").click()
    expect(page.locator(".views .changed")).to_have_count(0)
    page.locator("[popovertarget=view-menu]").click()
    page.locator("[data-sheet=view-edit]").click()
    page.locator("#view-edit [name=name]").fill("High calls")
    page.locator("#view-edit .sheet-foot button").click()
    expect(page.locator(".views [aria-current]")).to_have_text("High calls")
    sent(phone)
    assert "priority=high" in str(views(office, "High calls")[0]["asks"])
    phone.context.set_offline(True)
    page.locator("[popovertarget=view-menu]").click()
    page.locator("#view-menu .danger").click()
    expect(page.locator(".views nav a", has_text="High calls")).to_have_count(0)
    page.locator(".toast button", has_text="Undo").click()
    expect(page.locator(".views nav a", has_text="High calls")).to_have_count(1)
    sent(phone)
    assert len(views(office, "High calls")) == 1


def test_a_view_is_shared_with_a_team_and_nobody_else(
    new_phone: NewPhone, office: Office
) -> None:
    phone = new_phone("james", viewport=WIDE)
    for name, audience in (("Ours", "team"), ("Mine alone", "own")):
        phone.go(CALLS)
        save(phone.page, name, audience)
    phone.until_sent()
    (team,) = office.rows("SELECT team FROM person WHERE id = ?", office.demo.people["james"])
    for name in ("dana", "leila", "farid"):
        (theirs,) = office.rows("SELECT team FROM person WHERE id = ?", office.demo.people[name])
        other = new_phone(name)
        other.context.set_offline(True)
        other.go("/tasks/?view=all")
        assert ("Ours" in shown(other.page)) == (theirs == team), name
        assert "Mine alone" not in shown(other.page)


def test_a_list_opens_with_the_view_that_is_usual(new_phone: NewPhone, office: Office) -> None:
    phone = new_phone("samir", viewport=WIDE)
    page = phone.page
    phone.context.set_offline(True)
    phone.go("/tasks/?scope=mine&look=board&by=priority")
    save(page, "My board", usual=True)
    phone.go("/tasks/")
    expect(page.locator(".board[data-board=priority]")).to_be_visible()
    phone.go("/tasks/?view=all")
    expect(page.locator("#rows tr[data-id]")).not_to_have_count(0)
    sent(phone)
    assert views(office, "My board")[0]["usual"] is True


def test_groups_have_counts_and_more(new_phone: NewPhone, office: Office) -> None:
    phone = new_phone("james", viewport=WIDE)
    page = phone.page
    for offline in (False, True):
        phone.context.set_offline(offline)
        phone.go("/tasks/?scope=mine&by=priority")
        head = page.locator("#rows tr.group[data-group=normal]")
        n = int(re.sub("[^0-9]", "", head.locator(".count").inner_text()))
        more = page.locator("#rows tr.group[data-group=normal] ~ tr.more a").first
        assert n > 10
        more.click()
        rows = "#rows tr.group[data-group=normal] ~ tr[data-id]:has(~ tr.group[data-group=high])"
        expect(page.locator(rows)).to_have_count(min(n, 20))
