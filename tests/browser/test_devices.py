"""A phone that is ended from afar, shared, or locked."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import expect

from .conftest import NewPhone
from .office import Office
from .phone import Phone, in_database
from .test_leaving import make_account, sign_out

MOVE_CLOCK = in_database("""
  const meta = db.transaction('meta', 'readwrite').objectStore('meta');
  await as(meta.put((await as(meta.get('offset')) ?? 0) + given * 86400000, 'offset'));
""")


def device_of(office: Office, phone: Phone) -> Any:
    """The row of the device that syncs for this phone's person, the latest first."""
    query = """SELECT id, state, pending, held, name FROM device WHERE person = ?
        AND device IS NOT NULL AND state IN ('active', 'wiping') ORDER BY last_sync DESC"""
    return office.rows(query, office.demo.people[phone.name])[0]


def end(office: Office, phone: Phone, state: str) -> None:
    """As an administrator's page does it, see tests/web/test_devices.py."""
    id_ = device_of(office, phone)[0]
    where = "id = (SELECT session FROM device WHERE id = ?)"
    office.execute(f"DELETE FROM session WHERE {where}", id_)
    office.execute("UPDATE device SET state = ?, session = NULL WHERE id = ?", state, id_)


def draft(phone: Phone, text: str) -> None:
    phone.go("/tasks/new")
    phone.page.get_by_label("Title").fill(text)
    phone.until(lambda: text in phone.page.evaluate("JSON.stringify(localStorage)"))


def test_a_wipe_reaches_a_phone_that_was_offline(new_phone: NewPhone, office: Office) -> None:
    phone = new_phone("james")
    other = phone.new_tab()
    other.goto(f"{office.url}/accounts/")
    draft(phone, "Half a task")
    phone.context.set_offline(True)
    make_account(phone, "Lost With The Phone")
    end(office, phone, "wiping")
    phone.go("/accounts/")
    expect(phone.page.locator("#rows tr[data-id]").first).to_be_visible()
    phone.context.set_offline(False)
    phone.sync()
    expect(phone.page.locator("#login-form")).to_be_visible()
    expect(other.locator("#login-form")).to_be_visible()
    assert phone.databases() == ["kesher"]
    assert "Half a task" not in phone.page.evaluate("JSON.stringify(localStorage)")
    phone.until(lambda: office.rows("SELECT 1 FROM device WHERE state = 'wiped'"))
    phone.page.go_back()
    expect(phone.page.locator("#rows, #pill")).to_have_count(0)
    assert office.records("account", "name = 'Lost With The Phone'") == []
    # The same person may come back, to a phone that is as new.
    phone.sign_in("james")
    assert phone.held("outbox") == []
    assert device_of(office, phone)[1] == "active"
    assert phone.faults == []


def test_signed_out_from_afar_it_keeps_what_was_not_sent(
    new_phone: NewPhone, office: Office
) -> None:
    phone = new_phone("james")
    phone.context.set_offline(True)
    make_account(phone, "Waits For James")
    end(office, phone, "signed_out")
    phone.context.set_offline(False)
    phone.sync()
    expect(phone.page.locator("#login-form")).to_be_visible()
    assert [op["k"] for op in phone.held("outbox")] == ["new"]
    assert (phone.held("rows"), phone.held("pages")) == ([], [])
    # The next person sees nothing of it, and does not send it.
    phone.sign_in("tom")
    phone.go("/outbox")
    expect(phone.page.get_by_text("Waits For James")).to_have_count(0)
    phone.until_sent()
    phone.go("/more")
    sign_out(phone.page)
    expect(phone.page.locator("#login-form")).to_be_visible()
    assert office.records("account", "name = 'Waits For James'") == []
    phone.sign_in("james")
    phone.until(lambda: office.records("account", "name = 'Waits For James'"))
    [one] = office.records("account", "name = 'Waits For James'")
    assert one["owner"] == office.demo.people["james"]
    assert phone.faults == []


