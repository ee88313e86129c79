"""Who is asking: a person behind a session or a token, with what permissions need to know."""

from __future__ import annotations

import hashlib
import json
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from flask import g
from sqlalchemy import Connection, and_, bindparam, delete, insert, select

from . import devices, revoking
from .ledger import Organisation
from .people import Login, Person, Session, Token
from .permissions import Viewer
from .registry import registry
from .viewing import viewer_of

SESSION_DAYS = 30
LOGIN: Any = Login.__table__
SESSION: Any = Session.__table__
TOKEN: Any = Token.__table__
ORGANISATION: Any = Organisation.__table__
PERSON: Any = Person.__table__


@dataclass(frozen=True)
class Signed:
    """A person signed in. `session` is None for a program with a token."""

    viewer: Viewer
    person: dict[str, Any]
    organisation: Any
    email: str
    session: str | None
    csrf: str
    token: str | None = None  # its hash, of a program

    is_authenticated = is_active = True
    is_anonymous = False

    def get_id(self) -> str | None:
        """flask-login keeps the session row's id: deleting the row signs out at once."""
        return self.session

    @property
    def device(self) -> str:
        """The device of what is written through pages: this browser, without a worker."""
        return f"web:{self.session}"


def new_session(connection: Connection, person: str, org: int, agent: str, device: str = "") -> str:
    """A session of SESSION_DAYS; its id. `device` is what to call the browser."""
    now = datetime.now(UTC)
    row = {
        "id": secrets.token_urlsafe(32),
        "org": org,
        "person": person,
        "csrf": secrets.token_urlsafe(24),
        "agent": agent[:300],
        "created_at": now,
        "expires_at": now + timedelta(days=SESSION_DAYS),
    }
    connection.execute(insert(SESSION).values(row))
    devices.met(connection, org, person, str(row["id"]), device)
    return str(row["id"])


def end_session(connection: Connection, session: str) -> None:
    revoking.left(connection, session)
    connection.execute(delete(SESSION).where(SESSION.c.id == session))


def by_session(connection: Connection, session: str) -> Signed | None:
    row = connection.execute(BY_SESSION, {"session": session, "now": datetime.now(UTC)}).first()
    return _signed(connection, row, row.session, row.csrf) if row else None


def hash_token(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def new_token(connection: Connection, person: str, org: int) -> str:
    """A token that a program sends as `Authorization: Bearer`; only its hash is kept."""
    token = f"kesher_{secrets.token_urlsafe(32)}"
    row = {"hash": hash_token(token), "org": org, "person": person}
    connection.execute(insert(TOKEN).values(row | {"created_at": datetime.now(UTC)}))
    return token


def by_token(connection: Connection, token: str) -> Signed | None:
    row = connection.execute(BY_TOKEN, {"hash": hash_token(token)}).first()
    return _signed(connection, row, None, "", hash_token(token)) if row else None


def _signed(
    connection: Connection, row: Any, session: str | None, csrf: str, token: str | None = None
) -> Signed:
    doc = registry["person"].blank() | json.loads(row.doc)
    viewer = viewer_of(connection, row.org, row.person, doc)
    return Signed(viewer, doc, row, row.email, session, csrf, token)


def _asking(who: Any) -> Any:
    """Everything about the person of a session's or a token's row, if they may sign in."""
    organisation = [c for c in ORGANISATION.c if c.name not in ("id", "ver")]
    login = and_(LOGIN.c.person == who.c.person, LOGIN.c.disabled.is_(False))
    themselves = and_(
        PERSON.c.org == who.c.org, PERSON.c.id == who.c.person, PERSON.c.active.is_not(False)
    )
    return (
        select(who.c.org, who.c.org.label("id"), who.c.person, LOGIN.c.email, PERSON.c.doc)
        .add_columns(*organisation)
        .join_from(who, LOGIN, login)
        .join(PERSON, themselves)
        .join(ORGANISATION, ORGANISATION.c.id == who.c.org)
    )


# Asked at every request: built once.
BY_SESSION = (
    _asking(SESSION)
    .add_columns(SESSION.c.id.label("session"), SESSION.c.csrf)
    .where(SESSION.c.id == bindparam("session"), SESSION.c.expires_at > bindparam("now"))
)
BY_TOKEN = _asking(TOKEN).where(TOKEN.c.hash == bindparam("hash"))


def current() -> Signed:
    """Whoever asks. Only where a guard has let the request in."""
    signed: Signed = g.signed
    return signed
