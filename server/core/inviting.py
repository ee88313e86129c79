"""Letting somebody in: a link, good for one person and some days, by which they choose a password.
Nobody else ever knows it."""

from __future__ import annotations

import hashlib
import secrets
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, ForeignKey, Integer, String, delete, insert, select, update
from sqlalchemy.orm import Mapped, mapped_column

from .db import Base, UTCDateTime
from .kinds import EMAIL
from .people import Login, Session

GOOD_FOR = timedelta(days=7)
NOBODY = "-"  # as a password's hash: no password has it


class Invitation(Base):
    """A link that was made. Only the SHA-256 of its key is kept."""

    __tablename__ = "invitation"
    hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    org: Mapped[int] = mapped_column(Integer, ForeignKey("organisation.id"))
    person: Mapped[str] = mapped_column(String(36), index=True)
    expires_at: Mapped[datetime] = mapped_column(UTCDateTime)


INVITATION: Any = Invitation.__table__
LOGIN: Any = Login.__table__
SESSION: Any = Session.__table__


def unfit(connection: Connection, email: str) -> str | None:
    """The code of what is wrong with an address to sign in by, or None."""
    if not EMAIL.fullmatch(email) or len(email) > 254:
        return "bad_email"
    taken = connection.execute(select(LOGIN.c.person).where(LOGIN.c.email == email)).first()
    return "email_taken" if taken else None


def let_in(connection: Connection, org: int, person: str, email: str) -> str:
    """They may sign in, once they have chosen a password by the link with this key."""
    row = {"person": person, "org": org, "email": email, "password": NOBODY, "disabled": False}
    connection.execute(insert(LOGIN).values(row))
    key = invite(connection, org, person)
    assert key
    return key


def invite(connection: Connection, org: int, person: str) -> str | None:
    """The key of a new link, in place of those before; None where nobody may sign in."""
    here = (LOGIN.c.org == org) & (LOGIN.c.person == person) & LOGIN.c.disabled.is_(False)
    if connection.execute(select(LOGIN.c.person).where(here)).first() is None:
        return None
    connection.execute(delete(INVITATION).where(INVITATION.c.person == person))
    key = secrets.token_urlsafe(24)
    row = {"hash": _hash(key), "org": org, "person": person,
           "expires_at": datetime.now(UTC) + GOOD_FOR}  # fmt: skip
    connection.execute(insert(INVITATION).values(row))
    return key


def invited(connection: Connection, key: str) -> Any:
    """Whose link this is: {person, org, email}, or None if it is good no longer."""
    good = (INVITATION.c.hash == _hash(key)) & (INVITATION.c.expires_at > datetime.now(UTC))
    query = (
        select(LOGIN.c.person, LOGIN.c.org, LOGIN.c.email)
        .join(INVITATION, INVITATION.c.person == LOGIN.c.person)
        .where(good, LOGIN.c.disabled.is_(False))
    )
    return connection.execute(query).first()


def join(connection: Connection, key: str, password: str) -> Any:
    """Set the password, given as a hash. The link is used up and other sessions end; whose it was,
    or None."""
    row = invited(connection, key)
    if row is not None:
        whose = LOGIN.c.person == row.person
        connection.execute(update(LOGIN).where(whose).values(password=password))
        connection.execute(delete(INVITATION).where(INVITATION.c.person == row.person))
        connection.execute(delete(SESSION).where(SESSION.c.person == row.person))
    return row


def _hash(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()
