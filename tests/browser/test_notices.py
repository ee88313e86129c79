"""Being notified: a message wakes the worker, a tap carries out or opens, without a network too."""

from __future__ import annotations

import json
from typing import Any

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from server.core.config import load

from .conftest import NewPhone
from .office import Office
from .woken import Woken, subscriptions

HANDED = {"kind": "call", "title": "Ring them back"}


def letter(office: Office, name: str, rec: str) -> dict[str, Any]:
    """What the server would send to this person's browsers about a record."""
    from server.app import create_app
    from server.core.db import db, reading
    from server.messaging.entities import NOTICE
    from server.messaging.recipient import recipient
    from server.messaging.wording import Writer

    folder = office.file.parent / "letters"
    app = create_app(load({"DATABASE_URL": f"sqlite:///{office.file}", "KESHER_DATA": str(folder)}))
    with app.app_context():
        with reading() as connection:
            person = office.demo.people[name]
            query = select(NOTICE.c.id).where(NOTICE.c.rec == rec, NOTICE.c.owner == person)
            ids = list(connection.execute(query).scalars())
            to = recipient(connection, person)
            assert to
            made = Writer(connection, to, "").letter(ids)
            assert made
        db.session.remove()
        db.engine.dispose()
    return made.message


@pytest.fixture
def woken(new_phone: NewPhone, office: Office) -> Woken:
    return Woken(new_phone("james"), office)


def handed(office: Office, **values: Any) -> str:
    """A task that a colleague gives James."""
    given = {**HANDED, "assignee": office.demo.people["james"], **values}
    return office.as_("office").make("task", **given)


def status(office: Office, rec: str) -> Any:
    record = office.record("task", rec)
    return record and record["status"]


def test_from_the_message_to_the_record_without_a_network(woken: Woken, office: Office) -> None:
    rec = handed(office)
    message = letter(office, "james", rec)
    (shown,) = woken.deliver(json.dumps(message))
    assert (shown["title"], shown["lang"]) == ("A task for you", "en")
    assert shown["actions"][:2] == ["done", "snooze-60"]
    assert HANDED["title"] not in json.dumps(shown)
    phone, page = woken.phone, woken.page
    phone.until(lambda: phone.made_by(f"/tasks/{rec}") == "worker")  # the message made it sync
    office.stop()
    phone.stop_worker()
    phone.go(shown["data"]["navigate"])
    expect(page.locator("h1")).to_have_text(HANDED["title"])
    expect(page).to_have_url(f"{office.url}/tasks/{rec}")
    expect(page.locator("#pill")).to_have_attribute("data-pending", "1")
    phone.go("/notices")
    row = page.locator(".notices > li").filter(has_text=HANDED["title"])
    expect(row).to_have_count(1)
    expect(row).not_to_have_attribute("data-unread", "")
    office.start()
    phone.until_sent()


def test_done_from_the_notification_without_a_network(woken: Woken, office: Office) -> None:
    rec = handed(office, title="Send the offer")
    woken.deliver(json.dumps(letter(office, "james", rec)))
    phone = woken.phone
    phone.until(lambda: phone.made_by(f"/tasks/{rec}") == "worker")
    office.stop()
    woken.tap("done")
    phone.until(lambda: [op for op in phone.held("outbox") if op["rec"] == rec])
    assert [(op["k"], op["f"]) for op in phone.held("outbox") if op["rec"] == rec] == [
        ("do", "complete")]  # fmt: skip
    expect(woken.page.locator("#pill")).to_have_attribute("data-pending", "2")
    assert status(office, rec) == "open"
    office.start()
    phone.until_sent()
    assert status(office, rec) == "done"


PLATFORM = """() => {
  self.did = [];
  WindowClient.prototype.focus = async function () { self.did.push('focus'); return this; };
  Clients.prototype.openWindow = async (url) => { self.did.push(url); return null; };
}"""


def test_a_tap_comes_to_the_window_that_is_open(woken: Woken, office: Office) -> None:
    """It is led on. What a browser allows for a real tap alone is played: a test can't give one."""
    rec = handed(office, title="Look here")
    woken.deliver(json.dumps(letter(office, "james", rec)))
    phone, page = woken.phone, woken.page
    phone.until(lambda: phone.made_by(f"/tasks/{rec}") == "worker")
    worker = phone.context.service_workers[0]
    worker.evaluate(PLATFORM)
    woken.tap()
    expect(page).to_have_url(f"{office.url}/tasks/{rec}")
    expect(page.locator("h1")).to_have_text("Look here")
    assert worker.evaluate("self.did") == ["focus"]


def test_a_tap_opens_the_app_where_no_window_is(woken: Woken, office: Office) -> None:
    """Also for an action that can't be carried out: the record says why."""
    rec = handed(office, title="From cold")
    message = letter(office, "james", rec)
    message["notification"]["data"]["person"] = office.demo.people["dana"]
    woken.deliver(json.dumps(message))
    phone, worker = woken.phone, woken.phone.context.service_workers[0]
    phone.until(lambda: phone.made_by(f"/tasks/{rec}") == "worker")
    worker.evaluate(PLATFORM)
    worker.evaluate("() => { Clients.prototype.matchAll = async () => []; }")
    woken.tap("done")
    phone.until(lambda: worker.evaluate("self.did"))
    (opened,) = worker.evaluate("self.did")
    assert opened.startswith(f"{office.url}/tasks/{rec}?notice=")
    assert status(office, rec) == "open"


