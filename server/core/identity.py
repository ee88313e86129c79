"""Who is asking: a person behind a session or a token, with what permissions need to know."""

from __future__ import annotations

import hashlib
import json
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from flask import g
from sqlalchemy import Connection, delete, insert, select

from . import permissions
from .i18n import direction
from .ledger import Organisation
from .people import Login, Person, Session, Team, Token
from .permissions import Viewer
from .registry import registry

SESSION_DAYS = 30
LOGIN: Any = Login.__table__
SESSION: Any = Session.__table__
TOKEN: Any = Token.__table__
ORGANISATION: Any = Organisation.__table__
PERSON: Any = Person.__table__
TEAM: Any = Team.__table__


@dataclass(frozen=True)
class Signed:
    """A person signed in. `session` is None for a program with a token."""

    viewer: Viewer
    person: dict[str, Any]
    organisation: Any
    email: str
    session: str | None
    csrf: str

    is_authenticated = is_active = True
    is_anonymous = False

    def get_id(self) -> str | None:
        """flask-login keeps the session row's id: deleting the row signs out at once."""
        return self.session

    @property
    def device(self) -> str:
        """The device of what is written through pages: this browser, without a worker."""
        return f"web:{self.session}"


def new_session(connection: Connection, person: str, org: int, agent: str) -> str:
    """A session of SESSION_DAYS; its id."""
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
    return str(row["id"])


def end_session(connection: Connection, session: str) -> None:
    connection.execute(delete(SESSION).where(SESSION.c.id == session))


def by_session(connection: Connection, session: str) -> Signed | None:
    query = select(SESSION).where(SESSION.c.id == session, SESSION.c.expires_at > datetime.now(UTC))
    row = connection.execute(query).first()
    return _signed(connection, row.org, row.person, row.id, row.csrf) if row else None


def hash_token(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def new_token(connection: Connection, person: str, org: int) -> str:
    """A token that a program sends as `Authorization: Bearer`; only its hash is kept."""
    token = f"kesher_{secrets.token_urlsafe(32)}"
    row = {"hash": hash_token(token), "org": org, "person": person}
    connection.execute(insert(TOKEN).values(row | {"created_at": datetime.now(UTC)}))
    return token


def by_token(connection: Connection, token: str) -> Signed | None:
    query = select(TOKEN).where(TOKEN.c.hash == hash_token(token))
    row = connection.execute(query).first()
    return _signed(connection, row.org, row.person, None, "") if row else None


def _signed(
    connection: Connection, org: int, person: str, session: str | None, csrf: str
) -> Signed | None:
    login = connection.execute(select(LOGIN).where(LOGIN.c.person == person)).first()
    query = select(PERSON.c.doc).where(PERSON.c.org == org, PERSON.c.id == person)
    doc = connection.execute(query).scalar()
    if login is None or login.disabled or doc is None:
        return None
    organisation = connection.execute(select(ORGANISATION).where(ORGANISATION.c.id == org)).one()
    values = registry["person"].blank() | json.loads(doc)
    viewer = viewer_of(connection, org, person, values)
    return Signed(viewer, values, organisation, login.email, session, csrf)


def viewer_of(connection: Connection, org: int, person: str, doc: dict[str, Any]) -> Viewer:
    """The person with team, branch and everybody below, as permissions see one."""
    team = doc["team"]
    branch = select(TEAM.c.branch).where(TEAM.c.org == org, TEAM.c.id == team).scalar_subquery()
    teams = select(TEAM.c.id).where(TEAM.c.org == org, TEAM.c.branch == branch)
    return Viewer(
        person, org, doc["role"] or "", team,
        frozenset(connection.execute(teams).scalars()) if team else frozenset(),
        frozenset(connection.execute(_below(org, person)).scalars()),
    )  # fmt: skip


def _below(org: int, person: str) -> Any:
    """Ids of all who report to a person, at any depth; circles end by UNION."""
    first = select(PERSON.c.id).where(PERSON.c.org == org, PERSON.c.manager == person)
    below = first.cte("below", recursive=True)
    further = select(PERSON.c.id).join(below, PERSON.c.manager == below.c.id)
    below = below.union(further.where(PERSON.c.org == org))
    return select(below.c.id).where(below.c.id != person)


def current() -> Signed:
    """Whoever asks. Only where a guard has let the request in."""
    signed: Signed = g.signed
    return signed


def me(signed: Signed, lease_days: int) -> dict[str, Any]:
    """The person as the views of both sides know one: `me` of docs/developer/design.md."""
    doc, organisation = signed.person, signed.organisation
    kinds = list(registry.entities)
    lang = doc["lang"] or organisation.lang
    return {
        "id": signed.viewer.id, "name": doc["name"], "email": signed.email, "lang": lang,
        "dir": direction(lang), "theme": doc["theme"] or "auto",
        "zone": doc["zone"] or organisation.zone, "calendar": doc["calendar"] or "gregorian",
        "region": organisation.region, "csrf": signed.csrf, "team": signed.viewer.team,
        "role": signed.viewer.role, "reports": sorted(signed.viewer.reports),
        "teams": sorted(signed.viewer.branch_teams),
        "org": {"id": organisation.id, "name": organisation.name, "lang": organisation.lang,
                "currency": organisation.currency},
        "can": permissions.abilities(signed.viewer, kinds),
        "complete": permissions.complete(signed.viewer, kinds), "lease": lease_days,
    }  # fmt: skip
