"""Who is told of what: in the transaction that does it, and nobody else."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from sqlalchemy import insert, select
from uuid_utils.compat import uuid7

from server.core.db import reading
from server.core.jobs import KINDS
from server.core.registry import registry
from server.core.schedules import SCHEDULES, Schedule
from server.messaging.forgetting import forget_old
from server.messaging.tables import UNSENT
from tests.people import Stage
from tests.walking import doc


def told(stage: Stage, name: str) -> list[tuple[str, str, str | None]]:
    """(kind, record, by whom) of somebody's notices, the oldest first."""
    c = registry["notice"].table.c
    query = select(c.doc).where(c.owner == stage.cast[name]).order_by(c.n)
    with reading() as connection:
        docs = [json.loads(doc) for doc in connection.execute(query).scalars()]
    names = {id_: one for one, id_ in stage.cast.ids.items()}
    return [(doc["kind"], doc["rec"], names.get(doc["by"])) for doc in docs]


def everybody(stage: Stage, rec: str) -> dict[str, list[str]]:
    """Name → kinds of notices about a record."""
    found = {name: [kind for kind, about, _ in told(stage, name) if about == rec]
             for name in stage.cast.tokens}  # fmt: skip
    return {name: kinds for name, kinds in found.items() if kinds}


def a_task(stage: Stage, name: str, **values: Any) -> str:
    program = stage.program(name)
    rec = program.new("task", **{"title": "Bring it", **values})
    program.sync()
    assert {result[1] for result in program.results.values()} == {"ok"}
    return rec


def at_work(stage: Stage, name: str) -> Any:
    """Somebody's program that has seen what there is."""
    program = stage.program(name)
    program.sync()
    return program


@pytest.fixture
def cast(stage: Stage) -> Any:
    return stage.cast


def test_who_is_given_a_task_is_told(stage: Stage, cast: Any) -> None:
    rec = a_task(stage, "olive", assignee=cast["carl"])
    assert everybody(stage, rec) == {"carl": ["assigned"]}
    assert told(stage, "carl")[-1] == ("assigned", rec, "olive")


def test_nobody_is_told_of_their_own_act(stage: Stage, cast: Any) -> None:
    rec = a_task(stage, "olive")
    assert everybody(stage, rec) == {}
    assert at_work(stage, "olive").do("set", "task", rec, f="title", v="@olive") == ["ok"]
    assert everybody(stage, rec) == {}


def test_the_former_assignee_is_told_too(stage: Stage, cast: Any) -> None:
    rec = a_task(stage, "olive", assignee=cast["carl"])
    mona = at_work(stage, "mona")
    v = {"assignee": cast["tara"], "note": "She is near."}
    assert mona.do("do", "task", rec, f="hand_over", v=v) == ["ok"]
    assert everybody(stage, rec) == {"carl": ["assigned", "reassigned"], "tara": ["assigned"]}
    carl = at_work(stage, "carl")
    v = {"assignee": cast["carl"], "note": None}
    assert carl.do("do", "task", rec, f="hand_over", v=v) == ["ok"]
    assert everybody(stage, rec)["tara"] == ["assigned", "reassigned"]
    assert everybody(stage, rec)["carl"] == ["assigned", "reassigned"]


def test_what_is_closed_is_nobodys_work(stage: Stage, cast: Any) -> None:
    rec = a_task(stage, "olive", assignee=cast["carl"], status="done")
    assert everybody(stage, rec) == {}


def test_who_has_left_is_not_told(fresh: Stage) -> None:
    ada = at_work(fresh, "ada")
    assert ada.do("set", "person", fresh.cast["carl"], f="active", v=False) == ["ok"]
    rec = a_task(fresh, "olive", assignee=fresh.cast["carl"], body="@carl")
    assert everybody(fresh, rec) == {}


def test_a_refused_change_tells_nobody(stage: Stage, cast: Any) -> None:
    rec = a_task(stage, "olive", assignee=cast["carl"])
    sam = stage.program("sam")
    assert sam.do("set", "task", rec, f="assignee", v=cast["tara"])[:2] == ["rejected", "missing"]
    assert everybody(stage, rec) == {"carl": ["assigned"]}


def test_a_doubled_request_tells_once(stage: Stage, cast: Any) -> None:
    program = stage.program("olive")
    rec = program.new("task", title="Once", assignee=cast["carl"])
    ops = list(program.outbox)
    program.round()
    program.post(ops=ops)
    assert everybody(stage, rec) == {"carl": ["assigned"]}


