"""Letting a person in no longer, and again."""

from __future__ import annotations

from sqlalchemy import Connection, delete, select, update
from uuid_utils.compat import uuid7

from . import deeds, door
from .clock import now_ms
from .db import reading, writing
from .devices import DEVICE, LOGIN, PERSON, manages
from .door import Author
from .revoking import SESSION, TOKEN


def disable(author: Author, person: str) -> bool:
    """End all sessions and tokens of somebody; their devices are wiped at the next contact, see
    `devices.is_doomed`. False where there is nobody whom the author may disable: not oneself."""
    return _set(author, person, active=False)


def enable(author: Author, person: str) -> bool:
    """Let them in again; devices that were not wiped yet stay as they are."""
    return _set(author, person, active=True)


def _set(author: Author, person: str, active: bool) -> bool:
    viewer = author.viewer
    if not (author.trusted or (manages(viewer) and person != viewer.id)):
        return False
    _tell(author, person, active)
    with writing() as connection:
        this = (LOGIN.c.org == viewer.org) & (LOGIN.c.person == person)
        change = update(LOGIN).where(this).values(disabled=not active)
        found = bool(connection.execute(change).rowcount)
        if found:
            name = connection.scalar(select(LOGIN.c.email).where(this))
            what, whose = "enabled" if active else "disabled", None if author.trusted else viewer.id
            deeds.note(connection, viewer.org, whose, what, str(name), author.via)
        if found and not active:
            end_access(connection, person)
    return found


def end_access(connection: Connection, person: str) -> None:
    """No session and no token of theirs is good any more."""
    connection.execute(delete(SESSION).where(SESSION.c.person == person))
    connection.execute(delete(TOKEN).where(TOKEN.c.person == person))
    whose = DEVICE.c.person == person
    connection.execute(delete(DEVICE).where(whose, DEVICE.c.device.is_(None)))
    connection.execute(update(DEVICE).where(whose).values(session=None, token=None))


def _tell(author: Author, person: str, active: bool) -> None:
    """Phones know by the record who is still here."""
    query = select(PERSON.c.ver).where(PERSON.c.org == author.viewer.org, PERSON.c.id == person)
    with reading() as connection:
        ver = connection.execute(query).scalar()
    if ver is not None:
        op = {"id": str(uuid7()), "k": "set", "type": "person", "rec": person,
              "f": "active", "v": active, "base": ver, "t": now_ms()}  # fmt: skip
        door.write(author, [op])
