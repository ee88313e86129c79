"""Two people at work at the same time: what one does appears at the other by itself."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Route, expect

from server.core.db import db
from tests.people import PASSWORD, Stage
from tests.support.proxy import Proxy
from tests.support.servers import LiveServer

from .conftest import NewPhone
from .office import Doc, Office
from .phone import SMALL, WIDE, Phone

# Nobody asks the server by the clock or on coming into sight: what arrives was told of.
UNASKED = """{
  const every = setInterval;
  window.setInterval = (run, ms) => (ms === 60_000 ? 0 : every(run, ms));
}"""

# What happens every minute happens every second.
HASTY = """{
  const every = setInterval;
  window.setInterval = (run, ms) => every(run, ms === 60_000 ? 1_000 : ms);
}"""


class House:
    """What a phone has to know of a server of the cast."""

    def __init__(self, url: str) -> None:
        self.url = url


class Member(Phone):
    """Somebody of the cast."""

    def fill_in_and_sign_in(self, name: str, password: str = PASSWORD) -> None:
        self.page.fill("#f-email", f"{name}@example.org")
        self.page.fill("#f-password", password)
        self.page.click("#login-form [data-primary]")
        self.page.wait_for_selector("#main h1, #errors")


@pytest.fixture(scope="module")
def house(stage: Stage, home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    url = db.engine.url.render_as_string(hide_password=False)
    server = LiveServer(url, tmp_path_factory.mktemp("house"), home)
    server.start()
    stage.let_in("olive", "carl")
    yield House(server.url)
    server.kill()


@pytest.fixture
def member(house: House, browser: Browser) -> Iterator[Callable[[str], Member]]:
    made: list[BrowserContext] = []

    def make(name: str) -> Member:
        made.append(browser.new_context(viewport=SMALL))
        made[-1].add_init_script(UNASKED)
        one = Member(made[-1], house)  # type: ignore[arg-type]
        one.sign_in(name)
        return one

    yield make
    for context in made:
        context.close()


def test_what_one_does_appears_at_the_other_while_they_type(
    stage: Stage, member: Callable[[str], Member]
) -> None:
    """On either database: a change to a page, under a form, and in a list that is searched."""
    account = stage.file("olive", 7, "Watched")["account"]
    olive, carl = member("olive"), member("carl")
    carl.go(f"/accounts/{account}")
    expect(carl.page.locator("#record")).to_be_visible()
    set_city(olive, account, "Haifa")
    expect(carl.page.locator("[data-field=city] dd")).to_have_text("Haifa")

    carl.go(f"/accounts/{account}/edit")
    carl.page.locator("#f-street").fill("Mine 7")
    carl.page.locator("#f-street").evaluate("(input) => input.setSelectionRange(2, 4)")
    set_city(olive, account, "Akko")
    note = carl.page.locator("#meanwhile")
    expect(note).to_contain_text("Changed meanwhile by olive. Your fields stay as you typed.")
    expect(note.locator("ins")).to_have_text("Akko")
    street = carl.page.locator("#f-street")
    expect(street).to_be_focused()
    assert street.evaluate("(i) => [i.value, i.selectionStart, i.selectionEnd]") == ["Mine 7", 2, 4]
    carl.page.locator("#record-form [data-primary]").click()
    expect(carl.page.locator("[data-field=street] dd")).to_have_text("Mine 7")
    expect(carl.page.locator("[data-field=city] dd")).to_have_text("Akko")
    expect(olive.page.locator("[data-field=street] dd")).to_have_text("Mine 7")
    assert olive.faults == carl.faults == []


def set_city(phone: Phone, account: str, name: str) -> None:
    phone.go(f"/accounts/{account}/edit")
    phone.page.locator("#f-city").fill(name)
    phone.page.locator("#record-form [data-primary]").click()
    expect(phone.page.locator("[data-field=city] dd")).to_have_text(name)


# What a page keeps, on the demo's records


@pytest.fixture(scope="module")
def james(new_phone: NewPhone) -> Phone:
    phone = new_phone()
    phone.context.add_init_script(UNASKED)
    phone.sign_in("james")
    return phone


def mine(office: Office, number: int) -> Doc:
    return office.accounts_of("james")[number]


def test_a_list_that_is_searched_shows_what_comes(james: Phone, office: Office) -> None:
    james.go("/accounts/?scope=mine")
    box = james.page.locator("#q")
    box.press_sequentially("zebra")
    expect(james.page).to_have_url(re.compile("q=zebra"))
    office.as_("leila").make("account", name="Zebra Works", team=mine(office, 0)["team"])
    expect(james.page.locator("#rows tr").filter(has_text="Zebra Works")).to_have_count(1)
    expect(box).to_be_focused()
    expect(box).to_have_value("zebra")


def test_pages_that_were_added_to_a_list_stay(james: Phone, office: Office) -> None:
    james.go("/accounts/?scope=mine&sort=created_at&dir=desc")
    rows = james.page.locator("#rows tr[data-id]")
    expect(rows).to_have_count(50)
    james.page.locator("tr.more").scroll_into_view_if_needed()
    james.until(lambda: rows.count() > 50)
    last = rows.nth(rows.count() - 1)
    top = james.page.evaluate("scrollY")
    seen, id_ = rows.count(), last.get_attribute("data-id")
    record = office.records("account", "id = ?", id_)[0]
    office.as_("leila").set(record, "account", name="Renamed Elsewhere")
    expect(james.page.locator(f"#rows tr[data-id='{id_}']")).to_contain_text("Renamed Elsewhere")
    assert (rows.count(), james.page.evaluate("scrollY")) == (seen, top)


def test_what_is_open_stays_open(james: Phone, office: Office) -> None:
    record = mine(office, 1)
    james.go(f"/accounts/{record['id']}")
    page = james.page
    page.locator("[data-quick=note]").click()
    text = page.locator("dialog:modal textarea")
    text.fill("Half a sen")
    office.as_("leila").set(record, "account", city="Elsewhere")
    expect(page.locator("[data-field=city] dd")).to_have_text("Elsewhere")
    expect(text).to_have_value("Half a sen")
    expect(text).to_be_focused()


def test_one_tab_listens_for_all_and_hands_on(james: Phone, office: Office) -> None:
    asked: list[str] = []
    james.context.on("request", lambda r: asked.extend([r.url] if "/live" in r.url else []))
    record = mine(office, 2)
    james.go(f"/accounts/{record['id']}")
    james.until(lambda: asked)
    second = james.new_tab()
    second.goto(f"{james.office.url}/accounts/{record['id']}")
    office.as_("leila").set(record, "account", city="Once")
    for page in (james.page, second):
        expect(page.locator("[data-field=city] dd")).to_have_text("Once")
    assert len(asked) == 1
    james.page.goto("about:blank")
    james.until(lambda: len(asked) == 2)
    office.as_("office").set(record, "account", street="Twice 2")
    expect(second.locator("[data-field=street] dd")).to_have_text("Twice 2")
    second.close()


def test_a_server_that_comes_back_is_heard_again(james: Phone, office: Office) -> None:
    record = mine(office, 3)
    james.go(f"/accounts/{record['id']}")
    expect(james.page.locator("#record")).to_be_visible()
    office.server.stop()
    office.server.start()
    office.as_("leila").set(record, "account", city="Afterwards")
    expect(james.page.locator("[data-field=city] dd")).to_have_text("Afterwards")


def test_without_streams_all_is_as_before(new_phone: NewPhone, office: Office) -> None:
    """A proxy that lets none through, or a server that has no room."""
    phone = new_phone()
    refused: list[str] = []

    def refuse(route: Route) -> None:
        refused.append(route.request.url)
        route.fulfill(status=503)

    phone.context.route(re.compile("/live"), refuse)
    phone.sign_in("james")
    record = mine(office, 4)
    phone.go(f"/accounts/{record['id']}")
    phone.until(lambda: refused)
    office.as_("leila").set(record, "account", city="Asked For")
    phone.sync()
    expect(phone.page.locator("[data-field=city] dd")).to_have_text("Asked For")
    assert phone.faults == []


def test_behind_a_proxy_that_holds_everything_back_it_is_asked_by_the_clock(
    browser: Browser, office: Office
) -> None:
    """Such a stream is given up and tried again; meanwhile nothing is lost in either direction."""
    record = mine(office, 5)
    with Proxy(office.server.port) as proxy, browser.new_context(viewport=SMALL) as context:
        context.add_init_script(HASTY)
        phone = Phone(context, House(proxy.url))  # type: ignore[arg-type]
        phone.sign_in("james")
        phone.go(f"/accounts/{record['id']}")
        office.as_("leila").set(record, "account", city="Held Back")
        expect(phone.page.locator("[data-field=city] dd")).to_have_text("Held Back")
        phone.page.locator("[data-quick=note]").click()
        phone.page.locator("#quick-note textarea").fill("Said behind the proxy")
        phone.page.locator("#quick-note").get_by_role("button", name="Save").click()
        phone.until_sent()
        phone.until(lambda: sum(path.startswith("/live") for path in proxy.asked) > 1)
        assert not any(path.startswith("/live") for path in proxy.answered)
        assert phone.faults == []
    assert office.records("activity", "body = ?", "Said behind the proxy")


def test_pages_of_the_servers_are_shown_anew(
    new_phone: NewPhone, browser: Browser, office: Office
) -> None:
    """A desktop's list of all, with and without a worker."""
    office_ = new_phone("office", viewport=WIDE)
    bare = new_phone(viewport=WIDE, service_workers="block")
    bare.go("/login")
    bare.fill_in_and_sign_in("office")
    other = office.records("account", "owner = ? AND NOT deleted", office.demo.people["yossi"])
    record = other[0] if other else office.records("account")[-1]
    for phone in (office_, bare):
        phone.go(f"/accounts/?scope=all&sort=created_at&dir=desc&q={record['number']}")
        expect(phone.page.locator("#rows tr[data-id]")).to_have_count(1)
    office.as_("manager").set(record, "account", name="Seen By All")
    for phone in (office_, bare):
        expect(phone.page.locator("#rows")).to_contain_text("Seen By All")
