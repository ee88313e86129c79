"""Giving files out: to whom, how much of them, and as what."""

from __future__ import annotations

import io
from urllib.parse import quote

import pytest
from PIL import Image
from uuid_utils.compat import uuid7

from tests.files.sending import Sender, noise, photo, place_of
from tests.people import Stage
from tests.walking import doc

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF"


@pytest.fixture
def olive(stage: Stage) -> Sender:
    return Sender(stage, "olive")


@pytest.fixture
def account(stage: Stage) -> str:
    return stage.file("olive")["account"]


def test_who_sees_the_record_gets_the_file(stage: Stage, olive: Sender, account: str) -> None:
    id_, nobody = olive.send(photo(), "account", account), str(uuid7())
    assert Sender(stage, "carl").get(id_).status_code == 200
    for name in ("sam", "tara", "zed"):
        for look in ("original", "preview", "thumb"):
            one, other = (Sender(stage, name).get(i, look) for i in (id_, nobody))
            assert one.status_code == 404
            assert one.text.replace(id_, nobody) == other.text
    assert olive.get(id_, Authorization="").status_code == 303
    for odd in ("x", "%00", "..%2f..%2fetc%2fpasswd", "../../etc/passwd"):
        assert olive.get(odd).status_code == 404


def test_ranges_and_tags(olive: Sender, account: str) -> None:
    content = noise(1_000, 21)
    id_ = olive.send(content, "account", account)
    whole = olive.get(id_)
    assert (whole.data, whole.headers["Content-Length"]) == (content, "1000")
    assert whole.headers["Accept-Ranges"] == "bytes"
    assert whole.headers["Cache-Control"] == "private, no-cache"
    tag = whole.headers["ETag"]
    assert olive.get(id_, If_None_Match=tag).status_code == 304
    for said, part, where in [("bytes=0-99", content[:100], "0-99"), ("bytes=900-", content[900:],
                              "900-999"), ("bytes=-10", content[-10:], "990-999"),
                              ("bytes=990-5000", content[990:], "990-999")]:  # fmt: skip
        answer = olive.get(id_, Range=said)
        assert (answer.status_code, answer.data) == (206, part)
        assert answer.headers["Content-Range"] == f"bytes {where}/1000"
        assert answer.headers["Content-Length"] == str(len(part))
    assert olive.get(id_, Range="bytes=0-9", If_Range='"other"').status_code == 200
    assert olive.get(id_, Range="bytes=0-9", If_Range=tag).status_code == 206
    assert olive.get(id_, Range="bytes=1000-").status_code == 416
    assert olive.get(id_, Range="bytes=x").status_code == 200


@pytest.mark.parametrize(
    ("content", "mime", "how"),
    [
        (photo(place=False), "image/jpeg", "inline"),
        (PDF, "application/pdf", "inline"),
        (b"plain words", "text/plain", "inline"),
        (b"<!DOCTYPE html><script>alert(1)</script>", "application/octet-stream", "attachment"),
        (SVG, "application/octet-stream", "attachment"),
        (b'<?xml version="1.0"?><x/>', None, "attachment"),
        (b"PK\x03\x04" + bytes(60), "application/zip", "attachment"),
        (b"MZ" + bytes(300), None, "attachment"),
    ],
)
def test_dangerous_kinds_are_only_saved(
    olive: Sender, account: str, content: bytes, mime: str | None, how: str
) -> None:
    """By what they are, whatever they are called."""
    id_ = olive.send(content, "account", account, name="holiday.png")
    answer = olive.get(id_)
    assert mime is None or answer.mimetype == mime == doc("file", id_)["mime"]
    assert answer.mimetype not in ("text/html", "image/svg+xml", "text/xml", "application/xml")
    assert answer.data == content
    assert answer.headers["Content-Disposition"].split(";")[0] == how
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "script-src" not in policy
    assert ("sandbox" in policy) == (mime != "application/pdf")
    saved = olive.get(id_, "original?save")
    assert saved.headers["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize(("name", "saved"), [
    ("../../etc/passwd.jpg", "....etcpasswd.jpg"), ("a\\b:c.jpg", "abc.jpg"),
    ("תמונה של הדוד.jpg", "תמונה של הדוד.jpg"),
    ('x"; filename="evil.exe', "x; filename=evil.exe.jpg"),
    ("Boiler", "Boiler.jpg"), ("..", "file.jpg"),
])  # fmt: skip
def test_names_to_save_by(olive: Sender, account: str, name: str, saved: str) -> None:
    id_ = olive.send(photo(), "account", account, name=name)
    said = olive.get(id_).headers["Content-Disposition"]
    saved = saved.lstrip(". ")
    assert quote(saved, safe="!#$&+^`|~") in said or f'"{saved}"' in said or said.endswith(saved)
    assert "\r" not in said and "\n" not in said