def test_whoever_signs_in_over_somebody_is_not_taken_for_them(
    new_phone: NewPhone, office: Office
) -> None:
    """James's session has ended, and Tom signs in where James had left work."""
    phone = new_phone("james")
    name = office.accounts_of("james")[0]["name"]
    office.execute("DELETE FROM session WHERE person = ?", office.demo.people["james"])
    make_account(phone, "Only As James")
    expect(phone.page.locator("#signin")).to_be_visible()
    phone.go("/login")
    phone.fill_in_and_sign_in("tom")
    expect(phone.page.locator("html")).to_have_attribute("data-person", office.demo.people["tom"])
    phone.until_worker()
    for path in ("/accounts/", "/today", "/outbox"):
        phone.go(path)
        expect(phone.page.get_by_text(name)).to_have_count(0)
        expect(phone.page.get_by_text("Only As James")).to_have_count(0)
    phone.until_sent()
    assert office.records("account", "name = 'Only As James'") == []
    phone.go("/more")
    sign_out(phone.page)
    expect(phone.page.locator("#login-form")).to_be_visible()
    phone.sign_in("james")
    phone.until(lambda: office.records("account", "name = 'Only As James'"))


def test_somebody_is_disabled(new_phone: NewPhone, office: Office) -> None:
    phone, desk = new_phone("leila"), new_phone("admin", locale="en")
    phone.go("/today")
    desk.go("/devices?scope=all")
    leila = office.demo.people["leila"]
    form = f"[data-person-id='{leila}'] form[action$='/disabling']"
    desk.page.locator(form).locator("button").click()
    desk.page.locator("#ask .btn.danger").click()
    expect(desk.page.locator(f"[data-person-id='{leila}'] .chip.failed")).to_be_visible()
    phone.sync()
    expect(phone.page.locator("#login-form")).to_be_visible()
    assert phone.databases() == ["kesher"]
    phone.page.fill("#f-email", "leila@demo.test")
    phone.page.fill("#f-password", "kesher-demo")
    phone.page.click("#login-form [data-primary]")
    expect(phone.page.locator("#errors")).to_be_visible()


REFUSED = in_database("""
  const problems = db.transaction('problems', 'readwrite').objectStore('problems');
  await as(problems.put({
    id: 'p1', k: 'set', type: 'account', rec: 'x', f: 'city', v: 'Eilat', base: 0, t: 1,
    code: 'forbidden', field: null, at: '2026-01-01T00:00:00Z',
  }));
""")


def test_signing_out_where_no_worker_is_in_between(new_phone: NewPhone, office: Office) -> None:
    """A page that was reloaded past the worker asks it all the same what would be left behind; also
    before the worker has taken it over again, which it does within a moment."""
    phone = new_phone("samir", locale="en")
    phone.go("/more")
    phone.page.evaluate(REFUSED)
    phone.stop_worker()
    session = phone.context.new_cdp_session(phone.page)
    with phone.page.expect_navigation() as reloaded:
        session.send("Page.reload", {"ignoreCache": True})
    assert reloaded.value.headers["x-rendered-by"] == "server"
    sign_out(phone.page)
    expect(phone.page.locator("#ask")).to_be_visible()
    phone.page.locator("#ask-body .btn:not(.primary)").click()
    expect(phone.page.locator("#login-form")).to_be_visible()
    assert len(phone.held("problems")) == 1
    assert (phone.held("pages"), phone.held("rows")) == ([], [])


def test_signing_out_where_the_worker_is_passed_by(new_phone: NewPhone, office: Office) -> None:
    """As developer tools do it: the answer that has the browser clear itself comes as it is."""
    phone = new_phone("samir", locale="en")
    phone.go("/more")
    phone.page.evaluate(REFUSED)
    session = phone.context.new_cdp_session(phone.page)
    session.send("Network.enable")
    session.send("Network.setBypassServiceWorker", {"bypass": True})
    phone.stop_worker()  # the next one reads what was refused
    assert phone.go("/more").headers["x-rendered-by"] == "server"
    sign_out(phone.page)
    phone.page.locator("#ask-body .btn:not(.primary)").click()
    expect(phone.page.locator("#login-form")).to_be_visible()
    assert len(phone.held("problems")) == 1
    assert (phone.held("pages"), phone.held("rows")) == ([], [])


