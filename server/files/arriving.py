"""A file has come whole: check it, look at it, keep it, and tell everybody who holds its record."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from sqlalchemy import Connection, select
from uuid_utils.compat import uuid7

from server.core import door
from server.core.clock import instant, now_ms
from server.core.db import reading, writing
from server.core.permissions import Viewer
from server.core.persisting import upsert

from . import picturing, position, sniffing, store
from .entities import Blob

BLOBS: Any = Blob.__table__
READ = 1024 * 1024
KEEP = "keep"  # a person's `photo_place`
SERVER = "server"  # the device of what the server says


class Damaged(Exception):
    """What came is not what was announced."""


@dataclass(frozen=True)
class Arrival:
    """For whom, and about which record; `keep_place` leaves the position in a photo."""

    viewer: Viewer
    record: dict[str, Any]
    keep_place: bool


@contextmanager
def scratch() -> Iterator[Path]:
    """A path for a file that nobody needs afterwards."""
    with NamedTemporaryFile(dir=store.incoming()) as file:
        yield Path(file.name)


def digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def take_in(arrival: Arrival, path: Path) -> None:
    """Keep a file; `path` is ours to change. Raises Damaged."""
    record = arrival.record
    if path.stat().st_size != record["size"] or digest(path) != record["sha256"]:
        raise Damaged
    mime = sniffing.sniff(path)
    if mime.startswith("image/") and not arrival.keep_place:
        position.blank(path)
    blob, tiny = _kept(arrival.viewer.org, path, mime)
    settle(arrival, blob, tiny)


def _kept(org: int, path: Path, mime: str) -> tuple[Any, str | None]:
    """The row of this content, and what is put into the record; new content goes to the store."""
    sha256 = digest(path)
    pictures = picturing.draw(path) if mime in sniffing.PICTURES else None
    with reading() as connection:
        known = blob_of(connection, org, sha256)
    if known is None:
        _store(org, sha256, path, mime, pictures)
        with reading() as connection:
            known = blob_of(connection, org, sha256)
    return known, pictures.tiny if pictures else None


def _store(
    org: int, sha256: str, path: Path, mime: str, pictures: picturing.Pictures | None
) -> None:
    """Bytes first, then the row that says that they are there."""
    store.put(key(org, sha256, "original"), path)
    if pictures:
        store.put(key(org, sha256, "preview"), pictures.preview)
        store.put(key(org, sha256, "thumb"), pictures.thumb)
    row = {
        "org": org, "sha256": sha256, "size": path.stat().st_size, "mime": mime,
        "width": pictures and pictures.width, "height": pictures and pictures.height,
        "pictured": pictures is not None, "made_at": datetime.now(UTC),
        "placed": mime.startswith("image/") and position.is_placed(path),
    }  # fmt: skip
    with writing() as connection:
        connection.execute(upsert(connection, BLOBS).values(row).on_conflict_do_nothing())


def key(org: int, sha256: str, look: str) -> str:
    return f"{org}/{sha256[:2]}/{sha256}/{look}"


def blob_of(connection: Connection, org: int, sha256: str | None) -> Any:
    query = select(BLOBS).where(BLOBS.c.org == org, BLOBS.c.sha256 == (sha256 or ""))
    return connection.execute(query).first()


def settle(arrival: Arrival, blob: Any, tiny: str | None = None) -> None:
    """Write into the record that its bytes are here, and what they are."""
    record = arrival.record
    said = {
        "mime": blob.mime, "stored": blob.sha256, "stored_size": blob.size, "width": blob.width,
        "height": blob.height, "arrived_at": instant(now_ms()),
    }  # fmt: skip
    if tiny and record["thumb"] is None:
        said["thumb"] = tiny
    of = {"k": "set", "type": "file", "rec": record["id"], "base": record["ver"], "t": now_ms()}
    group = str(uuid7())
    ops = [
        of | {"id": str(uuid7()), "f": name, "v": value, "g": group}
        for name, value in said.items()
        if record[name] != value
    ]
    results = door.write(door.Author(arrival.viewer, SERVER, trusted=True), ops)
    assert all(r.status == "ok" for r in results), results
