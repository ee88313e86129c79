"""From a change to a message that the person's browser can read, and nobody else's."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from sqlalchemy import select, update

from server.core.db import reading, writing
from server.core.identity import SESSION, end_session
from server.core.jobs import Job
from server.messaging.delivering import announce_left
from server.messaging.tables import SUBSCRIPTION, UNSENT
from tests.people import Stage
from tests.support.receiver import Receiver

from .conftest import Phones
from .test_noticing import a_task, at_work


def jobs(kind: str, status: str = "waiting") -> list[Any]:
    query = select(Job).where(Job.kind == kind, Job.status == status).order_by(Job.id)
    with reading() as connection:
        return list(connection.execute(query).all())


def subscribed() -> list[Any]:
    with reading() as connection:
        return list(connection.execute(select(SUBSCRIPTION)).all())


def test_an_assigned_task_arrives(fresh: Stage, phones: Phones) -> None:
    phones.subscribe("carl")
    phones.subscribe("olive")
    rec = a_task(fresh, "olive", assignee=fresh.cast["carl"], kind="call", due="2031-02-03",
                 account=fresh.file("olive")["account"])  # fmt: skip
    (message,) = phones.work()
    assert message.handset == "carl"
    shown = message.shown
    assert message.body["web_push"] == 8030
    assert (shown["title"], shown["lang"], shown["dir"]) == ("A task for you", "en", "ltr")
    assert shown["body"] == "Call · 3 Feb 2031 · \u2068olive\u2069"
    notice = shown["data"]["notice"]
    assert shown["navigate"] == f"https://crm.example.org/tasks/{rec}?notice={notice}"
    assert [a["action"] for a in shown["actions"]][:2] == ["done", "snooze-60"]
    data = {"type": "task", "rec": rec, "person": fresh.cast["carl"]}
    assert shown["data"].items() >= data.items()
    assert shown["app_badge"] == "1"
    assert message.headers["Topic"] == notice.replace("-", "")
    assert int(message.headers["Ttl"]) > 3600
    assert message.headers["Urgency"] == "normal"
    assert message.claims["sub"] == "mailto:care@example.org"
    assert message.size < 3 * 1024
    (row,) = [row for row in subscribed() if row.person == fresh.cast["carl"]]
    assert row.last_ok
    assert phones.work() == []


@pytest.mark.parametrize("named", [False, True])
def test_names_only_if_the_person_allows(fresh: Stage, phones: Phones, named: bool) -> None:
    phones.subscribe("carl")
    if named:
        at_work(fresh, "carl").do("set", "person", fresh.cast["carl"], f="names_in_notices", v=True)
    file = fresh.file("olive", word="Baker")
    a_task(fresh, "olive", assignee=fresh.cast["carl"], title="See Baker", account=file["account"])
    (message,) = phones.work()
    assert ("Baker" in str(message.body)) is named
    assert ("See Baker" in message.shown["body"]) is named


@pytest.mark.parametrize(("lang", "title", "way"), [
    ("he", "משימה בשבילך", "rtl"), ("fa", "وظیفه‌ای برای شما", "rtl"), ("ar", "مهمة لك", "rtl"),
])  # fmt: skip
def test_in_the_persons_language(
    fresh: Stage, phones: Phones, lang: str, title: str, way: str
) -> None:
    phones.subscribe("carl")
    at_work(fresh, "carl").do("set", "person", fresh.cast["carl"], f="lang", v=lang)
    a_task(fresh, "olive", assignee=fresh.cast["carl"])
    (message,) = phones.work()
    assert (message.shown["title"], message.shown["lang"], message.shown["dir"]) == (
        title, lang, way)  # fmt: skip


def test_what_comes_together_is_told_together(fresh: Stage, phones: Phones) -> None:
    phones.subscribe("carl")
    olive = at_work(fresh, "olive")
    for n in range(12):
        olive.new("task", title=f"Task {n}", assignee=fresh.cast["carl"])
    olive.new("task", title="Look", body="@carl", assignee=fresh.cast["olive"])
    olive.sync()
    assert len(jobs("announce")) <= 2  # the second when a stretch ended in between
    messages = phones.work()
    assert len(messages) <= 2
    if len(messages) == 1:
        shown = messages[0].shown
        assert shown["title"] == "13 notifications"
        assert shown["body"] == "A task for you: 12\nYou were mentioned: 1"
        assert shown["navigate"] == "https://crm.example.org/notices"
        assert "actions" not in shown


def test_what_was_left_behind_is_told_after_all(fresh: Stage, phones: Phones) -> None:
    """As when a clock is behind: the job that it counted on has run already."""
    phones.subscribe("carl")
    a_task(fresh, "olive", assignee=fresh.cast["carl"])
    assert len(phones.work()) == 1
    with time_machine.travel(datetime.now(UTC) - timedelta(seconds=1), tick=False):
        (first,) = jobs("announce", "done")
        with writing() as connection:
            late = f"announce {fresh.cast['carl']} {-(-int(time.time()) // 10) * 10}"
            connection.execute(update(Job).where(Job.id == first.id).values(once=late))
        a_task(fresh, "olive", assignee=fresh.cast["carl"])
    assert phones.work() == []
    with time_machine.travel(datetime.now(UTC) + timedelta(minutes=1), tick=False):
        announce_left()
    assert len(phones.work(90)) == 1


def test_on_each_of_ones_browsers(fresh: Stage, phones: Phones) -> None:
    phones.subscribe("carl", "phone")
    phones.subscribe("carl", "desk")
    a_task(fresh, "olive", assignee=fresh.cast["carl"])
    assert sorted(message.handset for message in phones.work()) == ["desk", "phone"]


def test_what_was_read_meanwhile_is_not_told(fresh: Stage, phones: Phones) -> None:
    browser, _ = phones.subscribe("carl")
    a_task(fresh, "olive", assignee=fresh.cast["carl"])
    assert browser.post("/notices/reading").status_code == 303
    assert phones.work() == []


def test_a_change_that_is_refused_sends_nothing(fresh: Stage, phones: Phones) -> None:
    phones.subscribe("carl")
    olive = at_work(fresh, "olive")
    olive.op("new", "task", "0192f0a0-0000-7000-8000-000000000001", g="g",
             v={"title": "x", "assignee": fresh.cast["carl"]})  # fmt: skip
    olive.op("new", "task", "0192f0a0-0000-7000-8000-000000000002", g="g", v={})
    olive.sync()
    assert jobs("announce") == []
    with reading() as connection:
        assert connection.execute(select(UNSENT)).all() == []


def test_quiet_hours_are_kept(fresh: Stage, phones: Phones) -> None:
    phones.subscribe("carl")
    carl, now = at_work(fresh, "carl"), datetime.now(UTC)
    end = (now + timedelta(hours=2)).replace(minute=0, second=0, microsecond=0)
    for name, at in (("quiet_from", now - timedelta(hours=1)), ("quiet_to", end)):
        carl.do("set", "person", fresh.cast["carl"], f=name, v=f"{at:%H}:00")
    for _ in range(2):
        a_task(fresh, "olive", assignee=fresh.cast["carl"])
        assert phones.work() == []
    (waiting,) = jobs("announce")
    assert waiting.run_at == end
    (message,) = phones.work((end - now).total_seconds() + 1)
    assert message.shown["title"] == "2 notifications"


@pytest.mark.parametrize(("status", "headers", "wait"), [
    (429, {"Retry-After": "1234"}, 1234), (503, {"Retry-After": "77"}, 77), (500, {}, 10),
    (503, {"Retry-After": "soon"}, 10), (503, {"Retry-After": "999999999"}, 86_400),
])  # fmt: skip
def test_a_service_that_asks_to_wait_is_asked_later(
    fresh: Stage, phones: Phones, receiver: Receiver, status: int, headers: Any, wait: int
) -> None:
    phones.subscribe("carl")
    receiver.answers = [(status, headers), (201, {})]
    a_task(fresh, "olive", assignee=fresh.cast["carl"])
    assert len(phones.work()) == 1
    (job,) = jobs("push")
    assert job.attempts == 1
    left = (job.run_at - datetime.now(UTC)).total_seconds() - 15  # the clock was ahead by those
    assert wait - 5 <= left <= wait
    (message,) = phones.work(wait + 40)
    assert message.shown["title"] == "A task for you"
    assert jobs("push") == []
    assert [row.failures for row in subscribed()] == [0]


def test_a_date_to_wait_for(fresh: Stage, phones: Phones, receiver: Receiver) -> None:
    phones.subscribe("carl")
    at = datetime.now(UTC).replace(microsecond=0) + timedelta(hours=3)
    receiver.answers = [(503, {"Retry-After": f"{at:%a, %d %b %Y %H:%M:%S} GMT"})]
    a_task(fresh, "olive", assignee=fresh.cast["carl"])
    phones.work()
    (job,) = jobs("push")
    assert abs((job.run_at - at).total_seconds()) < 2


@pytest.mark.parametrize("status", [404, 410])
def test_who_has_unsubscribed_is_forgotten(
    fresh: Stage, phones: Phones, receiver: Receiver, status: int
) -> None:
    phones.subscribe("carl")
    receiver.answers = [(status, {})]
    a_task(fresh, "olive", assignee=fresh.cast["carl"])
    phones.work()
    assert subscribed() == []
    assert jobs("push") == []


def test_what_is_too_large_goes_in_brief(fresh: Stage, phones: Phones, receiver: Receiver) -> None:
    phones.subscribe("carl")
    receiver.answers = [(413, {}), (201, {})]
    a_task(fresh, "olive", assignee=fresh.cast["carl"], title="x" * 200)
    long, brief = phones.work()
    assert brief.shown["title"] == long.shown["title"]
    assert brief.shown["navigate"] == long.shown["navigate"]
    assert brief.size < long.size / 2 + 200
    assert "actions" not in brief.shown


def test_who_refuses_for_ever_is_given_up(
    fresh: Stage, phones: Phones, receiver: Receiver
) -> None:
    phones.subscribe("carl")
    receiver.answers = [(403, {})]
    for n in range(1, 6):
        with time_machine.travel(datetime.now(UTC) + timedelta(minutes=n), tick=False):
            a_task(fresh, "olive", assignee=fresh.cast["carl"])
        assert len(phones.work(60 * n + 15)) == 1
        assert [row.failures for row in subscribed()] == ([n] if n < 5 else [])


def test_a_redirect_is_not_followed(fresh: Stage, phones: Phones, receiver: Receiver) -> None:
    phones.subscribe("carl")
    receiver.answers = [(307, {"Location": f"{receiver.origin}/push/carl"})]
    a_task(fresh, "olive", assignee=fresh.cast["carl"])
    assert len(phones.work()) == 1


def test_a_service_that_is_away_is_asked_later(
    fresh: Stage, phones: Phones, receiver: Receiver
) -> None:
    phones.subscribe("carl")
    receiver.stop()
    a_task(fresh, "olive", assignee=fresh.cast["carl"])
    phones.work()
    (job,) = jobs("push")
    assert job.attempts == 1
    assert "not reached" in job.error
    receiver.start()


@pytest.mark.parametrize("ending", ["signed out", "expired", "disabled", "left"])
def test_who_is_gone_is_told_nothing(
    fresh: Stage, phones: Phones, ending: str, settings: Any
) -> None:
    """Also by a message that was on its way."""
    browser, _ = phones.subscribe("carl")
    a_task(fresh, "olive", assignee=fresh.cast["carl"])
    with writing() as connection:
        if ending == "signed out":
            end_session(connection, browser.session)
        if ending == "expired":
            past = datetime.now(UTC) - timedelta(days=1)
            connection.execute(update(SESSION).values(expires_at=past))
        if ending == "disabled":
            from server.core.identity import LOGIN

            mine = LOGIN.c.person == fresh.cast["carl"]
            connection.execute(update(LOGIN).where(mine).values(disabled=True))
    if ending == "left":
        at_work(fresh, "ada").do("set", "person", fresh.cast["carl"], f="active", v=False)
    assert phones.work() == []


def test_who_takes_over_a_browser_takes_over_its_subscription(
    fresh: Stage, phones: Phones, receiver: Receiver
) -> None:
    phones.subscribe("carl", "shared")
    phones.subscribe("mona", "shared")
    a_task(fresh, "olive", assignee=fresh.cast["carl"])
    assert phones.work() == []
    a_task(fresh, "olive", assignee=fresh.cast["mona"])
    assert [m.shown["data"]["person"] for m in phones.work()] == [fresh.cast["mona"]]


def test_without_a_contact_an_administrator_is_named(
    fresh: Stage, phones: Phones, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dataclasses import replace

    sender = fresh.app.extensions["push"]
    monkeypatch.setitem(fresh.app.extensions, "push", replace(sender, contact=""))
    phones.subscribe("carl")
    a_task(fresh, "olive", assignee=fresh.cast["carl"])
    (message,) = phones.work()
    assert message.claims["sub"] == "mailto:ada@example.org"