@pytest.mark.parametrize("text", ["Ask @carl.", "@CARL: look", "with\n@carl", "(@carl)", "@ carl"])
def test_who_is_named_is_told(stage: Stage, cast: Any, text: str) -> None:
    rec = a_task(stage, "olive", body=text)
    assert everybody(stage, rec) == {"carl": ["mention"]}


@pytest.mark.parametrize("text", ["carl", "a@carl", "@carla", "@carl's friend"[:4], "@@", "@"])
def test_who_is_not_named_is_not(stage: Stage, text: str) -> None:
    assert everybody(stage, a_task(stage, "olive", body=text)) == {}


def test_only_who_may_see_it_is_told_that_they_are_named(stage: Stage, cast: Any) -> None:
    rec = a_task(stage, "olive", body="@sam @tara @zed @mona @walt @ada")
    assert everybody(stage, rec) == {"mona": ["mention"], "ada": ["mention"]}


def test_a_mention_is_told_once(stage: Stage, cast: Any) -> None:
    rec = a_task(stage, "olive", body="@carl first")
    olive = at_work(stage, "olive")
    assert olive.do("set", "task", rec, f="body", v="@carl first, and more") == ["ok"]
    assert everybody(stage, rec) == {"carl": ["mention"]}
    olive.sync()
    assert olive.do("set", "task", rec, f="body", v="@carl first, @mona then") == ["ok"]
    assert everybody(stage, rec) == {"carl": ["mention"], "mona": ["mention"]}


def test_a_name_in_the_note_of_an_action(stage: Stage, cast: Any) -> None:
    rec = a_task(stage, "olive")
    v = {"assignee": cast["tara"], "note": "@carl knows the way"}
    assert at_work(stage, "olive").do("do", "task", rec, f="hand_over", v=v) == ["ok"]
    assert everybody(stage, rec) == {"carl": ["mention"], "tara": ["assigned"]}


def test_in_an_activity_too(stage: Stage, cast: Any) -> None:
    program, file = stage.program("olive"), stage.file("olive")
    rec = program.new("activity", kind="note", account=file["account"], body="@carl saw it",
                      at="2026-01-01T10:00:00Z")  # fmt: skip
    program.sync()
    assert everybody(stage, rec) == {"carl": ["mention"]}


def test_whose_value_lost_is_told(stage: Stage, cast: Any) -> None:
    account = stage.file("olive")["account"]
    olive, carl = at_work(stage, "olive"), at_work(stage, "carl")
    assert olive.do("set", "account", account, f="city", v="Haifa") == ["ok"]
    carl.skew = 1000
    assert carl.do("set", "account", account, f="city", v="Akko") == ["conflict"]
    kind, rec, by = told(stage, "olive")[-1]
    assert (kind, by) == ("conflict", "carl")
    olive.sync()
    assert olive.doc(rec)["lost"] == "Haifa"
    assert [kind for kind, about, _ in told(stage, "carl") if about == rec] == []


def test_ones_own_late_write_that_lost_is_told(stage: Stage, cast: Any) -> None:
    account = stage.file("olive")["account"]
    olive, carl = at_work(stage, "olive"), at_work(stage, "carl")
    assert olive.do("set", "account", account, f="city", v="Haifa") == ["ok"]
    carl.skew = -600_000
    assert carl.do("set", "account", account, f="city", v="Akko") == ["conflict"]
    assert told(stage, "carl")[-1][::2] == ("conflict", "olive")


def test_notices_are_ones_own_alone(stage: Stage, cast: Any) -> None:
    """Neither who is above nor who sees everything holds or opens them."""
    a_task(stage, "olive", assignee=cast["carl"])
    mine = {doc["owner"] for doc in synced(stage, "carl")}
    assert mine == {cast["carl"]}
    for name in ("olive", "mona", "ada", "sam", "zed"):
        assert {doc["owner"] for doc in synced(stage, name)} <= {cast[name]}
    rec = next(id_ for id_, (kind, _, _) in held(stage, "carl").items() if kind == "notice")
    for name in ("olive", "mona", "ada", "zed"):
        said = at_work(stage, name).do("set", "notice", rec, f="read", v=True)
        assert said[:2] == ["rejected", "missing"], name
        assert stage.browser(name).post(f"/notices/{rec}/reading").status_code == 404
        assert rec not in stage.browser(name).get("/notices").text


def held(stage: Stage, name: str) -> dict[str, Any]:
    program = stage.program(name)
    program.sync()
    return program.rows


def synced(stage: Stage, name: str) -> list[dict[str, Any]]:
    return [doc for kind, _, doc in held(stage, name).values() if kind == "notice"]


