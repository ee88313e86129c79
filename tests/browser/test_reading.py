"""With the server's process stopped, all that the phone holds can be opened, found and read."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, Request, expect

from server.core.text import fold

from .conftest import NewPhone
from .office import Doc, Office
from .phone import WIDE, Phone

PERSIAN = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
ROWS = "#rows > tr[data-id]"


@pytest.fixture(scope="module")
def phone(new_phone: NewPhone, office: Office) -> Phone:
    """James holds his team's records; then the server stops and the network goes."""
    phone = new_phone("james")
    office.stop()
    phone.context.set_offline(True)
    return phone


@pytest.fixture(scope="module")
def account(office: Office) -> Doc:
    """One of James' with a contact, a task and activities in its file."""
    inside = " AND ".join(
        f"id IN (SELECT account FROM {type_} WHERE NOT deleted)"
        for type_ in ("contact", "task", "activity")
    )
    return office.records("account", f"owner = ? AND {inside}", office.demo.people["james"])[0]


@pytest.fixture
def page(phone: Phone) -> Iterator[Page]:
    phone.page.set_viewport_size({"width": 390, "height": 844})
    yield phone.page
    assert phone.faults == []


PLACES = ["/", "/today", "/accounts/", "/contacts/", "/tasks/", "/activities/", "/more", "/outbox",
          "/problems", "/conflicts", "/settings", "/accounts/new", "/accounts/{}",
          "/accounts/{}/edit"]  # fmt: skip


@pytest.mark.parametrize("place", PLACES)
def test_every_place_opens_in_a_new_tab(phone: Phone, account: Doc, place: str) -> None:
    tab = phone.new_tab()
    answer = tab.goto(phone.office.url + place.format(account["id"]))
    assert answer is not None
    assert answer.status == 200
    assert answer.headers["x-rendered-by"] == "worker"
    expect(tab.locator("h1")).to_be_visible()
    tab.close()


@pytest.mark.parametrize("place", ["/", "/accounts/", "/accounts/{}", "/accounts/{}/edit"])
def test_a_stopped_worker_starts_again_from_what_is_held(
    phone: Phone, account: Doc, place: str
) -> None:
    phone.stop_worker()
    tab = phone.new_tab()
    answer = tab.goto(phone.office.url + place.format(account["id"]))
    assert answer is not None
    assert answer.headers["x-rendered-by"] == "worker"
    expect(tab.locator("h1")).to_be_visible()
    tab.close()


def test_the_whole_page_comes_with_styles_icons_and_script(phone: Phone, page: Page) -> None:
    missing: list[str] = []

    def note(request: Request) -> None:
        # What the reload cuts short is asked for again.
        if "/sync" not in request.url and "ABORTED" not in (request.failure or ""):
            missing.append(request.url)

    page.on("requestfailed", note)
    phone.go("/today")
    page.reload()
    expect(page.locator("html")).to_have_attribute("data-js", "")
    assert page.evaluate("getComputedStyle(document.body).fontFamily") != "Times New Roman"
    page.remove_listener("requestfailed", note)
    assert missing == []


def test_back_and_forward_keep_their_places(phone: Phone, page: Page) -> None:
    phone.go("/accounts/")
    page.evaluate("window.same = true")
    first = page.locator(ROWS).first
    name = first.locator(".name").inner_text()
    first.locator("a[data-row]").click()
    expect(page.locator("h1")).to_have_text(name)
    assert page.title().startswith(name)
    assert page.evaluate("window.same"), "htmx swapped the page, the browser did not load another"
    page.go_back()
    expect(page.locator(ROWS).first.locator(".name")).to_have_text(name)
    page.go_forward()
    expect(page.locator("h1")).to_have_text(name)
    page.reload()
    expect(page.locator("h1")).to_have_text(name)


def word_of(records: list[Doc], letters: str) -> str:
    found = (re.search(f"[{letters}]{{4,}}", one["name"]) for one in records)
    return next(match.group() for match in found if match)


