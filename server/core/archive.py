"""A backup in one file: a ZIP with every table, the files people attached, and the keys.

`backup.json` names the format, the revision of the tables, how many rows each has, and the
SHA-256 of every other member, so that damage is noticed before anything is written.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import IO, Any

from sqlalchemy import Connection

from .config import Settings
from .copying import Tally, columns, lines, tables
from .migrating import version

FORMAT = 1
CONTENTS = "backup.json"
KEYS = ("secret_key", "push_private.pem", "push_public.pem")
FILES = "files"  # the folder of attached files, unless they are kept elsewhere
PIECE = 1 << 20
UNREADABLE = (OSError, EOFError, ValueError, zipfile.BadZipFile, zlib.error, NotImplementedError)


class BadArchive(Exception):
    """This file is no backup of ours, or is damaged; says which."""


def write(path: Path, settings: Settings, connection: Connection) -> dict[str, Any]:
    """Make the archive out of one snapshot; its contents. The file appears when it is whole."""
    draft = path.with_name(f"{path.name}.partial")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file, zipfile.ZipFile(file, "w") as pack:
            contents = _fill(pack, settings, connection)
        os.replace(draft, path)
    finally:
        draft.unlink(missing_ok=True)
    return contents


def _fill(pack: zipfile.ZipFile, settings: Settings, connection: Connection) -> dict[str, Any]:
    counts, hashes = {}, {}
    for table in tables(connection):
        tally = Tally()
        head = json.dumps(columns(table)).encode()
        name = f"tables/{table.name}.jsonl"
        hashes[name] = _add(pack, name, _counted(head, lines(connection, table), tally))
        counts[table.name] = tally.rows
    for path in (settings.data / name for name in KEYS):
        if path.exists():
            name = f"keys/{path.name}"
            hashes[name] = _add(pack, name, [path.read_bytes()])
    for path in _attached(settings):
        name = path.relative_to(settings.data).as_posix()
        hashes[name] = _add(pack, name, _pieces(path), packing=zipfile.ZIP_STORED)
    contents = {
        "format": FORMAT, "revision": version(connection),
        "made": datetime.now(UTC).isoformat(timespec="seconds"),
        "rows": counts, "sha256": hashes,
    }  # fmt: skip
    pack.writestr(CONTENTS, json.dumps(contents, indent=1))
    return contents


def _counted(head: bytes, rows: Iterable[bytes], tally: Tally) -> Iterator[bytes]:
    yield head + b"\n"
    for line in rows:
        tally.add(line)
        yield line + b"\n"


def _attached(settings: Settings) -> list[Path]:
    return sorted(path for path in (settings.data / FILES).rglob("*") if path.is_file())


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            yield piece


def _add(
    pack: zipfile.ZipFile, name: str, parts: Iterable[bytes], packing: int = zipfile.ZIP_DEFLATED
) -> str:
    """Write a member of unknown length; its hash."""
    info = zipfile.ZipInfo(name, datetime.now(UTC).timetuple()[:6])
    info.compress_type = packing
    hashed = hashlib.sha256()
    with pack.open(info, "w", force_zip64=True) as member:
        for part in parts:
            hashed.update(part)
            member.write(part)
    return hashed.hexdigest()


class Archive:
    """A backup that was opened and found whole. Raises BadArchive."""

    def __init__(self, path: Path) -> None:
        try:
            self.pack = zipfile.ZipFile(path)
            self.contents = json.loads(self.pack.read(CONTENTS))
            self.revision = str(self.contents["revision"])
            self.rows: dict[str, int] = dict(self.contents["rows"])
            self.hashes: dict[str, str] = dict(self.contents["sha256"])
            self.made = str(self.contents["made"])
        except (*UNREADABLE, KeyError, TypeError) as error:
            raise BadArchive(f"{path} is not a backup of Kesher: {error}") from error
        if self.contents["format"] != FORMAT:
            raise BadArchive(f"{path} was made by a newer Kesher; update this one first.")
        self._check(path)

    def _check(self, path: Path) -> None:
        if set(self.pack.namelist()) != {CONTENTS, *self.hashes}:
            raise BadArchive(f"{path} is damaged: it holds other members than it says.")
        for name, expected in self.hashes.items():
            parts = PurePosixPath(name).parts
            if len(parts) < 2 or ".." in parts or parts[0] not in ("tables", "keys", FILES):
                raise BadArchive(f"{path} is damaged: {name!r} has no place in it.")
            if self._hash(path, name) != expected:
                raise BadArchive(f"{path} is damaged: {name} is not what was written.")

    def _hash(self, path: Path, name: str) -> str:
        hashed = hashlib.sha256()
        try:
            with self.pack.open(name) as member:
                while piece := member.read(PIECE):
                    hashed.update(piece)
        except UNREADABLE as error:
            raise BadArchive(f"{path} is damaged: {name} can't be read ({error}).") from error
        return hashed.hexdigest()

    def sources(self) -> dict[str, tuple[list[str], Iterable[bytes]]]:
        """By table: its columns, and its rows to be read once."""
        found: dict[str, tuple[list[str], Iterable[bytes]]] = {}
        for name in self.rows:
            member: IO[bytes] = self.pack.open(f"tables/{name}.jsonl")
            found[name] = (json.loads(member.readline()), _stripped(member))
        return found

    def unpack(self, data: Path) -> None:
        """Keys and attached files into the data folder, for its owner alone."""
        for name in self.hashes:
            kind, *rest = PurePosixPath(name).parts
            if kind == "tables":
                continue
            target = data.joinpath(*rest) if kind == "keys" else data.joinpath(FILES, *rest)
            target.parent.mkdir(parents=True, exist_ok=True)
            draft = target.with_name(f"{target.name}.partial")
            descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(descriptor, "wb") as file, self.pack.open(name) as member:
                shutil.copyfileobj(member, file, PIECE)
            os.replace(draft, target)


def _stripped(member: IO[bytes]) -> Iterator[bytes]:
    with member:
        for line in member:
            yield line.rstrip(b"\n")
