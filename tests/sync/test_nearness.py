"""Work brings its customer's file to a phone while it is near; while it is far, it shows it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import update

from server.core.clock import now_ms
from server.core.db import reading, writing
from server.core.identity import ORGANISATION
from server.core.jobs import KINDS
from server.core.nearing import bring_near
from server.core.nearness import DAY
from server.core.schedules import SCHEDULES
from tests.people import Browser, Stage
from tests.support.device import Client

from .cast import Cast
from .conftest import Connect
from .test_scope import agree, held

TODAY = datetime.now(UTC).date()


def in_days(days: int) -> str:
    return str(TODAY + timedelta(days=days))


def job(due: str | None, connect: Connect, cast: Cast) -> tuple[Client, Client, str, str, str]:
    """A file of Olive's with a task for Tara, who is of another team and another branch."""
    olive, tara = connect("olive"), connect("tara", limit=2)
    rec = olive.new("account", name="Acme")
    contact = olive.new("contact", name="Dana", account=rec)
    task = olive.new("task", title="Repair", account=rec, assignee=cast["tara"], due=due)
    olive.sync()
    return olive, tara, rec, contact, task


def version() -> int:
    with reading() as connection:
        query = ORGANISATION.select().with_only_columns(ORGANISATION.c.ver)
        return int(connection.execute(query.where(ORGANISATION.c.id == 1)).scalar_one())


@pytest.mark.parametrize(
    ("due", "is_near"),
    [(None, True), (-400, True), (0, True), (7, True), (8, False), (300, False)],
)
def test_what_is_near_is_held(
    connect: Connect, cast: Cast, app: Flask, due: int | None, is_near: bool
) -> None:
    *_, tara, rec, contact, task = job(None if due is None else in_days(due), connect, cast)
    assert ({rec, contact} <= held(tara)) is is_near
    assert task in held(tara)
    browser = Browser(app, cast, "tara")
    assert browser.get(f"/accounts/{rec}").status_code == 200  # to be seen in any case
    stranger = Browser(app, cast, "sam")
    assert stranger.get(f"/accounts/{rec}").status_code == 404


def test_days_bring_it_near(connect: Connect, cast: Cast) -> None:
    olive, tara, rec, contact, _ = job(in_days(10), connect, cast)
    olive.set("account", rec, "city", "Haifa")
    olive.sync()
    log = next(i for i, row in olive.rows.items() if row[0] == "change" and row[2]["rec"] == rec)
    assert not {rec, contact} & held(tara)
    before = version()
    bring_near(now_ms() + 2 * DAY)
    assert version() == before  # not yet: nothing was written
    bring_near(now_ms() + 3 * DAY)
    assert {rec, contact} <= held(tara)
    assert log in tara.rows
    after = version()
    bring_near(now_ms() + 3 * DAY)
    assert version() == after == before + 1
    agree(tara, connect)
    agree(olive, connect)


def test_putting_it_off_takes_it_away(connect: Connect, cast: Cast) -> None:
    olive, tara, rec, contact, task = job(in_days(1), connect, cast)
    assert {rec, contact} <= held(tara)
    olive.set("task", task, "due", in_days(30))
    olive.sync()
    assert not {rec, contact} & held(tara)
    assert task in held(tara)
    agree(tara, connect)


@pytest.mark.parametrize(("zone", "last"), [("Pacific/Kiritimati", 8), ("Pacific/Niue", 7)])
def test_days_are_those_of_the_organisation(
    connect: Connect, cast: Cast, zone: str, last: int
) -> None:
    """On the far side of the date line a day begins when here it is noon."""
    with writing() as connection:
        connection.execute(update(ORGANISATION).values(zone=zone))
    ahead = connect("olive")
    tara = connect("tara")
    recs = {}
    for days in (7, 8):
        recs[days] = ahead.new("account", name=f"In {days}")
        ahead.new("task", title="Go", account=recs[days], assignee=cast["tara"],
                  due=in_days(days))  # fmt: skip
    ahead.sync()
    noon = datetime.combine(date.fromisoformat(in_days(0)), datetime.min.time(), UTC)
    bring_near(int(noon.timestamp() * 1000) + DAY // 2)
    found = held(tara)
    assert {days for days, rec in recs.items() if rec in found} == set(range(7, last + 1))


def test_the_settings_say_how_many_days(connect: Connect, cast: Cast, app: Flask) -> None:
    app.config["NEAR_DAYS"], app.config["AFTER_DAYS"] = 1, 0
    _, tara, rec, _, task = job(in_days(2), connect, cast)
    assert rec not in held(tara)
    bring_near(now_ms() + DAY)
    assert rec in held(tara)
    tara.op("do", "task", task, f="complete")
    tara.sync()
    assert rec not in held(tara)


def test_it_is_done_once_an_hour() -> None:
    assert "bring-near" in KINDS
    (schedule,) = (one for one in SCHEDULES if one.kind == "bring-near")
    assert schedule.hour is None


def test_files_of_others_are_left_alone(fresh: Stage) -> None:
    """The job knows its organisation: noise everywhere, and nothing of it moves."""
    walt, zed = fresh.program("walt"), fresh.program("zed")
    walt.sync()
    zed.sync()
    before = {**walt.rows}, {**zed.rows}
    bring_near(now_ms() + 400 * DAY)
    walt.sync()
    zed.sync()
    assert ({**walt.rows}, {**zed.rows}) == before
