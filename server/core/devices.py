"""Where people are signed in. How that is ended from afar is in revoking.py.

A row is one installation of the app, or one browser without it, in the hands of one person. Two
people who share a phone have a row each.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    Connection,
    ForeignKey,
    Integer,
    Select,
    String,
    UniqueConstraint,
    bindparam,
    insert,
    or_,
    select,
    true,
    update,
)
from sqlalchemy.orm import Mapped, mapped_column
from uuid_utils.compat import uuid7

from .db import Base, UTCDateTime
from .people import Login, Person
from .permissions import ALL, Viewer, level

ACTIVE, SIGNED_OUT, WIPING, WIPED = "active", "signed_out", "wiping", "wiped"
NAME = 100  # characters


class Device(Base):
    """`device` is what its requests to sync name, None for a browser that never synced. `session`
    or `token` is how it signed in last. `ticket…` tell a device from its copy: see
    server/sync/meeting.py."""

    __tablename__ = "device"
    __table_args__ = (UniqueConstraint("org", "person", "device"),)
    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    org: Mapped[int] = mapped_column(Integer, ForeignKey("organisation.id"))
    person: Mapped[str] = mapped_column(String(36))
    device: Mapped[str | None] = mapped_column(String(64), index=True)
    session: Mapped[str | None] = mapped_column(String(64), index=True)
    token: Mapped[str | None] = mapped_column(String(64), index=True)
    name: Mapped[str] = mapped_column(String(NAME))
    version: Mapped[str] = mapped_column(String(40), default="")
    state: Mapped[str] = mapped_column(String(10), default=ACTIVE)
    state_at: Mapped[datetime] = mapped_column(UTCDateTime)
    first_seen: Mapped[datetime] = mapped_column(UTCDateTime)
    last_sync: Mapped[datetime | None] = mapped_column(UTCDateTime)
    pending: Mapped[int] = mapped_column(Integer, default=0)
    failed: Mapped[int] = mapped_column(Integer, default=0)
    held: Mapped[int] = mapped_column(Integer, default=0)
    ticket: Mapped[str | None] = mapped_column(String(24))
    ticket_before: Mapped[str | None] = mapped_column(String(24))
    ticket_op: Mapped[str | None] = mapped_column(String(64))


DEVICE: Any = Device.__table__
LOGIN: Any = Login.__table__
PERSON: Any = Person.__table__


def blank(org: int, person: str, name: str) -> dict[str, Any]:
    """A row of a device that has just been met."""
    now = datetime.now(UTC)
    return {"id": str(uuid7()), "org": org, "person": person, "name": name[:NAME],
            "state": ACTIVE, "state_at": now, "first_seen": now}  # fmt: skip


def met(connection: Connection, org: int, person: str, session: str, name: str) -> None:
    """Somebody has signed in with a browser. Once it syncs, this becomes the row of its device."""
    connection.execute(insert(DEVICE).values(blank(org, person, name) | {"session": session}))


def manages(viewer: Viewer) -> bool:
    """May they end the devices of others, and let people in or not?"""
    return level(viewer.rights, "person", "change") == ALL


def reach(viewer: Viewer) -> Any:
    """The devices that somebody may see and end, as a clause."""
    mine = true() if manages(viewer) else DEVICE.c.person == viewer.id
    return (DEVICE.c.org == viewer.org) & mine


def of(connection: Connection, viewer: Viewer, people: Sequence[str]) -> list[Any]:
    """The devices of people, those in use first, then the latest; rows also have `shut`: their
    person may no longer sign in."""
    query = WITH_PERSON.where(reach(viewer), DEVICE.c.person.in_(people))
    rows = connection.execute(query).all()
    return sorted(rows, key=lambda row: (row.state == ACTIVE, _seen(row)), reverse=True)


def one(connection: Connection, viewer: Viewer, id_: str) -> Any:
    """One of those they may see, or None."""
    return connection.execute(WITH_PERSON.where(reach(viewer), DEVICE.c.id == id_)).first()


def _seen(row: Any) -> datetime:
    seen: datetime = row.last_sync or row.first_seen
    return seen


def _with_person() -> Select[Any]:
    person = (PERSON.c.org == DEVICE.c.org) & (PERSON.c.id == DEVICE.c.person)
    shut = or_(LOGIN.c.disabled.is_(True), PERSON.c.active.is_(False))
    query = select(DEVICE, shut.label("shut"))
    return query.join(LOGIN, LOGIN.c.person == DEVICE.c.person).join(PERSON, person)


WITH_PERSON = _with_person()
BY_NAME = WITH_PERSON.where(
    DEVICE.c.device == bindparam("name"), DEVICE.c.person.in_(bindparam("people", expanding=True))
)  # asked at every round of sync


def is_doomed(row: Any) -> bool:
    """Is it to be wiped, by order or because its person may no longer sign in?"""
    return bool(row.state == WIPING or row.shut)


def by_name(connection: Connection, name: str, people: Sequence[str]) -> list[Any]:
    """The rows of a device, by what its requests call it, for the people it names itself."""
    return list(connection.execute(BY_NAME, {"name": name, "people": list(people)}).all())


def named(connection: Connection, person: str, **by: str | None) -> dict[str, str] | None:
    """{id, name} of the device in the hands of a person, known by its `session` or `device`."""
    this = [DEVICE.c[column] == value for column, value in by.items()]
    query = select(DEVICE.c.id, DEVICE.c.name).where(DEVICE.c.person == person, *this)
    row = connection.execute(query.order_by(DEVICE.c.last_sync.desc())).mappings().first()
    return dict(row) if row else None


def rename(connection: Connection, viewer: Viewer, id_: str, name: str) -> bool:
    """False where there is no such device for them; `name` has been cleaned."""
    change = update(DEVICE).where(reach(viewer), DEVICE.c.id == id_)
    return bool(connection.execute(change.values(name=name[:NAME])).rowcount)
