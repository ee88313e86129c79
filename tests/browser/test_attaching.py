"""Files as people bring them: smaller photos, dropped and pasted ones, on a phone that is full."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.files.sending import noise, photo, place_of

from .conftest import NewPhone
from .office import Office
from .phone import WIDE, Phone
from .test_files import choose, file_of

MEGABYTE = 1_000_000


@pytest.fixture(scope="module")
def account(office: Office) -> str:
    id_: str = office.accounts_of("james")[0]["id"]
    return id_


@pytest.fixture(scope="module")
def desk(new_phone: NewPhone) -> Phone:
    phone = new_phone("james", viewport=WIDE, locale="en")
    phone.context.grant_permissions(["clipboard-read", "clipboard-write"])
    return phone


def tile(page: Page, name: str) -> Any:
    return page.locator("#files .tiles > li").filter(has_text=name)


def sent(phone: Phone, office: Office, name: str) -> tuple[dict[str, Any], bytes]:
    """The record of a file that has arrived, and its bytes at the server."""
    phone.until(lambda: [f for f in office.records("file", "name = ?", name) if f["arrived_at"]])
    record: dict[str, Any] = file_of(office, name)
    [path] = Path(office.server.environ["KESHER_DATA"]).rglob(f"{record['stored']}/original")
    return record, path.read_bytes()


def test_photos_are_made_smaller_before_they_are_kept(
    new_phone: NewPhone, office: Office, account: str
) -> None:
    """By the person's choice; the phone itself takes the place out then, for it draws them anew."""
    phone, content = new_phone("james"), photo(3000, 2000, turned=6)
    page = phone.page
    assert place_of(content)
    phone.go("/settings")
    page.get_by_label("Size of photos").select_option("1600")
    page.get_by_role("button", name="Save").click()
    phone.until_sent()
    phone.go(f"/accounts/{account}")
    choose(page, ("Roof.jpg", "image/jpeg", content), ("small.jpg", "image/jpeg", photo(800, 600)))
    record, kept = sent(phone, office, "Roof.jpg")
    with Image.open(io.BytesIO(kept)) as picture:
        assert picture.size == (1067, 1600)  # upright
    assert record["size"] < len(content) and not place_of(kept)
    assert record["stored"] == record["sha256"]  # nothing was left for the server to take out
    record, kept = sent(phone, office, "small.jpg")
    assert (record["width"], record["size"]) == (800, len(photo(800, 600)))
    assert not place_of(kept)
    phone.go("/settings")
    page.get_by_label("Size of photos").select_option("original")
    page.get_by_role("button", name="Save").click()
    phone.until_sent()


def test_files_are_dropped_on_the_page_of_a_record(
    desk: Phone, office: Office, account: str, tmp_path: Path
) -> None:
    """As the desktop drags them in, without a network."""
    plan, offer = tmp_path / "plan.pdf", tmp_path / "offer.txt"
    plan.write_bytes(b"%PDF-1.4\n%%EOF")
    offer.write_text("An offer")
    page, files = desk.page, desk.page.locator("#files")
    desk.context.set_offline(True)
    desk.go(f"/accounts/{account}")
    data = {"items": [], "files": [str(plan), str(offer)], "dragOperationsMask": 1}
    session = desk.context.new_cdp_session(page)

    def drag(kind: str) -> None:
        given = {"type": kind, "x": 700, "y": 300, "data": data}
        session.send("Input.dispatchDragEvent", given)

    drag("dragEnter")
    drag("dragOver")
    expect(files).to_have_attribute("data-drop", "")
    drag("drop")
    expect(files).not_to_have_attribute("data-drop", "")
    for name in ("plan.pdf", "offer.txt"):
        expect(tile(page, name)).to_contain_text("Saved on this device")
    desk.go("/today")
    drag("dragEnter")
    drag("dragOver")
    drag("drop")
    assert page.url.endswith("/today")  # the browser did not open it in place of the app
    desk.context.set_offline(False)
    desk.until_sent()
    assert sent(desk, office, "offer.txt")[1] == b"An offer"


PICTURE = """async () => {
  const canvas = new OffscreenCanvas(60, 40);
  canvas.getContext('2d').fillRect(0, 0, 60, 40);
  const blob = await canvas.convertToBlob({ type: 'image/png' });
  await navigator.clipboard.write([new ClipboardItem({ 'image/png': blob })]);
}"""


def test_a_picture_is_pasted(desk: Phone, office: Office, account: str) -> None:
    """A screenshot, say; where text is typed, a paste stays a paste."""
    page = desk.page
    desk.go(f"/accounts/{account}")
    before = page.locator("#files .tiles > li").count()
    page.evaluate(PICTURE)
    page.locator("[data-quick=note]").click()
    page.locator("#quick-note textarea").press("Control+v")
    page.keyboard.press("Escape")
    page.locator("h1").click()
    page.keyboard.press("Control+v")
    expect(page.locator("#files .tiles > li")).to_have_count(before + 1)
    record, _ = sent(desk, office, "image.png")
    assert (record["mime"], record["width"], record["rec"]) == ("image/png", 60, account)
    page.evaluate("navigator.clipboard.writeText('Only text')")
    page.keyboard.press("Control+v")
    desk.until_sent()
    assert len(office.records("file", "rec = ?", account)) == before + 1


