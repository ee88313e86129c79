"""Files: taken with no server, sent in pieces once there is one, and on with it after a restart."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Route, expect

from tests.files.sending import noise, photo, place_of

from .conftest import NewPhone
from .house import Demo
from .office import Office
from .phone import SMALL, Phone


@pytest.fixture
def account(office: Office) -> dict[str, str]:
    if office.server.web is None or office.server.web.process.poll() is not None:
        office.start()
    return office.accounts_of("james")[0]


def choose(page: Page, *files: tuple[str, str, bytes]) -> None:
    given = [{"name": n, "mimeType": mime, "buffer": content} for n, mime, content in files]
    page.locator("#files input[multiple]").set_input_files(given)  # type: ignore[arg-type]


def wide(phone: Phone, image: Locator) -> int:
    """Pixels of a picture from side to side, once it is there."""
    image.scroll_into_view_if_needed()
    width: int = phone.until(lambda: image.evaluate("img => img.complete && img.naturalWidth"))
    return width


def file_of(office: Office, name: str) -> dict[str, object]:
    return office.records("file", "name = ?", name)[0]


def test_a_photo_with_no_server(
    new_phone: NewPhone, office: Office, account: dict[str, str]
) -> None:
    phone = new_phone("james")
    page, content = phone.page, photo(900, 600)
    office.stop()
    phone.go(f"/accounts/{account['id']}")
    choose(page, ("Boiler.jpg", "image/jpeg", content), ("offer.pdf", "application/pdf", PDF))
    tiles = page.locator("#files .tiles > li")
    expect(tiles).to_have_count(2)
    expect(page.locator("#pill")).to_have_attribute("data-pending", "4")
    shot = tiles.filter(has_text="Boiler.jpg")
    expect(shot).to_contain_text("Saved on this device")
    assert wide(phone, shot.locator("img")) == 320
    phone.stop_worker()
    page.reload()
    shot.locator("a.face").click()
    large = page.locator("#viewer img")
    expect(large).to_be_visible()
    assert wide(phone, large) == 900
    page.keyboard.press("Escape")
    # Named while it waits; signing out would warn of it.
    shot.locator("a.name").click()
    page.locator(".dock").get_by_role("link", name="Edit").click()
    page.get_by_label("Name").fill("Boiler, front")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("h1")).to_have_text("Boiler, front")
    phone.go("/more")
    page.get_by_role("button", name="Sign out").click()
    expect(page.locator("#ask")).to_contain_text("offer.pdf")
    page.keyboard.press("Escape")
    office.start()
    phone.until_sent()
    phone.until(lambda: [f for f in office.records("file") if f["arrived_at"]][1:])
    kept = file_of(office, "Boiler, front")
    assert (kept["mime"], kept["width"], kept["height"]) == ("image/jpeg", 900, 600)
    [path] = Path(office.server.environ["KESHER_DATA"]).rglob(f"{kept['stored']}/original")
    assert place_of(content) and not place_of(path.read_bytes())
    assert phone.faults == []


PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF"


def uploads(phone: Phone) -> int:
    return len([one for one in phone.held("blobs") if isinstance(one, dict) and "tries" in one])


def test_a_break_in_the_middle(
    new_phone: NewPhone, office: Office, account: dict[str, str]
) -> None:
    """Cut after some pieces; the worker is killed; it goes on from where it was, never anew."""
    phone, content = new_phone("james"), noise(5_500_000, 77)
    page = phone.page
    phone.go(f"/accounts/{account['id']}")
    patched: list[int] = []
    cut = {"on": True}

    def pass_some(route: Route) -> None:
        if route.request.method == "PATCH":
            if cut["on"] and len(patched) >= 1:
                return route.abort()
            patched.append(int(route.request.headers["upload-offset"]))
        return route.continue_()

    phone.context.route(re.compile("/files/uploads/"), pass_some)
    choose(page, ("film.bin", "application/octet-stream", content))
    tile = page.locator("#files .tiles > li").filter(has_text="film.bin")
    expect(tile).to_contain_text("%")
    # Records are not held up by it.
    page.locator("[data-quick=note]").click()
    page.locator("#quick-note textarea").fill("while it waits")
    page.locator("#quick-note").get_by_role("button", name="Save").click()
    phone.until(lambda: office.records("activity", "body = ?", "while it waits"))
    assert file_of(office, "film.bin")["arrived_at"] is None and uploads(phone) == 1
    phone.go("/outbox")
    expect(page.locator("#uploads li").filter(has_text="film.bin")).to_be_visible()
    phone.stop_worker()
    cut["on"] = False
    phone.go(f"/accounts/{account['id']}")
    phone.until_sent()
    assert file_of(office, "film.bin")["stored"] == hashlib.sha256(content).hexdigest()
    assert patched == sorted(set(patched)) and patched[0] == 0 and len(patched) > 2
    expect(tile).not_to_contain_text("%")


def test_what_the_server_refuses_needs_a_person(
    new_phone: NewPhone, office: Office, account: dict[str, str]
) -> None:
    phone = new_phone("james")
    page = phone.page
    refusing = {"on": True}

    def refuse(route: Route) -> None:
        if refusing["on"] and route.request.method == "POST":
            return route.fulfill(status=413, body="")
        return route.continue_()

    phone.context.route(re.compile("/files/uploads/"), refuse)
    phone.go(f"/accounts/{account['id']}")
    choose(page, ("huge.bin", "application/octet-stream", noise(3_000, 78)))
    phone.go("/outbox")
    entry = page.locator("#uploads li[data-status=failed]")
    expect(entry).to_contain_text("takes no files of this size")
    pill = page.locator("#pill")
    expect(pill).to_have_attribute("data-state", "failed")  # it goes on by nobody's clock
    expect(pill).to_have_attribute("data-failed", "1")
    expect(pill).to_have_attribute("data-pending", "0")
    refusing["on"] = False
    entry.get_by_role("button", name="Try again").click()
    phone.until(lambda: file_of(office, "huge.bin")["arrived_at"])
    phone.until_sent()


@pytest.fixture
def returning(browser: Browser, office: Office, demo: Demo, tmp_path: Path) -> Iterator[object]:
    """A browser with a profile on disk, which can be closed and opened again."""
    opened: list[BrowserContext] = []

    def again() -> Phone:
        while opened:
            opened.pop().close()
        context = browser.browser_type.launch_persistent_context(
            tmp_path / "profile", executable_path="/usr/bin/chromium", viewport=SMALL,
            args=["--no-sandbox", "--disable-gpu"],
        )  # fmt: skip
        opened.append(context)
        return Phone(context, office)

    yield again
    while opened:
        opened.pop().close()


def test_the_browser_is_closed_meanwhile(
    returning: object, office: Office, account: dict[str, str]
) -> None:
    phone: Phone = returning()  # type: ignore[operator]
    phone.sign_in("james")
    office.stop()
    phone.go(f"/accounts/{account['id']}")
    content = noise(2_500_000, 79)
    choose(phone.page, ("night.bin", "application/octet-stream", content))
    expect(phone.page.locator("#files .tiles")).to_contain_text("night.bin")
    phone = returning()  # type: ignore[operator]
    phone.go(f"/accounts/{account['id']}")
    expect(phone.page.locator("#files .tiles")).to_contain_text("night.bin")
    office.start()
    phone.until_sent()
    assert file_of(office, "night.bin")["stored"] == hashlib.sha256(content).hexdigest()


def test_a_colleagues_photo_is_kept_for_the_road(
    new_phone: NewPhone, office: Office, account: dict[str, str]
) -> None:
    """What is on its way says so; what has come is fetched, and opens with no server."""
    phone, page_of = new_phone("james"), f"/accounts/{account['id']}"
    content = photo(1200, 800, place=False)
    program = office.as_("james")
    sha = hashlib.sha256(content).hexdigest()
    id_ = program.make("file", name="Roof.jpg", of="account", rec=account["id"],
                       size=len(content), sha256=sha)  # fmt: skip
    phone.sync()
    phone.until(lambda: "Roof.jpg" in phone.page.evaluate(
        "path => fetch(path).then((answer) => answer.text())", page_of
    ))  # fmt: skip
    phone.go(page_of)
    tile = phone.page.locator("#files .tiles > li").filter(has_text="Roof.jpg")
    expect(tile).to_contain_text("still on its way")
    program.upload(id_, content)
    phone.sync()
    phone.until(
        lambda: any(isinstance(k, dict) and k.get("id") == id_ for k in phone.held("blobs"))
    )
    office.stop()
    phone.go(page_of)
    size = phone.page.evaluate(
        "path => fetch(path).then(async (r) => [r.status, (await r.blob()).size])",
        f"/files/{id_}/original",
    )
    assert size == [200, len(content)]
    part = phone.page.evaluate(
        """path => fetch(path, {headers: {Range: 'bytes=10-19'}}).then(
            async (r) => [r.status, r.headers.get('Content-Range'), (await r.blob()).size])""",
        f"/files/{id_}/original",
    )
    assert part == [206, f"bytes 10-19/{len(content)}", 10]
    office.start()
