"""Many records of a list changed at once, by mouse, keys and finger, with and without a network."""

from __future__ import annotations

import json
import re

from playwright.sync_api import Page, expect

from .conftest import NewPhone
from .office import Office
from .phone import WIDE
from .test_looks import accuse

# What follows is fetched when it comes into view; true once there is no more.
SHOW_MORE = "more => { more[0]?.scrollIntoView(); return !more.length; }"
ADD = """ids => { const form = document.querySelector('#chosen-form');
  for (const value of ids) form.append(Object.assign(document.createElement('input'),
    { type: 'hidden', name: '_rec', value })); }"""
OUTCOME = re.compile(r"/chosen/[0-9a-f-]+$")


def choose(page: Page, *names: int) -> list[str]:
    """Rows by their place; their ids."""
    boxes = page.locator("#rows .choose input")
    for n in names:
        boxes.nth(n).check()
    return [boxes.nth(n).input_value() for n in names]


def owners(office: Office, ids: list[str]) -> list[str]:
    return [(office.record("account", one) or {})["owner"] for one in ids]


def open_sheet(page: Page, what: str) -> None:
    page.locator(f"#bulkbar [data-sweep]{what}").click()
    expect(page.locator("#chosen[open] #chosen-form")).to_be_visible()


def test_tags_offline_and_taken_back(new_phone: NewPhone, office: Office) -> None:
    phone = new_phone("james", viewport=WIDE, bypass_csp=True, reduced_motion="reduce")
    page = phone.page
    phone.context.set_offline(True)
    phone.go("/accounts/?scope=mine")
    expect(page.locator("#bulkbar")).to_be_hidden()
    boxes = page.locator("#rows .choose input")
    boxes.nth(0).check()
    boxes.nth(2).click(modifiers=["Shift"])
    expect(page.locator("[data-chosen-count]")).to_contain_text("3")
    ids = [boxes.nth(n).input_value() for n in range(3)]
    assert accuse(page) == []
    open_sheet(page, "[data-field='tags']")
    assert accuse(page) == []
    page.locator("#chosen [name='tags']").fill("swept")
    page.locator("#chosen .sheet-foot button").click()
    expect(page.locator(".toast", has_text="Undo")).to_be_visible()
    expect(page.locator("#bulkbar")).to_be_hidden()
    ops = [op for entry in phone.held("outbox") for op in entry.get("ops", [entry])]
    assert {op["rec"] for op in ops if op.get("v") == "swept"} == set(ids)
    phone.context.set_offline(False)
    phone.until_sent()
    for one in ids:
        assert "swept" in (office.record("account", one) or {})["tags"]
    phone.go("/outbox")
    page.locator("#sweeps a.name").first.click()
    page.locator("form[action$='/undoing'] button").click()
    expect(page.locator("[data-count='undone']")).to_have_text("3")
    phone.until_sent()
    for one in ids:
        assert "swept" not in (office.record("account", one) or {})["tags"]


def test_what_is_not_here_waits_for_a_network(new_phone: NewPhone, office: Office) -> None:
    phone = new_phone("james", viewport=WIDE)
    page = phone.page
    phone.context.set_offline(True)
    phone.go("/accounts/?scope=mine")
    choose(page, 0)
    open_sheet(page, "[data-field='tags']")
    page.locator("#chosen [name='tags']").fill("kept")
    page.evaluate(ADD, ["00000000-0000-7000-8000-000000000000"])
    page.locator("#chosen .sheet-foot button").click()
    expect(page.locator("#errors")).to_contain_text("Not all of these are on this device")
    expect(page.locator("#chosen-form [name='tags']")).to_have_value("kept")


def test_what_is_refused_is_told(new_phone: NewPhone, office: Office) -> None:
    """A seller deletes what is theirs alone."""
    phone = new_phone("james", viewport=WIDE)
    page = phone.page
    phone.context.set_offline(True)
    phone.go("/accounts/?scope=mine")
    mine = {one["id"] for one in office.accounts_of("james")}
    page.locator("[data-pick-all]").check()
    boxes = page.locator("#rows .choose input")
    shown = {boxes.nth(n).input_value() for n in range(boxes.count())}
    open_sheet(page, "[data-sweep='del']")
    page.locator("#chosen .sheet-foot button").click()
    expect(page).to_have_url(OUTCOME)
    expect(page.locator("[data-count='changed']")).to_have_text(str(len(shown & mine)))
    expect(page.locator("[data-count='refused']")).to_have_text(str(len(shown - mine)))
    expect(page.locator("#faults")).to_contain_text("You may not make this change")


