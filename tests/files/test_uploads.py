"""Files in pieces: resumed, checked, sent once, and taken from those who may."""

from __future__ import annotations

import base64
import hashlib
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select, update
from uuid_utils.compat import uuid7

from server.core.db import db, writing
from server.core.registry import registry
from server.files import coming
from server.files.coming import PIECES, UPLOADS
from tests.files.sending import Sender, noise, photo
from tests.people import Stage
from tests.walking import doc


@pytest.fixture
def olive(stage: Stage) -> Sender:
    return Sender(stage, "olive")


@pytest.fixture
def account(stage: Stage) -> str:
    return stage.file("olive")["account"]


def stored(stage: Stage, folder: str) -> list[Path]:
    root: Path = stage.app.config["DATA"] / "files"
    return [path for path in (root / "1" / folder).rglob("*") if path.is_file()]


def test_pieces_become_the_file(stage: Stage, olive: Sender, account: str) -> None:
    content = noise(300_000, 1)
    id_ = olive.record(content, "account", account, name="Plan.bin")
    assert doc("file", id_)["arrived_at"] is None
    assert olive.get(id_).status_code == 404
    begun = olive.begin(id_, len(content))
    assert begun.headers["Location"] == f"/files/uploads/{id_}"
    assert begun.headers["Upload-Offset"] == "0"
    assert olive.add(id_, content[:100_000], 0).headers["Upload-Offset"] == "100000"
    assert olive.came(id_) == 100_000  # as after a restart
    assert olive.begin(id_, len(content)).headers["Upload-Offset"] == "100000"
    assert olive.add(id_, content[100_000:], 100_000).headers["Upload-Offset"] == "300000"
    assert olive.came(id_) is None
    said = doc("file", id_)
    assert said["arrived_at"] and said["mime"] == "application/octet-stream"
    assert (said["stored"], said["stored_size"]) == (hashlib.sha256(content).hexdigest(), 300_000)
    assert olive.get(id_).data == content
    assert stored(stage, f"pieces/{id_}") == []
    assert olive.begin(id_, len(content)).headers["Upload-Offset"] == "300000"


def test_a_broken_connection_leaves_what_it_brought(
    stage: Stage, olive: Sender, account: str
) -> None:
    content = noise(50_000, 2)
    id_ = olive.record(content, "account", account)
    olive.begin(id_, len(content))
    answer = olive.add(id_, content[:20_000], 0, Content_Length="50000")
    assert answer.headers["Upload-Offset"] == "20000"
    assert olive.add(id_, content[20_000:], 20_000).status_code == 204
    assert olive.get(id_).data == content


def test_another_offset_or_too_much(olive: Sender, account: str) -> None:
    content = noise(1_000, 3)
    id_ = olive.record(content, "account", account)
    olive.begin(id_, 1_000)
    assert olive.add(id_, content[:500], 0).status_code == 204
    for at in (0, 499, 501, 10**14):
        assert olive.add(id_, content[500:], at).status_code == 409
    assert olive.add(id_, content, 500).status_code == 413
    assert olive.add(id_, content[500:], 500, Upload_Offset="-1").status_code == 400
    assert olive.add(id_, content[500:], 500, Upload_Offset="٥").status_code == 400
    assert olive.add(id_, content[500:], 500, Content_Type="text/plain").status_code == 415
    assert olive.add(id_, content[500:], 500, Tus_Resumable="0.2.2").status_code == 412
    assert olive.came(id_) == 500


def test_a_piece_with_its_checksum(olive: Sender, account: str) -> None:
    content = noise(1_000, 4)
    id_ = olive.record(content, "account", account)
    olive.begin(id_, 1_000)
    right = base64.b64encode(hashlib.sha256(content).digest()).decode()
    wrong = base64.b64encode(bytes(32)).decode()
    assert olive.add(id_, content, 0, Upload_Checksum=f"sha256 {wrong}").status_code == 460
    assert olive.add(id_, content, 0, Upload_Checksum=f"md5 {right}").status_code == 400
    assert olive.came(id_) == 0
    assert olive.add(id_, content, 0, Upload_Checksum=f"sha256 {right}").status_code == 204


