"""Uploads: pieces as they come, kept in the store so that any server can take the next one."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime, timedelta
from typing import Any

import orjson
from sqlalchemy import Connection, delete, insert, select, update

from server.core.db import after_commit, reading, writing
from server.core.identity import PERSON, viewer_of
from server.core.jobs import Later, enqueue, job
from server.core.permissions import Viewer
from server.core.persisting import upsert
from server.core.reading import Reader
from server.core.registry import registry

from . import store
from .arriving import KEEP, Arrival, Damaged, scratch, take_in
from .entities import File, Piece, Upload

UPLOADS: Any = Upload.__table__
PIECES: Any = Piece.__table__
PATIENCE = timedelta(days=14)  # without a new piece
SECOND_LOOK = timedelta(minutes=2)  # should who has the last piece be killed before the end
AT_ONCE = 32 * 1024 * 1024  # bytes; what is larger is looked at by the job worker


def of(connection: Connection, org: int, id_: str, person: str | None = None) -> Any:
    """The upload's row, or None; with `person`, only if it is theirs."""
    query = select(UPLOADS).where(UPLOADS.c.org == org, UPLOADS.c.id == id_)
    row = connection.execute(query).first()
    return row if row is None or person in (None, row.person) else None


def begin(org: int, id_: str, person: str, size: int) -> Any:
    """The upload's row, whether it is new or was begun before."""
    row = {"id": id_, "org": org, "person": person, "size": size, "came": 0,
           "expires_at": datetime.now(UTC) + PATIENCE}  # fmt: skip
    with writing() as connection:
        connection.execute(upsert(connection, UPLOADS).values(row).on_conflict_do_nothing())
        return of(connection, org, id_)


def add(upload: Any, content: bytes) -> int | None:
    """Keep the next piece; how much is here now. None if another one was faster."""
    name = f"{upload.org}/pieces/{upload.id}/{upload.came:012}-{secrets.token_hex(4)}"
    store.put(name, content)
    came = upload.came + len(content)
    row = {"org": upload.org, "upload": upload.id, "start": upload.came, "name": name}
    c = UPLOADS.c
    mine = [c.org == upload.org, c.id == upload.id]
    with writing() as connection:
        moved = update(UPLOADS).where(*mine, c.came == upload.came)
        moved = moved.values(came=came, expires_at=datetime.now(UTC) + PATIENCE)
        if connection.execute(moved).rowcount != 1:
            store.remove([name])
            return None
        connection.execute(insert(PIECES).values(row))
        if came == upload.size:
            soon = None if came > AT_ONCE else datetime.now(UTC) + SECOND_LOOK
            enqueue(connection, "take-in", org=upload.org, at=soon, upload=upload.id)
    return came


def drop(org: int, id_: str) -> None:
    """Forget an upload and its pieces."""
    pieces = [PIECES.c.org == org, PIECES.c.upload == id_]
    with writing() as connection:
        names = list(connection.scalars(select(PIECES.c.name).where(*pieces)))
        connection.execute(delete(PIECES).where(*pieces))
        connection.execute(delete(UPLOADS).where(UPLOADS.c.org == org, UPLOADS.c.id == id_))
        after_commit(connection, lambda: store.remove(names))


def finish(org: int, id_: str) -> None:
    """All pieces are here: make a file of them. Raises Damaged, and then nothing of it is kept, or
    store.NotKept, and then all of it is, to be tried again. Doing it twice does no harm."""
    with reading() as connection:
        upload = of(connection, org, id_)
        if upload is None or upload.came != upload.size:
            return
        arrival = arrival_of(connection, org, id_, upload.person)
        query = select(PIECES.c.name).where(PIECES.c.org == org, PIECES.c.upload == id_)
        names = list(connection.scalars(query.order_by(PIECES.c.start)))
    try:
        if arrival is not None and arrival.record["arrived_at"] is None:
            _assemble(arrival, names)
    except (Damaged, FileNotFoundError):  # its phone begins anew
        drop(org, id_)
        raise
    drop(org, id_)


def _assemble(arrival: Arrival, names: list[str]) -> None:
    with scratch() as path:
        with store.keeping(), path.open("wb") as file:
            for name in names:
                file.writelines(store.read(name))
        take_in(arrival, path)


@job("take-in")
def take_in_later(upload: str) -> None:
    with reading() as connection:
        orgs = list(connection.scalars(select(UPLOADS.c.org).where(UPLOADS.c.id == upload)))
    for org in orgs:
        try:
            finish(org, upload)
        except Damaged:
            continue  # its phone will find nothing of it here, and send it again
        except store.NotKept as error:
            raise Later(str(error)) from error


def arrival_of(connection: Connection, org: int, id_: str, person: str) -> Arrival | None:
    """The record that waits for these bytes, as the person who sends them sees it."""
    doc = person_doc(connection, org, person)
    viewer = viewer_of(connection, org, person, doc)
    return waiting(connection, viewer, doc, id_)


def person_doc(connection: Connection, org: int, person: str) -> dict[str, Any]:
    query = select(PERSON.c.doc).where(PERSON.c.org == org, PERSON.c.id == person)
    doc = connection.execute(query).scalar()
    return registry["person"].blank() | orjson.loads(doc or "{}")


def waiting(
    connection: Connection, viewer: Viewer, person: dict[str, Any], id_: str
) -> Arrival | None:
    """Only who made the record has its bytes."""
    record = Reader(connection, viewer, "en").get(File.spec, id_)
    if record is None or record["created_by"] != viewer.id:
        return None
    return Arrival(viewer, record, person.get("photo_place") == KEEP)


@job("purge-uploads")
def purge_uploads() -> None:
    """Forget uploads that nobody went on with. Their phones begin anew, should they come back."""
    with reading() as connection:
        query = select(UPLOADS.c.org, UPLOADS.c.id)
        old = connection.execute(query.where(UPLOADS.c.expires_at < datetime.now(UTC))).all()
    for org, id_ in old:
        drop(org, id_)