WORDS = {
    "persian": lambda held: word_of(held, "آ-ی"),
    "latin": lambda held: word_of(held, "A-Za-z").upper(),
    "hebrew": lambda held: word_of(held, "א-ת"),
    "digits": lambda held: next(one["phones"][0][-7:] for one in held if one["phones"]),
    "persian digits": lambda held: next(one["number"][-4:] for one in held).translate(PERSIAN),
}


@pytest.mark.parametrize("kind", WORDS)
def test_search_while_typing(phone: Phone, page: Page, office: Office, kind: str) -> None:
    phone.go("/accounts/")
    team = "team = (SELECT team FROM person WHERE id = ?)"
    held = office.records("account", team, office.demo.people["james"])
    word = WORDS[kind](held)
    found = {id_ for id_, in office.rows(
        f"SELECT id FROM account WHERE {team} AND search LIKE ?",
        office.demo.people["james"], f"%{fold(word)}%",
    )}  # fmt: skip
    page.get_by_role("searchbox", name="Search").press_sequentially(word)
    expect(page).to_have_url(re.compile("q="))
    expect(page.locator(ROWS)).to_have_count(min(50, len(found)))
    shown = set(page.eval_on_selector_all(ROWS, "rows => rows.map(row => row.dataset.id)"))
    assert shown <= found
    page.reload()
    expect(page.locator(ROWS)).to_have_count(len(shown))


def test_a_filter_a_sort_and_more_rows(phone: Phone, page: Page) -> None:
    page.set_viewport_size(WIDE)
    phone.go("/accounts/")
    expect(page.locator(ROWS)).to_have_count(50)
    page.get_by_role("link", name="Show more").scroll_into_view_if_needed()
    expect(page.get_by_role("link", name="Show more")).to_have_count(0)
    total = page.locator(ROWS).count()
    assert total > 50
    assert len(set(page.eval_on_selector_all(ROWS, "rows => rows.map(r => r.dataset.id)"))) == total
    page.get_by_role("link", name="Customer number").click()
    expect(page).to_have_url(re.compile("sort=number"))
    numbers = page.locator("#rows [data-field=number]").all_inner_texts()
    assert numbers == sorted(numbers)


def test_a_filter_from_the_sheet(phone: Phone, page: Page) -> None:
    phone.go("/tasks/")
    page.get_by_role("button", name="Filter").click()
    page.get_by_role("dialog").get_by_label("Priority").select_option(label="High")
    expect(page).to_have_url(re.compile("priority=high"))
    page.keyboard.press("Escape")
    chip = page.locator("#active-filters a")
    expect(chip).to_contain_text("Priority: High")
    chip.click()
    expect(chip).to_have_count(0)


def test_the_customer_file_is_all_there(
    phone: Phone, page: Page, account: Doc, office: Office
) -> None:
    phone.go(f"/accounts/{account['id']}")
    expect(page.locator("h1")).to_have_text(account["name"])
    for type_ in ("contact", "task", "activity"):
        held = len(office.records(type_, "account = ? AND NOT deleted", account["id"]))
        rows = page.locator(f"[data-related='{type_}'] .rows > li")
        assert 0 < rows.count() <= held
    assert page.locator("#timeline .timeline > li").count() > 2
    page.locator("[data-related='contact'] .rows a.name").first.click()
    expect(page.locator("#record")).to_have_attribute("data-type", "contact")
    page.get_by_role("link", name="Back").click()
    expect(page.locator("h1")).to_have_text(account["name"])


def test_what_is_nowhere_says_so(phone: Phone, page: Page) -> None:
    answer = phone.go("/accounts/00000000-0000-7000-8000-000000000000")
    assert answer.status == 503
    expect(page.locator("h1")).to_be_visible()
    expect(page.get_by_role("link", name="Today").first).to_be_visible()