def test_what_is_not_what_was_announced_is_not_kept(
    stage: Stage, olive: Sender, account: str
) -> None:
    content, other = noise(1_000, 5), noise(1_000, 6)
    id_ = olive.record(content, "account", account)
    olive.begin(id_, 1_000)
    answer = olive.add(id_, other, 0)
    assert answer.status_code == 460 and "damaged" in answer.text
    assert doc("file", id_)["arrived_at"] is None
    assert olive.came(id_) is None and stored(stage, f"pieces/{id_}") == []
    assert olive.begin(id_, 1_000).headers["Upload-Offset"] == "0"
    assert olive.add(id_, content, 0).status_code == 204
    assert olive.get(id_).data == content


def test_large_files_are_looked_at_by_a_job(
    stage: Stage, olive: Sender, account: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(coming, "AT_ONCE", 999)
    content = noise(1_000, 7)
    id_ = olive.send(content, "account", account, piece=400)
    assert olive.came(id_) == 1_000
    assert doc("file", id_)["arrived_at"] is None
    for _ in range(2):  # a worker may die between doing and marking
        coming.take_in_later(id_)
        assert olive.get(id_).data == content
    wrong = olive.record(noise(1_000, 8), "account", account)
    olive.begin(wrong, 1_000)
    olive.add(wrong, content, 0)
    coming.take_in_later(wrong)
    assert doc("file", wrong)["arrived_at"] is None and olive.came(wrong) is None


def test_what_one_can_see_need_not_be_sent_again(stage: Stage, olive: Sender, account: str) -> None:
    content = noise(2_000, 9)
    first = olive.send(content, "account", account)
    again = olive.record(content, "account", account, name="Again.bin")
    assert olive.begin(again, 2_000).headers["Upload-Offset"] == "2000"
    assert olive.get(again).data == content
    carl, sam = Sender(stage, "carl"), Sender(stage, "sam")
    his = carl.record(content, "account", account)
    assert carl.begin(his, 2_000).headers["Upload-Offset"] == "2000"
    # Whoever only knows the checksum gets nothing for it.
    hers = sam.record(content, "account", stage.file("sam")["account"])
    assert sam.begin(hers, 2_000).headers["Upload-Offset"] == "0"
    assert sam.get(hers).status_code == 404
    assert sam.add(hers, content, 0).status_code == 204
    assert sam.get(hers).data == content
    assert len([p for p in stored(stage, "") if doc("file", first)["stored"] in str(p)]) == 1


def test_strangers_find_no_upload(stage: Stage, olive: Sender, account: str) -> None:
    content = noise(1_000, 10)
    id_, nobody = olive.record(content, "account", account), str(uuid7())
    olive.begin(id_, 1_000)
    for name in ("carl", "sam", "zed", "ada"):
        other = Sender(stage, name)
        for path in (id_, nobody, "..", "x", "%00"):
            assert other.ask("HEAD", f"/files/uploads/{path}").status_code == 404
            assert other.add(path, content, 0).status_code == 404
            assert other.ask("DELETE", f"/files/uploads/{path}").status_code == 404
        one, two = other.begin(id_, 1_000), other.begin(nobody, 1_000)
        assert (one.status_code, one.data) == (two.status_code, two.data) == (404, two.data)
    assert olive.came(id_) == 0
    assert olive.ask("HEAD", f"/files/uploads/{id_}", Authorization="").status_code == 401


def test_only_on_records_that_are_there(stage: Stage, olive: Sender, account: str) -> None:
    theirs = stage.file("sam")
    said = {"name": "x", "size": 1, "sha256": "0" * 64}
    for of, rec in [("account", theirs["account"]), ("account", str(uuid7())), ("task", account),
                    ("file", olive.record(b"a", "account", account)), ("nothing", account),
                    ("person", stage.cast["carl"]), ("change", account)]:  # fmt: skip
        answer = olive.program.do("new", "file", str(uuid7()), v=said | {"of": of, "rec": rec})
        assert answer[:2] == ["rejected", "bad_reference"], of
    id_ = olive.record(b"bb", "account", account)
    for name, value in [("rec", theirs["account"]), ("of", "task"), ("sha256", "1" * 64),
                        ("size", 5)]:  # fmt: skip
        assert olive.program.do("set", "file", id_, f=name, v=value)[0] == "rejected", name
    for name in ("mime", "arrived_at", "stored", "stored_size", "width"):
        value = 1 if name in ("stored_size", "width") else "2026-01-01T00:00:00Z"
        answer = olive.program.do("set", "file", id_, f=name, v=value)
        assert answer[:2] == ["rejected", "readonly"], name


@pytest.mark.parametrize("value", ["data:image/svg+xml;base64,AAAA", "x", "javascript:1",
                                   "data:image/webp;base64," + "A" * 5_000])  # fmt: skip
def test_a_thumbnail_is_a_small_picture(olive: Sender, account: str, value: str) -> None:
    said = {"name": "x", "of": "account", "rec": account, "size": 1, "sha256": "0" * 64}
    answer = olive.program.do("new", "file", str(uuid7()), v=said | {"thumb": value})
    assert answer[0] == "rejected" and answer[2] == "thumb"


def test_sizes_are_bounded(stage: Stage, olive: Sender, account: str) -> None:
    content = noise(100, 11)
    id_ = olive.record(content, "account", account)
    assert olive.begin(id_, 99).status_code == 400
    assert olive.begin(id_, 10**12).status_code == 413
    for headers in ({"Upload_Length": "x"}, {"Upload_Length": ""}, {"Upload_Metadata": "file ***"}):
        said: dict[str, Any] = {"Upload_Length": "100"} | headers
        answer = olive.ask("POST", "/files/uploads/", **said)
        assert answer.status_code in (400, 404)
    too_large = {"name": "x", "of": "account", "rec": account, "size": 2**31 + 1, "sha256": "a"}
    assert olive.program.do("new", "file", str(uuid7()), v=too_large)[:2] == ["rejected", "bounds"]
    huge = noise(17 * 1024 * 1024, 12)
    id_ = olive.record(huge, "account", account)
    olive.begin(id_, len(huge))
    assert olive.add(id_, huge, 0).status_code == 413
    assert olive.came(id_) == 0


def test_nothing_at_all_is_a_file_too(olive: Sender, account: str) -> None:
    id_ = olive.record(b"", "account", account, name="empty.txt")
    assert olive.begin(id_, 0).status_code == 201
    assert doc("file", id_)["arrived_at"]
    assert olive.get(id_).data == b""


def test_uploads_are_given_up_and_forgotten(stage: Stage, olive: Sender, account: str) -> None:
    content = noise(1_000, 13)
    ids = [olive.record(content, "account", account) for _ in range(2)]
    for id_ in ids:
        olive.begin(id_, 1_000)
        olive.add(id_, content[:500], 0)
    assert olive.ask("DELETE", f"/files/uploads/{ids[0]}").status_code == 204
    assert olive.came(ids[0]) is None
    coming.purge_uploads()
    assert olive.came(ids[1]) == 500
    with writing() as connection:
        past = datetime.now(UTC) - timedelta(days=1)
        connection.execute(update(UPLOADS).values(expires_at=past))
    coming.purge_uploads()
    assert olive.came(ids[1]) is None
    with db.engine.connect() as connection:
        assert connection.scalar(select(func.count()).select_from(PIECES)) == 0
    assert stored(stage, "pieces") == []


def test_what_the_server_can_do(olive: Sender) -> None:
    answer = olive.ask("OPTIONS", "/files/uploads/", Tus_Resumable="")
    assert answer.status_code == 204
    assert answer.headers["Tus-Version"] == "1.0.0"
    assert int(answer.headers["Tus-Max-Size"]) == 2 * 1024**3
    assert "creation" in answer.headers["Tus-Extension"]


def test_files_go_with_their_record(stage: Stage, olive: Sender) -> None:
    """Who may see a record may see what hangs on it, and nobody else; from the next sync on."""
    refs = stage.file("olive")
    ids = {kind: olive.send(photo(), kind, rec) for kind, rec in refs.items()}
    sam = Sender(stage, "sam")
    sam.program.sync()
    assert not set(ids.values()) & set(sam.program.rows)
    # The account goes to his team, and everything under it.
    ada = stage.program("ada")
    ada.sync()
    assert ada.do("set", "account", refs["account"], f="team", v=stage.cast["south"]) == ["ok"]
    sam.program.sync()
    assert set(ids.values()) <= set(sam.program.rows)
    assert all(sam.get(id_).status_code == 200 for id_ in ids.values())
    assert ada.do("set", "account", refs["account"], f="team", v=stage.cast["north"]) == ["ok"]
    sam.program.sync()
    assert not set(ids.values()) & set(sam.program.rows)
    assert {sam.get(id_).status_code for id_ in ids.values()} == {404}
    assert registry["file"].attached
