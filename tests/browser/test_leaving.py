"""Signing out, being signed out, and the next person at the same phone."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

from .conftest import NewPhone
from .office import Doc, Office
from .phone import Phone


def make_account(phone: Phone, name: str) -> None:
    phone.go("/accounts/new")
    phone.page.locator("#f-name").fill(name)
    phone.page.locator("#record-form [data-primary]").click()
    expect(phone.page.locator("h1")).to_have_text(name)


def sign_out(page: Page) -> None:
    page.locator("form[data-signout] button").click()


KEPT = """async () => {
  const found = [...Object.keys(localStorage), ...Object.keys(sessionStorage)];
  for (const name of await caches.keys()) {
    for (const {url} of await (await caches.open(name)).keys()) found.push(new URL(url).pathname);
  }
  return found;
}"""


def left_behind(phone: Phone) -> list[str]:
    """What is kept of a person. The sign-in page brings the app's own files again."""
    kept: list[str] = phone.page.evaluate(KEPT)
    databases = [name for name in phone.databases() if name.startswith("kesher-")]
    own = ("/static/dist/", "/app.webmanifest")
    return databases + [name for name in kept if not name.startswith(own)]


ASKING = """StorageManager.prototype.persist = async () => {
  sessionStorage.setItem('persist', `${sessionStorage.getItem('persist') ?? ''}+`);
  return true;
};"""
ASKED = "sessionStorage.getItem('persist')"


def test_unsent_work_stops_the_sign_out(new_phone: NewPhone, office: Office) -> None:
    """And the browser has been asked, once, not to clear it away for want of room."""
    phone = new_phone("james")
    phone.context.add_init_script(ASKING)
    phone.go("/accounts/")
    assert phone.page.evaluate(ASKED) is None
    phone.context.set_offline(True)
    make_account(phone, "Not Sent Yet")
    phone.until(lambda: phone.page.evaluate(ASKED))
    phone.go("/more")
    sign_out(phone.page)
    ask = phone.page.get_by_role("dialog", name="Not sent yet")
    expect(ask).to_contain_text("Not Sent Yet")
    ask.get_by_role("button", name="Close").click()
    assert phone.page.url.endswith("/more")
    assert phone.page.evaluate(ASKED) == "+"
    sign_out(phone.page)
    expect(ask).to_be_visible()
    phone.context.set_offline(False)  # from now on it may go out by itself, too
    ask.get_by_role("button", name="Send them first").click()
    phone.until(lambda: office.records("account", "name = 'Not Sent Yet'"))
    expect(phone.page.locator("#pill")).to_have_attribute("data-pending", "0")
    sign_out(phone.page)
    expect(phone.page).to_have_url(f"{office.url}/login")
    assert left_behind(phone) == []
    assert phone.faults == []


def drafts(phone: Phone) -> list[str]:
    kept: list[str] = phone.page.evaluate("Object.keys(localStorage)")
    return [key for key in kept if key.startswith("draft:")]


def leave_half_done(phone: Phone, record: Doc) -> Locator:
    """A form and a note that nobody saved, and then signing out: what is asked."""
    phone.go("/tasks/new")
    phone.page.get_by_label("Title").fill("Half a task")
    phone.go(f"/accounts/{record['id']}")
    phone.page.locator("[data-quick=note]").click()
    phone.page.locator("#quick-note textarea").fill("Half a note")
    phone.page.keyboard.press("Escape")
    phone.go("/more")
    sign_out(phone.page)
    return phone.page.get_by_role("dialog", name="Not saved yet")


def test_what_was_typed_and_not_saved_stops_the_sign_out(
    new_phone: NewPhone, office: Office
) -> None:
    """It is listed there and on the page about sync, where it is gone on with, or let go of."""
    phone, record = new_phone("james"), office.accounts_of("james")[0]
    page = phone.page
    ask = leave_half_done(phone, record)
    expect(ask.locator(".entries > li")).to_have_count(2)
    expect(ask).to_contain_text(record["name"])
    ask.get_by_role("button", name="Go on with it").click()
    note = page.locator("#quick-note")
    expect(note.locator("textarea")).to_have_value("Half a note")
    note.get_by_role("button", name="Save").click()
    phone.until(lambda: office.records("activity", "body = 'Half a note'"))
    phone.go("/outbox")
    page.locator("#drafts").get_by_role("button", name="Discard").click()
    expect(page.locator("#drafts")).to_be_hidden()
    assert drafts(phone) == []
    phone.go("/more")
    sign_out(page)
    expect(page).to_have_url(f"{office.url}/login")
    assert left_behind(phone) == []
    assert phone.faults == []