def set_pin(phone: Phone, pin: str) -> None:
    phone.go("/pin")
    phone.page.locator("#f-pin").fill(pin)
    phone.page.locator("#f-again").fill(pin)
    phone.page.locator("form[action='/pin'] [data-primary]").click()
    expect(phone.page.locator("#f-current")).to_be_visible()


def unlock(phone: Phone, pin: str) -> None:
    phone.page.locator("#f-pin").fill(pin)
    phone.page.locator("#lock [data-primary]").click()


def reopen(phone: Phone, path: str) -> None:
    """The app is closed, the worker stops, and it is opened again."""
    phone.stop_worker()
    phone.page.close()
    phone.page = phone.context.new_page()
    phone.go(path)


def test_a_pin_is_asked_for_when_the_app_was_closed(new_phone: NewPhone, office: Office) -> None:
    phone = new_phone("yossi", locale="en")
    set_pin(phone, "۲۴۶۸")  # as an Iranian keyboard types it
    phone.go("/accounts/")
    expect(phone.page.locator("#rows tr[data-id]").first).to_be_visible()
    office.stop()
    try:
        reopen(phone, "/accounts/")
        expect(phone.page.locator("#lock")).to_be_visible()
        expect(phone.page.locator("#rows, #pill, .rail")).to_have_count(0)
        for path in ("/today", "/pin", "/devices", "/accounts/new"):
            phone.go(path)
            expect(phone.page.locator("#lock")).to_be_visible()
        phone.go("/accounts/")
        unlock(phone, "1111")
        expect(phone.page.locator("#errors")).to_be_visible()
        unlock(phone, "2468")
        expect(phone.page.locator("#rows tr[data-id]").first).to_be_visible()
        assert phone.page.url.endswith("/accounts/")
        phone.stop_worker()
        phone.go("/today")  # stays open while it is in use
        expect(phone.page.locator("#pill")).to_be_visible()
    finally:
        office.start()
    assert phone.faults == []


def test_a_pin_that_was_forgotten_and_one_that_is_guessed(
    new_phone: NewPhone, office: Office
) -> None:
    phone = new_phone("office", locale="en")
    set_pin(phone, "135790")
    reopen(phone, "/today")
    phone.page.locator("#lock a.link").click()
    phone.fill_in_and_sign_in("office")
    expect(phone.page).to_have_url(f"{office.url}/today")
    phone.until_worker()
    reopen(phone, "/today")
    expect(phone.page.locator("#pill")).to_be_visible()
    set_pin(phone, "135790")
    phone.context.set_offline(True)
    make_account(phone, "Behind The Pin")
    reopen(phone, "/today")
    for _ in range(10):
        expect(phone.page.locator("#lock")).to_be_visible()
        phone.page.evaluate(NO_WAITING)
        phone.stop_worker()
        unlock(phone, "0000")
    expect(phone.page.locator("#error[data-status='503']")).to_be_visible()
    assert phone.held("pages") == []
    assert len(phone.held("outbox")) == 1
    phone.context.set_offline(False)
    phone.go("/today")
    expect(phone.page.locator("#login-form")).to_be_visible()


NO_WAITING = in_database(
    """
  const facts = db.transaction('facts', 'readwrite').objectStore('facts');
  await as(facts.put({ ...(await as(facts.get('pin'))), until: 0 }, 'pin'));
""",
    named="one === 'kesher'",
)


def test_after_the_lease_it_locks_and_keeps_the_work(new_phone: NewPhone, office: Office) -> None:
    phone = new_phone("james")
    phone.context.set_offline(True)
    make_account(phone, "Out For Weeks")
    phone.page.evaluate(MOVE_CLOCK, 15)
    phone.stop_worker()
    phone.go("/accounts/")
    expect(phone.page.locator("#lock[data-why='lease']")).to_contain_text("1 change")
    expect(phone.page.locator("#rows, #pill")).to_have_count(0)
    phone.context.set_offline(False)
    phone.page.get_by_role("link", name="Try again").click()
    expect(phone.page.locator("#rows tr[data-id]").first).to_be_visible()
    phone.until(lambda: office.records("account", "name = 'Out For Weeks'"))
