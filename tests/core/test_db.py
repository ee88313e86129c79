"""Transactions: many processes write without failing; readers see one moment."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.exc import DBAPIError, StatementError

from server.core.checkpoints import Checkpoints
from server.core.config import ROOT
from server.core.db import (
    UTCDateTime,
    after_commit,
    engine_options,
    open_engine,
    prepare,
    reading,
    writing,
)

WRITERS, TURNS = 8, 25
# Reads before it writes: the pattern that fails when SQLite begins late.
WRITER = """
import sys
from sqlalchemy import create_engine, text
from server.core.db import engine_options, prepare, writing
url, turns = sys.argv[1], int(sys.argv[2])
engine = create_engine(url, **engine_options(url))
prepare(engine)
lock = "" if engine.dialect.name == "sqlite" else " FOR UPDATE"
for _ in range(turns):
    with writing(engine) as connection:
        value = connection.scalar(text("SELECT value FROM tally" + lock))
        connection.execute(text("UPDATE tally SET value = :value"), {"value": value + 1})
"""


@pytest.fixture
def engine(empty_database_url):
    engine = create_engine(empty_database_url, **engine_options(empty_database_url))
    prepare(engine)
    with writing(engine) as connection:
        connection.execute(text("CREATE TABLE tally (value INTEGER)"))
        connection.execute(text("INSERT INTO tally VALUES (0)"))
    yield engine
    engine.dispose()


def tally(engine: Engine) -> int:
    with reading(engine) as connection:
        return connection.scalar(text("SELECT value FROM tally"))


def test_eight_processes_write_and_none_fails(engine, empty_database_url):
    command = [sys.executable, "-c", WRITER, empty_database_url, str(TURNS)]
    writers = [
        subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True)
        for _ in range(WRITERS)
    ]
    errors = [writer.communicate(timeout=120)[1] for writer in writers]
    assert errors == [""] * WRITERS
    assert tally(engine) == WRITERS * TURNS


def test_an_exception_rolls_back(engine):
    class Sorry(Exception):
        pass

    def change() -> None:
        with writing(engine) as connection:
            connection.execute(text("UPDATE tally SET value = 7"))
            raise Sorry

    with pytest.raises(Sorry):
        change()
    assert tally(engine) == 0


def test_reading_sees_one_moment(engine):
    with reading(engine) as reader:
        before = reader.scalar(text("SELECT value FROM tally"))
        with writing(engine) as writer:
            writer.execute(text("UPDATE tally SET value = 1"))
        assert reader.scalar(text("SELECT value FROM tally")) == before
    assert tally(engine) == 1


def test_reading_refuses_to_write(engine):
    with reading(engine) as connection, pytest.raises(DBAPIError, match=r"read-?only"):
        connection.execute(text("UPDATE tally SET value = 1"))
    with writing(engine) as connection:
        connection.execute(text("UPDATE tally SET value = 2"))
    assert tally(engine) == 2


def test_hooks_run_after_the_commit_only(engine):
    heard: list[int] = []
    with writing(engine) as connection:
        connection.execute(text("UPDATE tally SET value = 5"))
        after_commit(connection, lambda: heard.append(tally(engine)))
        assert heard == []
    assert heard == [5]


def test_hooks_of_a_rolled_back_transaction_never_run(engine):
    heard: list[str] = []

    def fail() -> None:
        with writing(engine) as connection:
            after_commit(connection, lambda: heard.append("ran"))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert heard == []


def test_foreign_keys_are_enforced(engine):
    with writing(engine) as connection:
        connection.execute(text("CREATE TABLE parent (id INTEGER PRIMARY KEY)"))
        connection.execute(text("CREATE TABLE child (parent INTEGER REFERENCES parent (id))"))
    with pytest.raises(DBAPIError, match=r"(?i)foreign key"), writing(engine) as connection:
        connection.execute(text("INSERT INTO child VALUES (1)"))


def test_an_instant_comes_back_aware_and_in_utc(engine):
    teheran = timezone(timedelta(hours=3, minutes=30))
    noon = datetime(2026, 3, 21, 12, 0, tzinfo=teheran)
    with writing(engine) as connection:
        kind = UTCDateTime().compile(engine.dialect)
        connection.execute(text(f"CREATE TABLE moment (at {kind})"))
        insert = text("INSERT INTO moment VALUES (:at)").bindparams(at=noon)
        connection.execute(insert.bindparams(_typed("at", noon)))
        row = connection.execute(text("SELECT at FROM moment").columns(at=UTCDateTime)).scalar_one()
    assert row == noon
    assert row.tzinfo is UTC


def test_a_naive_instant_is_refused(engine):
    naive = datetime(2026, 3, 21, 12, 0)  # noqa: DTZ001
    query = text("SELECT :at").bindparams(_typed("at", naive))
    with reading(engine) as connection, pytest.raises(StatementError, match="time zone"):
        connection.execute(query)


def test_what_is_written_gets_to_its_place_beside_the_requests(tmp_path):
    """Until a thread has done it, it stands in SQLite's log alone."""
    path = tmp_path / "lite.db"
    engine = open_engine(f"sqlite:///{path}")
    with writing(engine) as connection:
        connection.execute(text("CREATE TABLE word AS SELECT 'Jerusalem artichoke' AS said"))
    pause, end = threading.Event(), time.monotonic() + 30
    while b"artichoke" not in path.read_bytes():
        assert time.monotonic() < end
        pause.wait(0.05)
    engine.dispose()


def test_a_database_that_is_gone_is_not_made_anew(tmp_path):
    path = tmp_path / "lite.db"
    Checkpoints(create_engine(f"sqlite:///{path}")).run()
    assert not path.exists()


def _typed(name: str, value: datetime):
    from sqlalchemy import bindparam

    return bindparam(name, value, type_=UTCDateTime)