def kept_ids(phone: Phone) -> set[str]:
    """Files that the server has, and may be fetched again."""
    return {one["id"] for one in phone.held("blobs")
            if isinstance(one, dict) and "id" in one and "tries" not in one}  # fmt: skip


def test_what_may_be_fetched_again_makes_room(
    new_phone: NewPhone, office: Office, account: str
) -> None:
    """And only when that is not enough the person is told; what they chose stays in their hand."""
    phone, program = new_phone(), office.as_("james")
    phone.go("/login")
    quota = Quota(phone)
    # From the beginning: what a browser has once found to be free it believes for a while.
    quota.limit(12 * MEGABYTE)
    phone.sign_in("james")
    page = phone.page
    content = noise(5 * MEGABYTE, 81)
    sha = hashlib.sha256(content).hexdigest()
    id_ = program.make("file", name="film.bin", of="account", rec=account,
                       size=len(content), sha256=sha)  # fmt: skip
    program.upload(id_, content)
    phone.sync()
    phone.until(lambda: id_ in kept_ids(phone))
    phone.context.set_offline(True)
    phone.go(f"/accounts/{account}")
    choose(page, ("mine.bin", "application/octet-stream", noise(6 * MEGABYTE, 82)))
    expect(tile(page, "mine.bin")).to_contain_text("Saved on this device")
    assert kept_ids(phone) == set()
    choose(page, ("more.bin", "application/octet-stream", noise(6 * MEGABYTE, 83)))
    toast = page.locator(".toast").filter(has_text="There is no room left on this device")
    expect(toast).to_be_visible()
    assert len(uploads(phone)) == 1
    quota.limit(None)
    toast.get_by_role("button", name="Try again").click()
    expect(tile(page, "more.bin")).to_contain_text("Saved on this device")
    assert len(uploads(phone)) == 2
    phone.context.set_offline(False)
    phone.until_sent()
    for name, seed in (("mine.bin", 82), ("more.bin", 83)):
        assert sent(phone, office, name)[1] == noise(6 * MEGABYTE, seed)
    assert phone.faults == []


def uploads(phone: Phone) -> list[Any]:
    return [one for one in phone.held("blobs") if isinstance(one, dict) and "tries" in one]


class Quota:
    """How much a site may keep on this phone."""

    def __init__(self, phone: Phone) -> None:
        self.session = phone.context.new_cdp_session(phone.page)
        self.origin = {"origin": phone.office.url}

    def limit(self, size: int | None) -> None:
        """`None`: as ever."""
        given = self.origin if size is None else {**self.origin, "quotaSize": size}
        self.session.send("Storage.overrideQuotaForOrigin", given)


PDF = b"""%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]/Contents 4 0 R>>endobj
4 0 obj<</Length 33>>stream
0.9 0.2 0.2 rg 50 50 200 100 re f
endstream endobj
trailer<</Root 1 0 R>>
%%EOF"""


def test_a_pdf_opens_without_a_network(desk: Phone, office: Office, account: str) -> None:
    """In the browser's own viewer, from what is kept here."""
    page = desk.page
    desk.go(f"/accounts/{account}")
    choose(page, ("drawing.pdf", "application/pdf", PDF))
    sent(desk, office, "drawing.pdf")
    id_ = office.records("file", "name = 'drawing.pdf'")[0]["id"]
    desk.until(lambda: id_ in kept_ids(desk))
    desk.context.set_offline(True)
    desk.go(f"/accounts/{account}")
    with desk.context.expect_page() as opened:
        tile(page, "drawing.pdf").locator("a.face").click()
    viewer = opened.value
    viewer.wait_for_load_state()
    assert viewer.url.endswith(f"/files/{id_}/original")
    desk.until(lambda: reddish(viewer.screenshot()))
    desk.context.set_offline(False)
    viewer.close()


def reddish(shot: bytes) -> bool:
    """Is what the document draws to be seen?"""
    with Image.open(io.BytesIO(shot)) as picture:
        colours = picture.convert("RGB").getcolors(1 << 24) or []
    return sum(n for n, rgb in colours if rgb == (230, 51, 51)) > 1_000  # type: ignore[misc]


def test_a_page_shows_the_file_that_came_while_it_was_open(
    desk: Phone, office: Office, account: str
) -> None:
    """Told by the stream, first that it is there, then that it can be opened."""
    page, content = desk.page, photo(300, 200, place=False)
    desk.go(f"/accounts/{account}")
    page.evaluate("window.same = true")
    program = office.as_("leila")
    id_ = program.make("file", name="Just now.jpg", of="account", rec=account, size=len(content),
                       sha256=hashlib.sha256(content).hexdigest())  # fmt: skip
    expect(tile(page, "Just now.jpg")).to_contain_text("still on its way")
    program.upload(id_, content)
    expect(tile(page, "Just now.jpg").locator("a.face img")).to_be_visible()
    expect(tile(page, "Just now.jpg")).not_to_contain_text("on its way")
    assert page.evaluate("window.same")
    assert desk.faults == []