def test_put_off_from_the_notification(woken: Woken, office: Office) -> None:
    rec = handed(office, title="Look in")
    woken.deliver(json.dumps(letter(office, "james", rec)))
    phone = woken.phone
    phone.until(lambda: phone.made_by(f"/tasks/{rec}") == "worker")
    woken.tap("snooze-60")
    phone.until(lambda: (office.record("task", rec) or {})["remind_at"])
    (job,) = office.rows("SELECT run_at FROM job WHERE kind = 'alarm' AND args LIKE ?", f"%{rec}%")
    assert job


def test_whatever_comes_something_is_shown(woken: Woken, office: Office) -> None:
    """A browser takes the right away from who is woken and says nothing."""
    for data in ("", "no json", "{}", '{"notification": {"title": 5}}', "null"):
        (shown,) = woken.deliver(data)
        assert (shown["title"], shown["data"]["navigate"]) == ("Kesher", "/notices"), data
        woken.page.evaluate("""async () => {
            const registration = await navigator.serviceWorker.ready;
            for (const one of await registration.getNotifications()) one.close();
        }""")


def test_nothing_is_done_in_somebody_elses_name(woken: Woken, office: Office) -> None:
    rec = handed(office, title="Not yours")
    message = letter(office, "james", rec)
    message["notification"]["data"]["person"] = office.demo.people["dana"]
    woken.deliver(json.dumps(message))
    woken.phone.until(lambda: woken.phone.made_by(f"/tasks/{rec}") == "worker")
    woken.tap("done")
    woken.phone.until_sent()
    assert status(office, rec) == "open"


def test_who_signs_out_is_notified_no_more(woken: Woken, office: Office) -> None:
    rec = handed(office, title="Secret")
    woken.deliver(json.dumps(letter(office, "james", rec)))
    woken.phone.go("/more")
    woken.page.get_by_role("button", name="Sign out").click()
    woken.page.wait_for_selector("#login-form")
    assert woken.page.evaluate(
        "navigator.serviceWorker.getRegistrations().then(async (all) =>"
        " (await Promise.all(all.map((one) => one.getNotifications()))).flat().length)"
    ) == 0  # fmt: skip


SUBSCRIBING = """
PushManager.prototype.subscribe = async function ({ applicationServerKey }) {
  const keys = { p256dh: applicationServerKey, auth: 'AAAAAAAAAAAAAAAAAAAAAA' };
  const made = { endpoint: 'https://updates.push.services.mozilla.com/wpush/v2/x', keys };
  PushManager.prototype.getSubscription = async () => subscription;
  const unsubscribe = async () => { PushManager.prototype.getSubscription = async () => null; };
  const subscription = { endpoint: made.endpoint, toJSON: () => made, unsubscribe };
  return subscription;
};"""


def test_it_is_asked_after_the_first_assignment_by_a_tap(
    new_phone: NewPhone, office: Office
) -> None:
    """The platform's own service is the one part that is played here."""
    handed(office, title="The first", assignee=office.demo.people["yossi"])
    phone = new_phone("yossi", locale="he-IL")
    page = phone.page
    phone.context.add_init_script(SUBSCRIBING)
    phone.go("/today")
    invite = page.locator("#invite")
    expect(invite).to_be_visible()
    assert page.evaluate("Notification.permission") == "default"
    phone.context.grant_permissions(["notifications"], origin=office.url)
    invite.locator("[data-push=on]").click()
    expect(invite).to_be_hidden()
    phone.until(lambda: subscriptions(office))
    assert subscriptions(office)[0][0] == office.demo.people["yossi"]
    phone.go("/settings")
    page.evaluate("""() => {
      const unsubscribe = async () => { PushManager.prototype.getSubscription = async () => null; };
      const endpoint = 'https://updates.push.services.mozilla.com/wpush/v2/x';
      PushManager.prototype.getSubscription = async () => ({ endpoint, unsubscribe });
      document.querySelector('[data-push-state] [data-push=off]').click();
    }""")
    phone.until(lambda: not subscriptions(office))
    expect(page.locator("[data-when=off]")).to_be_visible()
    refused = "Object.defineProperty(Notification, 'permission', { get: () => 'denied' })"
    phone.context.add_init_script(refused)
    page.reload()
    expect(page.locator("[data-when=denied]")).to_be_visible()
    phone.go("/today")
    expect(page.locator("#invite")).to_be_hidden()


def test_names_are_offered_after_an_at(woken: Woken, office: Office) -> None:
    page, phone = woken.page, woken.phone
    office.stop()
    phone.go("/tasks/new")
    page.get_by_label("Title").fill("Ask around")
    text = page.get_by_label("Description")
    options = page.locator("ul.names [role=option]")
    text.press_sequentially("Ask @דנ")
    expect(options).to_have_text(["דנה כהן"])
    text.press("Enter")
    expect(text).to_have_value("Ask @דנה כהן ")
    expect(options).to_have_count(0)
    office.start()
