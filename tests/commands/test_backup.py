"""A backup brings everything back, on either engine; a move leaves nothing behind."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from server.commands import main
from server.core.copying import Tally, columns, lines, tables
from server.core.db import open_engine, reading
from tests.support.databases import Databases

Run = Callable[..., tuple[int, str, str]]
WHOLE = 500  # rows: a demo of ten customers has more


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """`command(url, data, …) → (status, printed, complained)`."""

    def run(url: str, data: Path, *arguments: str) -> tuple[int, str, str]:
        monkeypatch.setenv("DATABASE_URL", url)
        monkeypatch.setenv("KESHER_DATA", str(data))
        status = main(arguments)
        heard = capsys.readouterr()
        return status, heard.out, heard.err

    return run


@pytest.fixture
def other_url(engine_name: str, request: pytest.FixtureRequest) -> Iterator[str]:
    """An empty database of the other engine."""
    other = "postgresql" if engine_name == "sqlite" else "sqlite"
    databases: Databases = request.getfixturevalue(other)
    url, drop = databases.empty()
    yield url
    drop()


@pytest.fixture
def filled(command: Run, empty_database_url: str, tmp_path: Path) -> tuple[str, Path]:
    """A database with the demo's people and customers, and a data folder with a file."""
    data = tmp_path / "data"
    assert command(empty_database_url, data, "demo", "--accounts", "10")[0] == 0
    (data / "files" / "ab").mkdir(parents=True)
    (data / "files" / "ab" / "abcd").write_bytes(bytes(range(256)) * 999)
    return empty_database_url, data


def state(url: str) -> dict[str, tuple[int, str]]:
    """Every table's rows, in a form that both engines share."""
    engine = open_engine(url)
    found = {}
    with reading(engine) as connection:
        for table in tables(connection):
            tally = Tally()
            for line in lines(connection, table, sorted(columns(table))):
                tally.add(line)
            found[table.name] = (tally.rows, tally.text)
    engine.dispose()
    return found


def test_a_backup_comes_back_on_either_engine(
    command: Run, filled: tuple[str, Path], other_url: str, tmp_path: Path
) -> None:
    url, data = filled
    file, there = tmp_path / "all.zip", tmp_path / "there"
    assert command(url, data, "backup", str(file))[0] == 0
    assert file.stat().st_mode & 0o77 == 0
    assert command(other_url, there, "restore", str(file))[0] == 0
    assert state(other_url) == state(url)
    assert sum(rows for rows, _ in state(url).values()) > WHOLE
    for name in ("secret_key", "push_private.pem", "files/ab/abcd"):
        assert (there / name).read_bytes() == (data / name).read_bytes()
    # It is whole: people sign in by it, and new records get numbers of their own.
    status, _, complaint = command(other_url, there, "token", "dana@demo.test")
    assert (status, complaint) == (0, "")
    engine = open_engine(other_url)
    with reading(engine) as connection:
        query = text("SELECT count(*) FROM account WHERE search LIKE '%a%'")
        assert connection.scalar(query)
    engine.dispose()


def test_what_is_in_use_is_replaced_only_if_asked(
    command: Run, filled: tuple[str, Path], tmp_path: Path
) -> None:
    url, data = filled
    file = tmp_path / "all.zip"
    command(url, data, "backup", str(file))
    before = state(url)
    assert command(url, data, "backup", str(file))[0] == 1
    status, _, complaint = command(url, data, "restore", str(file))
    assert (status, "--replace" in complaint) == (1, True)
    assert command(url, data, "token", "dana@demo.test")[0] == 0
    assert state(url) != before
    assert command(url, data, "restore", str(file), "--replace")[0] == 0
    assert state(url) == before


def test_a_move_is_compared(command: Run, filled: tuple[str, Path], other_url: str) -> None:
    url, data = filled
    status, printed, _ = command(url, data, "move", "--to", other_url)
    assert (status, state(other_url)) == (0, state(url))
    assert "account" in printed
    status, _, complaint = command(url, data, "move", "--to", other_url)
    assert (status, "in use" in complaint) == (1, True)
    assert command(url, data, "move", "--to", url)[0] == 1


def rewrite(file: Path, change: Callable[[dict[str, bytes]], None]) -> None:
    """The archive anew, with its members changed by name."""
    with zipfile.ZipFile(file) as old:
        members = {name: old.read(name) for name in old.namelist()}
    change(members)
    with zipfile.ZipFile(file, "w") as new:
        for name, content in members.items():
            new.writestr(name, content)


def spoil_member(members: dict[str, bytes]) -> None:
    """A row more than was written."""
    members["tables/account.jsonl"] += b"[]\n"


def spoil_place(members: dict[str, bytes]) -> None:
    """A member that would land outside of the data folder."""
    contents = json.loads(members["backup.json"])
    contents["sha256"]["files/../../away"] = "00"
    members |= {"files/../../away": b"", "backup.json": json.dumps(contents).encode()}


def spoil_revision(members: dict[str, bytes]) -> None:
    contents = json.loads(members["backup.json"]) | {"revision": "9999"}
    members["backup.json"] = json.dumps(contents).encode()


def spoil_bytes(file: Path) -> None:
    """What was packed can't be unpacked."""
    packed = file.read_bytes()
    file.write_bytes(packed[:5_000] + b"x" * 64 + packed[5_064:])


SPOILT = {
    "bytes that changed": spoil_bytes,
    "cut short": lambda file: file.write_bytes(file.read_bytes()[:-2_000]),
    "no zip": lambda file: file.write_text("id,name\n"),
    "not there": lambda file: file.unlink(),
    "a changed member": lambda file: rewrite(file, spoil_member),
    "a way out": lambda file: rewrite(file, spoil_place),
    "of the future": lambda file: rewrite(file, spoil_revision),
}


@pytest.mark.parametrize("how", SPOILT)
def test_a_spoilt_backup_changes_nothing(
    command: Run, sqlite: Databases, tmp_path: Path, how: str
) -> None:
    url, drop = sqlite.ready()
    data, file = tmp_path / "data", tmp_path / "all.zip"
    command(url, data, "demo", "--accounts", "10")
    command(url, data, "backup", str(file))
    before = state(url)
    SPOILT[how](file)
    status, printed, complaint = command(url, data, "restore", str(file), "--replace")
    assert (status, printed) == (1, "")
    assert str(file) in complaint
    assert state(url) == before
    drop()
