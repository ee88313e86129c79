"""A device at sync: it is noted, told that it has been ended, and told from its copy."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from sqlalchemy import event, select

from server.core.db import db, reading, writing
from server.core.devices import DEVICE
from server.core.identity import new_token
from tests.people import Program, Stage


class Mobile(Program):
    """A program that says of itself what the app says, and keeps its ticket."""

    ticket: str | None = None

    def ask(self, *ops: Any, **more: Any) -> Any:
        said = {"whose": [self.me], "ticket": self.ticket, "ops": list(ops), **more}
        answer = self.post(**said)
        if answer.status_code == 200:
            self.ticket = answer.json.get("ticket", self.ticket)
        return answer

    @classmethod
    def of(cls, stage: Stage, name: str, device: str) -> Mobile:
        made = cls(stage.app, stage.cast, name, device)
        made.me = stage.cast[name]
        return made

    me = ""

    def again(self) -> Mobile:
        """A copy of everything."""
        copy = object.__new__(Mobile)
        copy.__dict__ |= self.__dict__ | {"outbox": list(self.outbox)}
        return copy

    def edit(self, rec: str, value: str) -> Any:
        op = self.set("account", rec, "city", value)
        self.outbox.clear()
        return op


def row(device: str) -> Any:
    with reading() as connection:
        return connection.execute(select(DEVICE).where(DEVICE.c.device == device)).one()


def code(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.json.get("code", "")


def sign_in_anew(stage: Stage, phone: Mobile, name: str) -> None:
    with writing() as connection:
        phone.token = new_token(connection, stage.cast[name], stage.cast.orgs[name])


@pytest.fixture
def writes() -> Iterator[list[str]]:
    """What is written to devices meanwhile."""
    seen: list[str] = []

    def look(_c: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if "device" in statement and not statement.lstrip().startswith("SELECT"):
            seen.append(statement)

    event.listen(db.engine, "before_cursor_execute", look)
    yield seen
    event.remove(db.engine, "before_cursor_execute", look)


def test_it_is_noted_when_there_is_news_and_seldom_otherwise(
    fresh: Stage, writes: list[str]
) -> None:
    phone = Mobile.of(fresh, "olive", "d1")
    now = datetime(2030, 1, 1, tzinfo=UTC)
    with time_machine.travel(now, tick=False) as clock:
        agent = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/140.0 Mobile Safari"
        assert "ticket" in phone.ask().json
        assert len(writes) == 1
        assert "ticket" not in phone.ask().json
        assert len(writes) == 1
        phone.ask(has={"pending": 2, "failed": 1, "held": 7, "other": 1, "x": "y"})
        assert len(writes) == 2
        clock.shift(timedelta(seconds=61))
        phone.ask()
        assert len(writes) == 3
        found = row("d1")
        assert (found.pending, found.failed, found.held) == (2, 1, 7)
        for held, noted in ((100, 4), (101, 4), (112, 5)):  # a few more or less is no news
            phone.ask(has={"pending": 2, "failed": 1, "held": held})
            assert len(writes) == noted
        assert found.last_sync == now + timedelta(seconds=61)
        assert found.token is not None
        other = Mobile.of(fresh, "carl", "d2")
        other.send('{"v": 1, "device": "d2"}', **{"User-Agent": agent, "X-App-Version": "abc"})
        assert (row("d2").name, row("d2").version) == ("Chrome · Android", "abc")


def test_nonsense_about_itself(fresh: Stage) -> None:
    phone = Mobile.of(fresh, "olive", "d1")
    for member, value in (("whose", "x"), ("whose", [1]), ("whose", ["x"] * 21), ("wiped", [None]),
                          ("has", []), ("ticket", 5)):  # fmt: skip
        assert code(phone.post(**{member: value})) == (400, f"bad_{member}")
    assert phone.ask(has={"pending": -1, "failed": 2**40, "held": True}).status_code == 200
    assert (row("d1").pending, row("d1").failed, row("d1").held) == (0, 0, 0)


def test_the_work_of_one_is_never_taken_as_anothers(fresh: Stage) -> None:
    rec = fresh.file("olive")["account"]
    phone = Mobile.of(fresh, "carl", "d1")
    phone.sync()
    phone.me = fresh.cast["olive"]
    assert code(phone.ask(phone.edit(rec, "x"))) == (401, "signed_out")
    assert phone.post(ops=[phone.edit(rec, "y")]).json["results"][0][1] == "ok"


def test_signed_out_from_afar_and_back(fresh: Stage) -> None:
    phone, rec = Mobile.of(fresh, "olive", "d1"), fresh.file("olive")["account"]
    phone.sync()
    assert fresh.browser("olive").post(f"/devices/{row('d1').id}/signing-out").status_code == 303
    for _ in range(2):
        assert code(phone.ask(phone.edit(rec, "x"))) == (401, "ended")
    assert code(phone.post()) == (401, "signed_out")  # it does not say whose it is
    assert code(phone.post(whose=[fresh.cast["carl"]])) == (401, "signed_out")
    sign_in_anew(fresh, phone, "olive")
    assert phone.ask(phone.edit(rec, "x")).json["results"][0][1] == "ok"
    assert row("d1").state == "active"


def test_wiped_from_afar(fresh: Stage) -> None:
    phone, rec = Mobile.of(fresh, "olive", "d1"), fresh.file("olive")["account"]
    phone.ask()
    ada = fresh.browser("ada")
    assert ada.post(f"/devices/{row('d1').id}/wiping").status_code == 303
    assert code(phone.ask(phone.edit(rec, "x"))) == (401, "wiped")
    token = phone.token
    sign_in_anew(fresh, phone, "olive")  # does not help: what lies there has to go first
    assert code(phone.ask(phone.edit(rec, "x"))) == (401, "wiped")
    assert row("d1").state == "wiping"
    phone.token = token
    assert code(phone.post(wiped=[phone.me])) == (401, "wiped")
    assert row("d1").state == "wiped"
    assert "Wiped" in ada.get("/devices?scope=all").text
    sign_in_anew(fresh, phone, "olive")
    assert phone.ask(ticket=None).status_code == 200
    assert row("d1").state == "active"


def test_a_wipe_is_called_off(fresh: Stage) -> None:
    phone = Mobile.of(fresh, "olive", "d1")
    phone.ask()
    browser = fresh.browser("olive")
    browser.post(f"/devices/{row('d1').id}/wiping")
    browser.post(f"/devices/{row('d1').id}/signing-out")  # takes nothing back
    assert row("d1").state == "wiping"
    browser.post(f"/devices/{row('d1').id}/sparing")
    assert code(phone.ask()) == (401, "ended")


def test_whoever_is_disabled_is_wiped(fresh: Stage) -> None:
    phone, ada = Mobile.of(fresh, "olive", "d1"), fresh.browser("ada")
    phone.ask()
    ada.post(f"/people/{phone.me}/disabling")
    assert code(phone.ask()) == (401, "wiped")
    ada.post(f"/people/{phone.me}/enabling")
    assert code(phone.ask()) == (401, "signed_out")  # it has wiped nothing yet: all is kept


def test_a_shared_phone_wipes_one_of_its_people(fresh: Stage) -> None:
    olive, carl = (Mobile.of(fresh, name, "d1") for name in ("olive", "carl"))
    for one in (olive, carl):
        one.ask()
    both = select(DEVICE.c.id, DEVICE.c.state).where(DEVICE.c.device == "d1")
    this = both.where(DEVICE.c.person == olive.me)
    with reading() as connection:
        [(id_, _)] = connection.execute(this).all()
    fresh.browser("olive").post(f"/devices/{id_}/wiping")
    assert "wipe" not in carl.post(whose=[carl.me]).json
    asked = {"whose": [carl.me, olive.me]}
    assert carl.post(**asked).json["wipe"] == [olive.me]
    assert "wipe" not in fresh.program("zed", "d1").post(whose=[fresh.cast["zed"]]).json
    assert carl.post(whose=[carl.me, olive.me], wiped=[olive.me]).json["wipe"] == []
    with reading() as connection:
        states = {state for _, state in connection.execute(both)}
    assert states == {"wiped", "active"}


def test_a_copy_is_told_apart_before_it_writes(fresh: Stage) -> None:
    phone, rec = Mobile.of(fresh, "olive", "d1"), fresh.file("olive")["account"]
    phone.sync()
    phone.ask()
    copy = phone.again()
    assert phone.ask(phone.edit(rec, "the first")).json["results"][0][1] == "ok"
    mine = copy.edit(rec, "the copy")
    assert code(copy.ask(mine)) == (409, "cloned")
    copy.device = "d2"
    assert copy.ask(mine).json["results"][0][1] == "conflict"  # and not silently over the other
    assert phone.ask(phone.edit(rec, "on it goes")).status_code == 200
    assert copy.ask().status_code == 200


def test_a_copy_that_only_reads_is_found_out_once_somebody_writes(fresh: Stage) -> None:
    phone, rec = Mobile.of(fresh, "olive", "d1"), fresh.file("olive")["account"]
    phone.ask()
    copy = phone.again()
    with time_machine.travel(datetime.now(UTC), tick=False) as clock:
        for one in (phone, copy, phone, copy):
            clock.shift(timedelta(seconds=61))
            assert one.ask().status_code == 200
        assert phone.ask(phone.edit(rec, "x")).status_code == 200
        assert code(copy.ask()) == (409, "cloned")


def test_an_answer_that_was_lost_makes_no_copy(fresh: Stage) -> None:
    phone, rec = Mobile.of(fresh, "olive", "d1"), fresh.file("olive")["account"]
    phone.ask()
    op = phone.edit(rec, "x")
    before = phone.ticket
    first = phone.ask(op).json["ticket"]
    phone.ticket = before
    assert phone.ask(op, phone.edit(rec, "more")).json["ticket"] == first
    assert phone.ask(phone.edit(rec, "later")).status_code == 200
    phone.ticket = None  # its database was deleted
    assert phone.ask(phone.edit(rec, "anew")).status_code == 200
