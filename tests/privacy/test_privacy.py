"""Somebody asks what is known of them, and then to be forgotten: everywhere, and for good."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from server.commands import main
from server.core.copying import lines, tables
from server.core.db import db, reading
from tests.files.sending import Sender
from tests.people import Browser, Stage

WORD = "Zyxwvuts"  # stands in everything that is known of them, and nowhere else
BYTES = f"{WORD} said so\n".encode() * 50


class Person:
    """A contact of Olive's with a history, and a colleague who stays."""

    def __init__(self, stage: Stage) -> None:
        self.stage, self.api = stage, stage.api("olive")
        self.account = self.make("accounts", name="Remaining Ltd")
        about = {"account": self.account}
        self.id = self.make("contacts", name=f"{WORD} Cohen", phones=["+972521234567"], **about)
        self.colleague = self.make("contacts", name="Remaining Colleague", **about)
        about["contact"] = self.id
        self.task = self.make("tasks", title=f"Ring {WORD}", body=f"{WORD} asked", **about)
        self.call = self.make("activities", subject=f"{WORD} rang", body=WORD, **about)
        self.make("consents", source=f"{WORD}'s form", channel="mail", **about)
        self.api("PATCH", f"/contacts/{self.id}", {"notes": f"{WORD} likes tea"})
        self.api("PATCH", f"/contacts/{self.id}", {"notes": f"{WORD} likes coffee"})
        self.file = Sender(stage, "olive").send(BYTES, "contact", self.id, name=f"{WORD}.txt")

    def make(self, path: str, **values: Any) -> str:
        answer = self.api("POST", f"/{path}/", values)
        assert answer.status_code == 201, answer.text
        id_: str = answer.json["id"]
        return id_


@pytest.fixture
def person(fresh: Stage) -> Person:
    return Person(fresh)


@pytest.fixture
def ada(fresh: Stage) -> Browser:
    return fresh.browser("ada")


def said() -> list[str]:
    """Tables in which the word stands."""
    found = []
    with reading() as connection:
        for table in tables(connection):
            if any(WORD.lower() in line.decode().lower() for line in lines(connection, table)):
                found.append(table.name)
        if connection.dialect.name == "sqlite":
            query = text("SELECT count(*) FROM contact_fts WHERE contact_fts MATCH 'zyx AND wvu'")
            found += ["the index"] if connection.execute(query).scalar() else []
    return found


def kept(data: Path) -> list[Path]:
    """Files in which the word stands."""
    found = (path for path in (data / "files").rglob("*") if path.is_file())
    return [path for path in found if WORD.encode() in path.read_bytes()]


def test_a_copy_has_everything(person: Person, ada: Browser) -> None:
    page = ada.get(f"/privacy/contacts/{person.id}")
    assert page.status_code == 200
    answer = ada.post(f"/privacy/contacts/{person.id}/copy")
    assert answer.mimetype == "application/zip"
    with zipfile.ZipFile(io.BytesIO(answer.data)) as pack:
        data = json.loads(pack.read("data.json"))
        [name] = [name for name in pack.namelist() if name.startswith("files/")]
        assert pack.read(name) == BYTES
        assert name.endswith(f"{WORD}.txt")
    assert data["record"]["phones"] == ["+972521234567"]
    assert {one["type"] for one in data["related"]} == {"task", "activity", "consent", "file"}
    assert any(f"{WORD} likes tea" in str(one["fields"]) for one in data["history"])
    assert "Remaining Colleague" not in str(data)


def test_erasing_reaches_everything(person: Person, ada: Browser) -> None:
    phone = person.stage.program("olive")
    phone.sync()
    assert {person.id, person.task, person.call, person.file} <= phone.rows.keys()
    data = Path(person.stage.app.config["DATA"])
    assert set(said()) >= {"contact", "task", "activity", "consent", "file", "change", "op"}
    assert kept(data)
    answer = ada.post(f"/privacy/contacts/{person.id}/erasure", name=f" {WORD.lower()} cohen")
    assert answer.status_code == 303
    assert said() == []
    assert kept(data) == []
    assert ada.get(f"/privacy/contacts/{person.id}").status_code == 404
    assert person.api("GET", f"/contacts/{person.colleague}").json["name"] == "Remaining Colleague"

    late = phone.set("contact", person.id, "notes", "late")
    told = phone.round()
    assert phone.rows.keys().isdisjoint({person.id, person.task, person.call, person.file})
    assert WORD not in json.dumps(told)
    assert phone.status(late)[:2] == ["rejected", "missing"]
    log = ada.get("/audit/").text
    assert f"contact {person.id}" in log


def test_a_backup_does_not_bring_them_back(
    person: Person, ada: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = person.stage.app.config
    monkeypatch.setenv("KESHER_DATA", str(settings["DATA"]))
    monkeypatch.setenv("DATABASE_URL", db.engine.url.render_as_string(hide_password=False))
    backup = tmp_path / "backup.zip"
    assert main(["backup", str(backup)]) == 0
    ada.post(f"/privacy/contacts/{person.id}/erasure", name=f"{WORD} Cohen")
    db.engine.dispose()
    assert main(["restore", str(backup), "--replace"]) == 0
    assert said() == []
    assert kept(Path(settings["DATA"])) == []
    assert person.api("GET", f"/contacts/{person.colleague}").status_code == 200


def test_another_name_erases_nobody(person: Person, ada: Browser) -> None:
    answer = ada.post(f"/privacy/contacts/{person.id}/erasure", name="Somebody Else")
    assert answer.status_code == 422
    assert "another name" in answer.text
    assert "contact" in said()


def test_only_whoever_manages_and_only_their_own(person: Person) -> None:
    path = f"/privacy/contacts/{person.id}"
    for name in ("olive", "mona"):
        browser = person.stage.browser(name)
        assert browser.get(path).status_code == 403
        assert browser.post(f"{path}/erasure", name=f"{WORD} Cohen").status_code == 403
    stranger = person.stage.browser("zed")
    assert stranger.get(path).status_code == 404
    assert stranger.post(f"{path}/copy").status_code == 404
    assert stranger.post(f"{path}/erasure", name=f"{WORD} Cohen").status_code == 404
    assert "contact" in said()
