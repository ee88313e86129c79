"""Devices: who sees and ends which, and what letting somebody in no longer does."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from server.core.db import reading
from server.core.devices import DEVICE
from server.core.people import Login, Session, Token
from tests.people import Stage
from tests.walking import doc

DEEDS = ("signing-out", "wiping", "sparing")


def device(stage: Stage, person: str, name: str) -> Any:
    query = select(DEVICE).where(DEVICE.c.person == stage.cast[person], DEVICE.c.device == name)
    with reading() as connection:
        return connection.execute(query).one()


def phone(stage: Stage, person: str, name: str) -> Any:
    """Somebody's device that has synced; its row."""
    stage.program(person, name).post(whose=[stage.cast[person]], has={"pending": 3, "held": 1234})
    return device(stage, person, name)


def count(table: Any, person: str) -> int:
    with reading() as connection:
        return len(connection.execute(select(table.person).where(table.person == person)).all())


def test_the_list_of_ones_own(fresh: Stage) -> None:
    mine, other = phone(fresh, "olive", "mine"), phone(fresh, "carl", "carls")
    page = fresh.browser("olive").get("/devices?scope=all&q=carl")
    assert (mine.id in page.text, other.id in page.text) == (True, False)
    for said in ("Last sync", "3 waiting", "1,234 records held", "This device"):
        assert said in page.text
    assert "Disable" not in page.text


def test_everybodys_for_whoever_manages_people(fresh: Stage) -> None:
    mine, strange = phone(fresh, "olive", "mine"), phone(fresh, "zed", "theirs")
    ada = fresh.browser("ada")
    assert mine.id not in ada.get("/devices").text
    page = ada.get("/devices?scope=all").text
    assert (mine.id in page, strange.id in page, "Disable" in page) == (True, False, True)
    assert mine.id not in ada.get("/devices?scope=all&q=carl").text
    assert "Nothing found" in ada.get("/devices?scope=all&q=nobody+at+all").text
    for bad in ("after=nonsense", "q=%00", "scope=%FF", "after=W251bGwsIlx1MDAwMCJd"):
        assert ada.get(f"/devices?scope=all&{bad}").status_code == 200


@pytest.mark.parametrize(
    ("name", "status"),
    [("olive", 303), ("ada", 303), ("carl", 404), ("sam", 404), ("mona", 404), ("zed", 404)],
)
@pytest.mark.parametrize("deed", ["", "/signing-out", "/wiping"])
def test_who_may_end_a_device(stage: Stage, name: str, status: int, deed: str) -> None:
    row = phone(stage, "olive", f"of-{name}{deed.strip('/')}")
    browser = stage.browser(name)
    assert browser.get(f"/devices/{row.id}").status_code == (200 if status == 303 else 404)
    assert browser.post(f"/devices/{row.id}{deed}", name="Renamed").status_code == status
    after = device(stage, "olive", row.device)
    changed = (after.name, after.state) != (row.name, row.state)
    assert changed == (status == 303)
    if deed and changed:  # it signed in with a token, which is no good any more
        assert after.token is None
        stage.cast.tokens["olive"] = Renewed(stage, "olive").token


class Renewed:
    def __init__(self, stage: Stage, name: str) -> None:
        from server.core.db import writing
        from server.core.identity import new_token

        with writing() as connection:
            self.token = new_token(connection, stage.cast[name], stage.cast.orgs[name])


def test_a_browser_without_the_app_is_a_device_too(fresh: Stage) -> None:
    there, here = fresh.browser("olive"), fresh.browser("olive")
    query = select(DEVICE.c.id).where(DEVICE.c.session == there.session)
    with reading() as connection:
        id_ = connection.execute(query).scalar_one()
    assert here.post(f"/devices/{id_}/signing-out").status_code == 303
    assert there.get("/today").headers["Location"].startswith("/login")
    assert here.get("/today").status_code == 200
    assert here.get(f"/devices/{id_}").status_code == 404


@pytest.mark.parametrize("deed", DEEDS)
def test_hostile_addresses_and_forms(stage: Stage, deed: str) -> None:
    ada = stage.browser("ada")
    for id_ in ("nothing", "%00", "x" * 300, "0192f0c1-0000-7000-8000-000000000000"):
        assert ada.post(f"/devices/{id_}/{deed}").status_code == 404
        assert ada.get(f"/devices/{id_}").status_code == 404
        assert ada.post(f"/people/{id_}/disabling").status_code == 404
    row = phone(stage, "olive", f"hostile-{deed}")
    assert ada.post(f"/devices/{row.id}/{deed}", _t="forged").status_code == 403
    assert ada.post(f"/devices/{row.id}", name="\x00  \n ").status_code == 303
    assert device(stage, "olive", row.device) == row
    assert ada.post(f"/devices/{row.id}", name="a\nb" + "ש" * 300).status_code == 303
    assert device(stage, "olive", row.device).name == "a b" + "ש" * 97


def test_somebody_is_disabled_and_let_in_again(fresh: Stage) -> None:
    olive, ada, browser = fresh.cast["olive"], fresh.browser("ada"), fresh.browser("olive")
    row = phone(fresh, "olive", "mine")
    assert ada.post(f"/people/{olive}/disabling").status_code == 303
    assert (count(Session, olive), count(Token, olive)) == (0, 0)
    assert browser.get("/today").headers["Location"].startswith("/login")
    assert doc("person", olive)["active"] is False
    assert "Is wiped when it next makes contact" in ada.get(f"/devices/{row.id}").text
    assert "May not sign in" in ada.get("/devices?scope=all").text
    assert ada.post(f"/people/{olive}/enabling").status_code == 303
    assert doc("person", olive)["active"] is True
    with reading() as connection:
        query = select(Login.disabled).where(Login.person == olive)
        assert connection.execute(query).scalar_one() is False
    assert "Is wiped" not in ada.get(f"/devices/{row.id}").text


@pytest.mark.parametrize("name", ["olive", "carl", "mona", "zed"])
def test_who_may_not_disable(stage: Stage, name: str) -> None:
    for deed in ("disabling", "enabling"):
        answer = stage.browser(name).post(f"/people/{stage.cast['sam']}/{deed}")
        assert answer.status_code == 404
    assert doc("person", stage.cast["sam"])["active"] is True


def test_nobody_disables_themselves(stage: Stage) -> None:
    assert stage.browser("ada").post(f"/people/{stage.cast['ada']}/disabling").status_code == 404
    assert count(Token, stage.cast["ada"]) == 1