def test_all_that_match_is_the_servers(new_phone: NewPhone, office: Office) -> None:
    office.server.start_worker()
    phone = new_phone("manager", viewport=WIDE)
    page = phone.page
    phone.go("/accounts/?scope=all&relation=customer")
    page.locator("[data-pick-all]").check()
    page.locator("#bulkbar .every").click()
    open_sheet(page, "[data-sweep='set']:not([data-field])")
    page.locator("#f-_field").select_option("postcode")
    page.locator("#f-postcode").fill("SWEEP")
    page.locator("#chosen .sheet-foot button").click()
    expect(page).to_have_url(OUTCOME)
    expect(page.locator("#outcome")).to_have_attribute("data-status", "done")
    wanted = office.records("account", "relation = 'customer' AND NOT deleted")
    assert {one["postcode"] for one in wanted} == {"SWEEP"}
    others = office.records("account", "relation != 'customer'")
    assert "SWEEP" not in json.dumps(others)
    page.locator("form[action$='/undoing'] button").click()
    expect(page.locator("#outcome")).to_have_attribute("data-status", "undone")
    assert "SWEEP" not in json.dumps(office.records("account", "1"))


def test_by_finger(new_phone: NewPhone, office: Office) -> None:
    """Resting on a row begins to choose; taps go on, and what is chosen is assigned."""
    phone = new_phone("james", has_touch=True)
    page = phone.page
    phone.go("/accounts/?scope=mine")
    row = page.locator("#rows tr[data-id]")
    row.nth(1).dispatch_event("pointerdown", {"pointerType": "touch", "clientX": 99, "clientY": 9})
    expect(row.nth(1).locator(".choose input")).to_be_checked()
    row.nth(1).dispatch_event("pointerup", {"pointerType": "touch"})
    ids = [row.nth(n).get_attribute("data-id") or "" for n in (1, 3)]
    before = owners(office, ids)
    choose(page, 3)
    expect(page.locator("[data-chosen-count]")).to_contain_text("2")
    open_sheet(page, "[data-field='owner']")
    colleague = office.demo.people["dana"]
    page.locator("#chosen [name='owner']").select_option(colleague)
    page.locator("#chosen .sheet-foot button").click()
    expect(page.locator(".toast", has_text="Undo")).to_be_visible()
    phone.until_sent()
    assert owners(office, ids) == [colleague, colleague]
    phone.go("/outbox")
    page.locator("#sweeps a.name").first.tap()
    page.locator("form[action$='/undoing'] button").tap()
    expect(page.locator("[data-count='undone']")).to_have_text("2")
    phone.until_sent()
    assert owners(office, ids) == before


def test_rows_far_from_view_leave_the_layout(new_phone: NewPhone, office: Office) -> None:
    """And come back as they were chosen."""
    phone = new_phone("manager", viewport=WIDE)
    page = phone.page
    phone.go("/activities/?scope=all")
    rows, gaps = page.locator("#rows tr[data-id]"), page.locator("#rows tr.gap")
    rows.first.locator(".choose input").check()
    rows.first.locator(".choose input").blur()  # what has the focus stays
    expect(gaps).to_have_count(0)
    phone.until(lambda: page.locator("#rows .more").evaluate_all(SHOW_MORE) or rows.count() > 250)
    expect(rows.first).to_be_hidden()
    expect(gaps).not_to_have_count(0)
    expect(page.locator("#bulkbar")).to_be_visible()
    page.evaluate("scrollTo(0, 0)")
    expect(rows.first).to_be_visible()
    expect(rows.first.locator(".choose input")).to_be_checked()
    expect(rows.last).to_be_hidden()


def test_by_keys(new_phone: NewPhone, office: Office) -> None:
    phone = new_phone("james", viewport=WIDE)
    page = phone.page
    phone.go("/accounts/?scope=mine")
    expect(page.locator("#rows tr[data-id]")).not_to_have_count(0)
    for key in ("j", "s", "j", "j", "Shift+S"):
        page.keyboard.press(key)
    expect(page.locator("#rows .choose input:checked")).to_have_count(3)
    page.keyboard.press("Escape")
    expect(page.locator("#rows .choose input:checked")).to_have_count(0)
    expect(page.locator("#bulkbar")).to_be_hidden()


def test_very_many_are_changed_here_without_a_network(
    new_phone: NewPhone, office: Office
) -> None:
    office.as_("james").make_many("account", [{"name": f"Flock {n}"} for n in range(203)])
    phone = new_phone("james", viewport=WIDE)
    page = phone.page
    phone.context.set_offline(True)
    phone.go("/accounts/?scope=mine&q=flock")
    phone.until(lambda: page.locator("#rows .more").evaluate_all(SHOW_MORE))
    page.locator("[data-pick-all]").check()
    expect(page.locator("[data-chosen-count]")).to_contain_text("203")
    open_sheet(page, "[data-field='tags']")
    page.locator("#chosen [name='tags']").fill("swept")
    page.locator("#chosen .sheet-foot button").click()
    expect(page.locator("#outcome")).to_have_attribute("data-status", "done")
    expect(page.locator("[data-count='changed']")).to_have_text("203")
    phone.context.set_offline(False)
    phone.until_sent()
    flock = office.records("account", "name LIKE 'Flock %'")
    assert [one["tags"] for one in flock] == [["swept"]] * 203
