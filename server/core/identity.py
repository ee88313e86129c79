"""Who is asking: a person behind a session or a token, with what permissions need to know."""

from __future__ import annotations

import hashlib
import json
import secrets
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from flask import current_app, g
from sqlalchemy import Connection, and_, bindparam, delete, insert, literal, null, select, union_all

from . import devices, permissions, revoking
from .i18n import direction
from .ledger import Feed, Organisation
from .people import Login, Person, Session, Team, Token
from .permissions import Viewer
from .registry import registry

SESSION_DAYS = 30
LOGIN: Any = Login.__table__
SESSION: Any = Session.__table__
TOKEN: Any = Token.__table__
ORGANISATION: Any = Organisation.__table__
PERSON: Any = Person.__table__
FEED: Any = Feed.__table__
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


def viewer_of(connection: Connection, org: int, person: str, doc: dict[str, Any]) -> Viewer:
    """The person with team, branch and everybody below, as permissions see one."""
    team = doc["team"]
    around: dict[str, dict[str, str]] = {"team": {}, "person": {}}
    of = {"org": org, "person": person, "team": team}
    for kind, id_, above in connection.execute(AROUND, of):
        around[kind][id_] = above
    below = around["person"]
    direct = frozenset(one for one, above in below.items() if above == person)
    role, teams = doc["role"] or "", frozenset(around["team"])
    viewer = Viewer(person, org, role, team, teams, frozenset(below), direct)
    return replace(viewer, far=_far(connection, viewer))


def _far(connection: Connection, viewer: Viewer) -> frozenset[str]:
    """Kinds of record of which something is seen, but not held: because of work that is far."""
    keys = {"far": sorted(f"f:{one}" for one in (viewer.id, *viewer.reports)),
            "held": sorted(permissions.held_keys(viewer))}  # fmt: skip
    return frozenset(connection.execute(FAR, {"org": viewer.org, **keys}).scalars())


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


def _below() -> Any:
    """All who report to a person, at any depth, and to whom; circles end by UNION."""
    here, boss = PERSON.c.org == bindparam("org"), PERSON.c.manager == bindparam("person")
    first = select(PERSON.c.id, PERSON.c.manager).where(here, boss)
    below = first.cte("below", recursive=True)
    further = select(PERSON.c.id, PERSON.c.manager).join(below, PERSON.c.manager == below.c.id)
    below = below.union(further.where(here))
    found = select(literal("person"), below.c.id, below.c.manager)
    return found.where(below.c.id != bindparam("person"))


def _teams() -> Any:
    """Ids of the teams of a team's branch."""
    here = TEAM.c.org == bindparam("org")
    branch = select(TEAM.c.branch).where(here, TEAM.c.id == bindparam("team")).scalar_subquery()
    return select(literal("team"), TEAM.c.id, null()).where(here, TEAM.c.branch == branch)


def _unheld() -> Any:
    """Kinds of the records under some keys, of those that have none of the keys held."""
    other = FEED.alias()
    held = select(1).where(
        other.c.org == FEED.c.org, other.c.key.in_(bindparam("held", expanding=True)),
        other.c.type == FEED.c.type, other.c.rec == FEED.c.rec, other.c.gone == 0,
    )  # fmt: skip
    far = FEED.c.key.in_(bindparam("far", expanding=True))
    here = FEED.c.org == bindparam("org")
    return select(FEED.c.type).distinct().where(here, far, FEED.c.gone == 0, ~held.exists())


# Asked at every request: built once.
BY_SESSION = (
    _asking(SESSION)
    .add_columns(SESSION.c.id.label("session"), SESSION.c.csrf)
    .where(SESSION.c.id == bindparam("session"), SESSION.c.expires_at > bindparam("now"))
)
BY_TOKEN = _asking(TOKEN).where(TOKEN.c.hash == bindparam("hash"))
AROUND, FAR = union_all(_teams(), _below()), _unheld()


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
                "currency": organisation.currency, "zone": organisation.zone},
        "holds": {"people": sorted(permissions.held_people(signed.viewer)),
                  "teams": sorted(permissions.held_teams(signed.viewer)),
                  "ahead": current_app.config["NEAR_DAYS"],
                  "after": current_app.config["AFTER_DAYS"]},
        "can": permissions.abilities(signed.viewer, kinds),
        "complete": permissions.complete(signed.viewer, kinds), "lease": lease_days,
    }  # fmt: skip