def test_previews_stand_upright(olive: Sender, account: str) -> None:
    id_ = olive.send(photo(2400, 1200, turned=6), "account", account)
    said = doc("file", id_)
    assert (said["width"], said["height"]) == (1200, 2400)
    for look, longest in (("preview", 1600), ("thumb", 320)):
        answer = olive.get(id_, look)
        assert answer.mimetype == "image/webp"
        with Image.open(io.BytesIO(answer.data)) as drawn:
            assert drawn.size == (longest // 2, longest)
            assert not drawn.getexif()
    assert said["thumb"].startswith("data:image/webp;base64,") and len(said["thumb"]) < 4_000


@pytest.mark.parametrize("how", ["remove", "keep"])
def test_the_place_is_taken_out(stage: Stage, how: str, account: str) -> None:
    olive, content = Sender(stage, "olive"), photo(330, 220 if how == "keep" else 221)
    me = stage.cast["olive"]
    olive.program.do("set", "person", me, f="photo_place", v=how)
    id_ = olive.send(content, "account", account)
    olive.program.do("set", "person", me, f="photo_place", v=None)
    kept = olive.get(id_).data
    assert len(kept) == len(content) and place_of(content)
    assert bool(place_of(kept)) == (how == "keep")
    with Image.open(io.BytesIO(kept)) as picture:
        assert picture.getexif()[0x010F] == "Kesher Camera"  # the rest of what it says stays
        picture.load()
    # One with a place is no twin for whoever wants it out.
    other = olive.record(content, "account", account)
    came = olive.begin(other, len(content)).headers["Upload-Offset"]
    assert (came == "0") == (how == "keep")


def test_bombs_and_broken_pictures_are_kept_unseen(olive: Sender, account: str) -> None:
    bomb = io.BytesIO()
    Image.new("1", (20_000, 20_000)).save(bomb, "PNG")
    for content in (bomb.getvalue(), photo(place=False)[:2_000], b"\x89PNG\r\n\x1a\n" + noise(100)):
        id_ = olive.send(content, "account", account)
        assert olive.get(id_).data == content
        assert olive.get(id_, "preview").status_code == 404
        assert doc("file", id_)["thumb"] is None


def test_a_plain_form_will_do(stage: Stage, account: str) -> None:
    browser, content = stage.browser("olive"), photo(100, 50)
    page = f"/accounts/{account}"
    form = {"_t": browser.csrf, "of": "account", "rec": account, "_back": page}
    files = [(io.BytesIO(content), "C:\\photos\\../Boiler\x00.jpg"), (io.BytesIO(PDF), "offer.pdf")]
    answer = browser.ask("POST", "/files/", data={**form, "file": files})
    assert (answer.status_code, answer.headers["Location"]) == (303, page)
    shown = browser.get(page).text
    assert "Boiler.jpg" in shown and "offer.pdf" in shown
    assert browser.get(page).text.count('data-look="pdf"') == 1
    theirs = form | {"rec": stage.file("sam")["account"]}
    for wrong in (theirs, form | {"of": "nothing"}, form | {"_t": "x"}):
        sent = {**wrong, "file": [(io.BytesIO(b"x"), "x")]}
        assert browser.ask("POST", "/files/", data=sent).status_code in (400, 403)
    assert browser.ask("POST", "/files/", data=form).status_code == 303  # nothing was chosen


def test_a_file_has_a_page(stage: Stage, olive: Sender, account: str) -> None:
    """Where it is named, deleted and brought back, as any record; but not made."""
    id_ = olive.send(photo(), "account", account, name="IMG_1.jpg")
    browser, page = stage.browser("olive"), f"/files/{id_}"
    assert f'href="/accounts/{account}"' in browser.get(page).text
    named = browser.post(page, _fields="name note", name="Boiler, front", note="leaks")
    assert named.headers["Location"] == page
    assert "Boiler, front" in browser.get("/files/?q=boiler").text
    assert browser.post(f"{page}/deletion").status_code == 303
    tile = f'data-file="{id_}"'
    assert tile not in browser.get(f"/accounts/{account}").text
    assert browser.post(f"{page}/restoration").status_code == 303
    assert tile in browser.get(f"/accounts/{account}").text
    assert browser.get("/files/new").status_code == 404
    sam = stage.browser("sam")
    assert sam.get(page).status_code == 404 and id_ not in sam.get("/files/").text
