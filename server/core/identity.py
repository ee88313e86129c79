"""Who is asking: a person behind a session or a token, with what permissions need to know."""

from __future__ import annotations

import hashlib
import json
import secrets
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from flask import g
from sqlalchemy import Connection, and_, bindparam, delete, insert, or_, select, update

from . import devices, revoking
from .ledger import Organisation
from .people import Login, Person, Session, Token
from .permissions import Viewer
from .push import Author
from .registry import registry
from .viewing import viewer_of

SESSION_DAYS = 30
MARKED = timedelta(minutes=10)  # how exactly the last use of a token is known
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
    via: str = ""  # the name of the browser or the token
    unmarked: bool = False  # a token of which it was long not written down that it is used

    is_authenticated = is_active = True
    is_anonymous = False

    def get_id(self) -> str | None:
        """flask-login keeps the session row's id: deleting the row signs out at once."""
        return self.session

    @property
    def device(self) -> str:
        """The device of what is written through pages: this browser, without a worker."""
        return f"web:{self.session}"

    def author(self, road: str = "page", device: str = "") -> Author:
        """This person as somebody who writes."""
        return Author(self.viewer, device or self.device, road=road, via=self.via)


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
    if row is None:
        return None
    signed = _signed(connection, row, row.session, row.csrf)
    return replace(signed, via=row.device_name or "")


def hash_token(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def new_token(connection: Connection, person: str, org: int, **more: Any) -> str:
    """A token that a program sends as `Authorization: Bearer`; only its hash is kept. `more` is
    what it may be used for, see the table."""
    token = f"kesher_{secrets.token_urlsafe(32)}"
    row = {"hash": hash_token(token), "org": org, "person": person} | more
    connection.execute(insert(TOKEN).values(row | {"created_at": datetime.now(UTC)}))
    return token


def by_token(connection: Connection, token: str) -> Signed | None:
    """Whose token it is; they may do with it what both they and the token may."""
    now = datetime.now(UTC)
    row = connection.execute(BY_TOKEN, {"hash": hash_token(token), "now": now}).first()
    if row is None:
        return None
    signed = _signed(connection, row, None, "", hash_token(token))
    rights = signed.viewer.rights.limited(row.reads_only, row.kinds.split())
    viewer = replace(signed.viewer, rights=rights)
    unmarked = row.last_used is None or row.last_used < now - MARKED
    return replace(signed, viewer=viewer, via=row.token_name, unmarked=unmarked)


def mark_used(connection: Connection, token: str) -> None:
    """Write down that a token is used, given its hash."""
    this = update(TOKEN).where(TOKEN.c.hash == token)
    connection.execute(this.values(last_used=datetime.now(UTC)))


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


def _device_name() -> Any:
    row = devices.DEVICE.c
    named = select(row.name).where(row.session == SESSION.c.id).limit(1)
    return named.scalar_subquery().label("device_name")


# Asked at every request: built once.
BY_SESSION = (
    _asking(SESSION)
    .add_columns(SESSION.c.id.label("session"), SESSION.c.csrf, _device_name())
    .where(SESSION.c.id == bindparam("session"), SESSION.c.expires_at > bindparam("now"))
)
BY_TOKEN = (
    _asking(TOKEN)
    .add_columns(TOKEN.c.reads_only, TOKEN.c.kinds, TOKEN.c.last_used)
    .add_columns(TOKEN.c.name.label("token_name"))
    .where(
        TOKEN.c.hash == bindparam("hash"),
        or_(TOKEN.c.expires_at.is_(None), TOKEN.c.expires_at > bindparam("now")),
    )
)


def current() -> Signed:
    """Whoever asks. Only where a guard has let the request in."""
    signed: Signed = g.signed
    return signed