def test_a_notice_is_not_forged(stage: Stage, cast: Any) -> None:
    a_task(stage, "olive", assignee=cast["carl"])
    carl = at_work(stage, "carl")
    rec = next(id_ for id_, (kind, _, _) in held(stage, "carl").items() if kind == "notice")
    for field, value in (("owner", cast["mona"]), ("kind", "mention"), ("rec", str(uuid7()))):
        assert carl.do("set", "notice", rec, f=field, v=value)[:2] == ["rejected", "readonly"]
    forged = carl.op("new", "notice", str(uuid7()), v={"owner": cast["mona"], "kind": "mention"})
    carl.sync()
    assert carl.status(forged)[0] == "rejected"
    assert carl.do("set", "notice", rec, f="read", v=True) == ["ok"]


def test_a_listener_that_fails_costs_nobody_their_work(
    fresh: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    from server.core import listening
    from server.core.db import after_commit

    after: list[str] = []

    def sound(connection: Any, _batch: Any) -> None:
        after_commit(connection, lambda: after.append("sound"))

    def broken(connection: Any, batch: Any) -> None:
        batch.works.clear()
        after_commit(connection, lambda: after.append("broken"))
        connection.execute(insert(UNSENT), [{"notice": "x", "person": "y"}])
        raise ZeroDivisionError

    monkeypatch.setattr(listening, "listeners", [sound, broken, *listening.listeners])
    rec = a_task(fresh, "olive", assignee=fresh.cast["carl"])
    assert after == ["sound"]
    assert everybody(fresh, rec) == {"carl": ["assigned"]}
    with reading() as connection:
        assert connection.execute(select(UNSENT)).all() == []


def test_old_notices_leave_the_phones(fresh: Stage) -> None:
    with time_machine.travel(datetime.now(UTC) - timedelta(days=61), tick=False):
        old = a_task(fresh, "olive", assignee=fresh.cast["carl"])
    new = a_task(fresh, "olive", assignee=fresh.cast["carl"])
    carl = at_work(fresh, "carl")
    assert {doc["rec"] for doc in carl.all("notice")} == {old, new}
    forget_old()
    carl.sync()
    assert {doc["rec"] for doc in carl.all("notice")} == {new}
    assert {doc["rec"] for doc in at_work(fresh, "carl").all("notice")} == {new}
    page = fresh.browser("carl").get("/notices").text
    assert f"/tasks/{new}" in page
    assert f"/tasks/{old}" not in page


def test_every_schedule_has_its_job() -> None:
    assert {schedule.kind for schedule in SCHEDULES} <= KINDS.keys()
    assert Schedule("x", minutes=15).slot(datetime(2026, 1, 2, 3, 44, tzinfo=UTC)) == (
        "x 2026-01-02T03:30")  # fmt: skip


def test_only_ones_own_work_is_done_from_a_notice(fresh: Stage) -> None:
    rec = a_task(fresh, "olive", assignee=fresh.cast["carl"])
    carl = fresh.browser("carl")
    assert "completion" in carl.get("/notices").text
    v = {"assignee": fresh.cast["mona"], "note": None}
    assert at_work(fresh, "olive").do("do", "task", rec, f="hand_over", v=v) == ["ok"]
    assert "completion" not in carl.get("/notices").text


def test_what_a_person_does_about_a_notice(fresh: Stage) -> None:
    first, second = (a_task(fresh, "olive", assignee=fresh.cast["carl"]) for _ in range(2))
    carl, program = fresh.browser("carl"), at_work(fresh, "carl")
    ids = {doc["rec"]: id_ for id_, (kind, _, doc) in program.rows.items() if kind == "notice"}
    assert 'data-unread="2"' in carl.get("/today").text
    opened = carl.post(f"/notices/{ids[first]}/reading", _back=f"/tasks/{first}")
    assert opened.headers["Location"] == f"/tasks/{first}"
    assert 'data-unread="1"' in carl.get("/today").text
    assert carl.post(f"/notices/{ids[second]}/snoozing", until="60").status_code == 303
    assert doc("task", second)["remind_at"]
    assert carl.post(f"/notices/{ids[second]}/completion").status_code == 303
    assert doc("task", second)["status"] == "done"
    assert 'data-unread="0"' in carl.get("/today").text
    one = ids[first]
    for wrong in (f"{one}/snoozing", f"{one}/nothing", f"{uuid7()}/reading", "x/reading"):
        assert carl.post(f"/notices/{wrong}", until="never").status_code == 404, wrong
    assert carl.http.post("/notices/reading").status_code == 403