def test_what_was_typed_waits_for_its_person(new_phone: NewPhone, office: Office) -> None:
    """The next person sees nothing of it, and leaves it alone when they sign out."""
    phone, record = new_phone("james"), office.accounts_of("james")[0]
    page = phone.page
    leave_half_done(phone, record).get_by_role("button", name="Sign out").click()
    expect(page).to_have_url(f"{office.url}/login")
    assert len(drafts(phone)) == 2 and phone.held("rows") == phone.held("pages") == []
    phone.sign_in("tom")
    phone.go("/outbox")
    expect(page.locator("#drafts")).to_be_hidden()
    phone.go("/tasks/new")
    expect(page.locator("#f-title")).to_have_value("")
    phone.go("/more")
    sign_out(page)
    expect(page).to_have_url(f"{office.url}/login")
    phone.sign_in("james")
    phone.go("/outbox")
    page.locator("#drafts a").filter(has_text=record["name"]).click()
    expect(page.locator("#quick-note textarea")).to_have_value("Half a note")
    assert phone.faults == []


def test_a_wipe_reaches_what_somebody_typed_who_has_left(
    new_phone: NewPhone, office: Office
) -> None:
    phone = new_phone("leila")
    leila = office.demo.people["leila"]
    phone.go("/tasks/new")
    phone.page.locator("#f-title").fill("Of somebody who is dismissed")
    phone.until(lambda: drafts(phone))
    phone.go("/more")
    sign_out(phone.page)
    phone.page.locator("#ask-body .btn:not(.primary)").click()
    expect(phone.page).to_have_url(f"{office.url}/login")
    office.execute("UPDATE login SET disabled = 1 WHERE person = ?", leila)
    phone.sign_in("james")
    phone.until(lambda: not drafts(phone))
    assert not [name for name in phone.databases() if name.endswith(leila)]
    office.execute("UPDATE login SET disabled = 0 WHERE person = ?", leila)


def test_signing_out_without_a_network_wipes_and_the_server_hears_later(
    new_phone: NewPhone, office: Office
) -> None:
    phone = new_phone("james")
    sessions = "SELECT count(*) FROM session WHERE person = ?"
    james = office.demo.people["james"]
    [[before]] = office.rows(sessions, james)
    phone.go("/more")
    phone.context.set_offline(True)
    sign_out(phone.page)
    expect(phone.page.locator("h1")).to_have_text("No connection to the server")
    assert phone.databases() == ["kesher"]
    for path in ("/accounts/", "/today"):
        assert phone.go(path).status == 503
        expect(phone.page.locator("#rows, #pill")).to_have_count(0)
    phone.context.set_offline(False)
    phone.go("/today")
    expect(phone.page.locator("#login-form")).to_be_visible()
    assert office.rows(sessions, james) == [(before - 1,)]


def test_the_next_person_sees_nothing_of_the_one_before(
    new_phone: NewPhone, office: Office
) -> None:
    phone = new_phone("james")
    name = office.accounts_of("james")[0]["name"]
    phone.go("/more")
    sign_out(phone.page)
    expect(phone.page).to_have_url(f"{office.url}/login")
    phone.sign_in("tom")
    office_of_tom = phone.page.evaluate("document.documentElement.dataset.person")
    assert office_of_tom == office.demo.people["tom"]
    phone.go("/accounts/")
    expect(phone.page.locator("#rows tr[data-id]").first).to_be_visible()
    expect(phone.page.get_by_text(name)).to_have_count(0)
    assert len([one for one in phone.databases() if one.startswith("kesher-")]) == 1


def test_an_ended_session_keeps_work_until_one_signs_in(
    new_phone: NewPhone, office: Office
) -> None:
    phone = new_phone("james")
    page = phone.page
    phone.go("/accounts/")
    form = phone.new_tab()
    form.goto(f"{office.url}/tasks/new")
    office.execute("DELETE FROM session WHERE person = ?", office.demo.people["james"])
    make_account(phone, "Kept Meanwhile")
    expect(page.locator("#signin")).to_be_visible()
    phone.go("/accounts/")
    expect(page.locator("#rows tr[data-id]").first).to_be_visible()
    expect(page.locator("#pill")).to_have_attribute("data-pending", "1")
    assert office.records("account", "name = 'Kept Meanwhile'") == []
    page.locator("#signin").get_by_role("link", name="Sign in").click()
    phone.fill_in_and_sign_in("james")
    expect(page).to_have_url(f"{office.url}/accounts/")
    phone.until_sent()
    expect(page.locator("#signin")).to_have_count(0)
    assert len(office.records("account", "name = 'Kept Meanwhile'")) == 1
    # A form that was open all the while still counts.
    form.get_by_label("Title").fill("From the session before")
    form.get_by_role("button", name="Save").click()
    expect(form.locator("h1")).to_have_text("From the session before")


def test_the_sign_in_page_says_that_there_is_no_network(
    new_phone: NewPhone, office: Office
) -> None:
    phone = new_phone("james")
    phone.context.set_offline(True)
    assert phone.go("/login").status == 503
    expect(phone.page.locator("h1")).to_have_text("No connection to the server")
