"""A later version of the app takes over, and loses nothing of what waits."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from .house import Demo, copy_of_program, raise_version
from .office import Office
from .phone import SMALL, Phone

LATER = "f00dfeed00"


@pytest.fixture
def office(demo: Demo, tmp_path: Path) -> Iterator[Office]:
    """On a copy of the program that this test may change."""
    office = Office(demo, copy_of_program(tmp_path / "first"), tmp_path)
    office.start()
    yield office
    office.stop()


def save_an_account(phone: Phone, name: str) -> None:
    phone.go("/accounts/new")
    phone.page.locator("#f-name").fill(name)
    phone.page.locator("#record-form [data-primary]").click()
    expect(phone.page.locator("h1")).to_have_text(name)


def test_a_new_version_takes_over_with_the_outbox(
    office: Office, browser: Browser, tmp_path: Path
) -> None:
    context = browser.new_context(viewport=SMALL)
    phone = Phone(context, office)
    page = phone.page
    phone.sign_in("james")
    other = phone.new_tab()
    other.goto(f"{office.url}/tasks/new")
    office.stop()
    save_an_account(phone, "Older Than the App")

    office.server.home = copy_of_program(tmp_path / "second")
    raise_version(office.server.home, LATER)
    # The outbox must not go out before the new worker is there: the session has ended meanwhile.
    office.execute("DELETE FROM session")
    office.start()
    page.evaluate("navigator.serviceWorker.getRegistration().then(found => found.update())")
    toast = page.locator(".toast").filter(has_text="A new version is ready")
    expect(toast).to_be_visible()
    # Until the person agrees, page and worker stay those of one version.
    page.reload()
    assert phone.go("/accounts/").headers["x-app-version"] != LATER
    other.get_by_label("Title").fill("Typed into the older page")
    expect(toast).to_be_visible()
    toast.get_by_role("button", name="Use it").click()
    expect(page.locator(f"script[src*='page.{LATER}']")).to_have_count(1)
    assert phone.go("/today").headers["x-app-version"] == LATER
    assert [op["k"] for op in phone.held("outbox")] == ["new"]
    assert office.rows("SELECT count(*) FROM op") == [(0,)]
    page.locator("#signin").get_by_role("link", name="Sign in").click()
    phone.fill_in_and_sign_in("james")
    phone.until_sent()
    assert len(office.records("account", "name = 'Older Than the App'")) == 1
    # The other tab was brought along, and what was typed there with it.
    expect(other.get_by_label("Title")).to_have_value("Typed into the older page")
    other.get_by_role("button", name="Save").click()
    expect(other.locator("h1")).to_have_text("Typed into the older page")
    assert page.evaluate("caches.keys()") == [f"kesher-{LATER}"]
    context.close()


def test_a_server_that_speaks_an_older_protocol(
    demo: Demo, browser: Browser, tmp_path: Path
) -> None:
    """It takes what waits and gives nothing; the person is told so, until it has been renewed."""
    office = Office(demo, copy_of_program(tmp_path / "first"), tmp_path)
    office.start()
    context = browser.new_context(viewport=SMALL)
    phone = Phone(context, office)
    phone.sign_in("james")
    office.stop()
    save_an_account(phone, "Before Its Time")
    path = office.server.home / "server/sync/asking.py"
    today = path.read_text()
    assert today.count("VERSION = 1 ") == 1
    path.write_text(today.replace("VERSION = 1 ", "VERSION = 0 "))
    office.start()
    phone.sync()
    phone.until(lambda: office.records("account", "name = 'Before Its Time'"))
    theirs = office.accounts_of("james")[0]
    office.execute("UPDATE account SET doc = json_set(doc, '$.city', 'Unseen') WHERE id = ?",
                   theirs["id"])  # fmt: skip
    phone.go(f"/accounts/{theirs['id']}")
    stale = phone.page.locator("#stale")
    expect(stale).to_contain_text("The server is being updated. What you did has reached it")
    expect(phone.page.locator("#main")).not_to_contain_text("Unseen")
    save_an_account(phone, "And One More")
    phone.until(lambda: office.records("account", "name = 'And One More'"))
    office.stop()
    path.write_text(today)
    office.start()
    phone.until_sent()
    phone.until(lambda: phone.go("/today") and not stale.count())
    for name in ("Before Its Time", "And One More"):
        phone.go(f"/accounts/?scope=mine&q={name}")
        expect(phone.page.locator("#rows tr[data-id]")).to_have_count(1)
    assert (phone.held("outbox"), phone.held("problems"), phone.faults) == ([], [], [])
    context.close()
    office.stop()


def rename_partners(home: Path, now: bool) -> None:
    """Before, a partner was called an ally; `now` the server knows both words."""
    if now:
        path, old = home / "server/customers/entities.py", 'default="prospect")'
        new = 'default="prospect", former={"ally": "partner"})'
    else:
        path, old, new = home / "server/customers/choices.py", '("partner", ', '("ally", '
    text = path.read_text()
    assert text.count(old) == 1
    path.write_text(text.replace(old, new))


def test_an_older_app_and_what_it_has_waiting(
    demo: Demo, browser: Browser, tmp_path: Path
) -> None:
    """Its worker goes on pushing to the server of today, which takes it in today's words; then the
    person agrees to the new app, and nothing is lost on the way."""
    office = Office(demo, copy_of_program(tmp_path / "first"), tmp_path)
    rename_partners(office.server.home, now=False)
    office.start()
    context = browser.new_context(viewport=SMALL)
    phone = Phone(context, office)
    phone.sign_in("james")
    office.stop()
    phone.go("/accounts/new")
    phone.page.locator("#f-name").fill("Written Before")
    phone.page.locator("#f-relation").select_option("ally")
    phone.page.locator("#record-form [data-primary]").click()
    expect(phone.page.locator("h1")).to_have_text("Written Before")

    office.server.home = copy_of_program(tmp_path / "second")
    rename_partners(office.server.home, now=True)
    raise_version(office.server.home, LATER)
    office.start()
    phone.until_sent()
    (kept,) = office.records("account", "name = 'Written Before'")
    assert kept["relation"] == "partner"
    assert phone.held("problems") == []
    path = f"/accounts/{kept['id']}"
    assert phone.go(path).headers["x-app-version"] != LATER  # the older app, with today's records
    expect(phone.page.locator("[data-field=relation]")).to_contain_text("Partner")
    phone.page.evaluate("navigator.serviceWorker.getRegistration().then(found => found.update())")
    toast = phone.page.locator(".toast").filter(has_text="A new version is ready")
    toast.get_by_role("button", name="Use it").click()
    expect(phone.page.locator(f"script[src*='page.{LATER}']")).to_have_count(1)
    assert phone.go(path).headers["x-app-version"] == LATER
    expect(phone.page.locator("[data-field=relation]")).to_contain_text("Partner")
    assert (phone.held("outbox"), phone.faults) == ([], [])
    context.close()
    office.stop()
