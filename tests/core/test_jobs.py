"""A job is a row: it is done once it can be, whatever happens to its worker or its message."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import create_engine, select, text

from server.core import ledger, people, working
from server.core.config import load
from server.core.db import Base, engine_options, prepare, reading, writing
from server.core.jobs import DONE, FAILED, KINDS, RUNNING, WAITING, Bell, Job, enqueue, job
from server.core.queue import connect
from server.core.schedules import SCHEDULES, enqueue_due
from tests.support.servers import Program

TABLES = ledger, people  # what the jobs at set times work on must be declared


@pytest.fixture
def engine(empty_database_url):
    engine = create_engine(empty_database_url, **engine_options(empty_database_url))
    prepare(engine)
    with writing(engine) as connection:
        Base.metadata.create_all(connection)
        connection.execute(text("CREATE TABLE effect (step INTEGER)"))
    yield engine
    engine.dispose()


@pytest.fixture
def calls():
    """Kind "note" for one test; the list of what its handler was called with."""
    calls: list[dict] = []

    @job("note")
    def note(**args):
        calls.append(args)
        if args.get("fail"):
            raise RuntimeError("out of paper")

    yield calls
    del KINDS["note"]


@pytest.fixture(autouse=True)
def quiet_bell():
    yield
    Bell.ring = None


def add(engine, kind="note", **args):
    with writing(engine) as connection:
        return enqueue(connection, kind, **args)


def rows(engine, kind="note"):
    with reading(engine) as connection:
        return connection.execute(select(Job.__table__).where(Job.kind == kind)).all()


def test_a_job_is_carried_out_with_its_args(engine, calls):
    job_id = add(engine, name="דנה", n=3)
    assert working.due(engine) == [job_id]
    assert working.run(engine, job_id)
    assert calls == [{"name": "דנה", "n": 3}]
    assert [row.status for row in rows(engine)] == [DONE]
    assert working.due(engine) == []


def test_a_second_message_does_nothing(engine, calls):
    job_id = add(engine)
    assert working.run(engine, job_id)
    assert not working.run(engine, job_id)
    assert len(calls) == 1


def test_of_many_workers_one_gets_the_job(engine, calls):
    job_id, start, done = add(engine), threading.Barrier(6), []

    def work() -> None:
        start.wait()
        done.append(working.run(engine, job_id))

    threads = [threading.Thread(target=work) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(done) == [False] * 5 + [True]
    assert len(calls) == 1


def test_a_job_of_a_rolled_back_transaction_is_not_there(engine, calls):
    rung: list[str] = []
    Bell.ring = rung.append

    def fail() -> None:
        with writing(engine) as connection:
            enqueue(connection, "note")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert (rows(engine), rung) == ([], [])
    job_id = add(engine)
    assert rung == [job_id]


def test_a_job_put_off_waits(engine, calls):
    rung: list[str] = []
    Bell.ring = rung.append
    job_id = add(engine, at=datetime.now(UTC) + timedelta(hours=1))
    assert (working.due(engine), rung) == ([], [])
    assert not working.run(engine, job_id)
    with time_machine.travel(timedelta(minutes=61)):
        assert working.due(engine) == [job_id]


def test_a_failing_job_is_tried_again_ever_later_and_then_kept(engine, calls):
    job_id, waits = add(engine, fail=True), []
    with time_machine.travel(datetime(2026, 1, 1, tzinfo=UTC), tick=False) as clock:
        clock.move_to(datetime(2036, 1, 1, tzinfo=UTC))
        for _ in range(working.ATTEMPTS):
            before = datetime.now(UTC)
            assert not working.run(engine, job_id)
            (row,) = rows(engine)
            if row.status == WAITING:
                waits.append((row.run_at - before).total_seconds())
                clock.move_to(row.run_at)
    assert waits == [10 * 2**n for n in range(working.ATTEMPTS - 1)]
    assert (row.status, len(calls)) == (FAILED, working.ATTEMPTS)
    assert "out of paper" in row.error


def test_a_worker_that_overslept_its_lease_finishes_nothing(engine, calls):
    job_id = add(engine)
    slow = working._claim(engine, job_id, timedelta(seconds=-1))
    assert slow is not None
    assert working.run(engine, job_id)
    assert not working._set(engine, slow, status=WAITING)
    assert [row.status for row in rows(engine)] == [DONE]


def test_the_lease_is_renewed_while_the_job_runs(engine):
    lease, seen = timedelta(seconds=0.3), []

    @job("slow")
    def slow() -> None:
        (first,) = rows(engine, "slow")
        deadline = datetime.now(UTC) + timedelta(seconds=20)
        while datetime.now(UTC) < deadline:
            (row,) = rows(engine, "slow")
            if row.lease_until > first.lease_until + lease:
                seen.append(row.status)
                return

    try:
        assert working.run(engine, add(engine, "slow"), lease)
    finally:
        del KINDS["slow"]
    assert seen == [RUNNING]


def test_once_means_once(engine, calls):
    assert add(engine, once="letter 1")
    assert add(engine, once="letter 1") is None
    assert add(engine, once="letter 2")
    assert len(rows(engine)) == 2


def test_an_unknown_kind_is_refused(engine):
    with pytest.raises(LookupError, match="nonsense"):
        add(engine, "nonsense")


def test_each_turn_of_a_schedule_comes_once(engine):
    day = datetime(2026, 11, 22, tzinfo=UTC)
    for hour in (0, 0, 1, 2, 2, 3, 24):
        enqueue_due(engine, day + timedelta(hours=hour))
    turns = {s.kind: sorted(row.once for row in rows(engine, s.kind)) for s in SCHEDULES}
    assert len(turns["purge-sessions"]) == 5
    assert turns["optimise"] == ["optimise 2026-11-22"]
    assert turns["purge-jobs"] == ["purge-jobs 2026-11-22"]


def test_a_job_whose_worker_is_killed_is_done_exactly_once(engine, empty_database_url, tmp_path):
    from tests.core import job_worker

    assert job_worker.count is KINDS["count"]
    connect(load({"KESHER_DATA": str(tmp_path)}))
    command = ["tests.core.job_worker", empty_database_url, str(tmp_path)]
    first = Program([*command, "hold"], {})
    first.wait_for("working")
    add(engine, "count", step=1)
    first.wait_for("began")
    first.kill()
    assert [row.status for row in rows(engine, "count")] == [RUNNING]

    second = Program([*command, "finish"], {})
    try:
        second.wait_for("began")
    finally:
        second.stop()  # as asked: a job under way is finished first
    with reading(engine) as connection:
        assert connection.scalars(text("SELECT step FROM effect")).all() == [1]
    (row,) = rows(engine, "count")
    assert (row.status, row.attempts) == (DONE, 2)
