"""Whose an import is, and what is needed of them to carry it out."""

from __future__ import annotations

from typing import Any

import orjson
from sqlalchemy import Connection, select

from server.core import permissions
from server.core.errors import Refused
from server.core.ledger import Organisation
from server.core.people import Login, Person
from server.core.permissions import Viewer
from server.core.registry import registry
from server.core.viewing import viewer_of

from . import keeping

ORGANISATIONS: Any = Organisation.__table__
PERSON: Any = Person.__table__
LOGIN: Any = Login.__table__


def device(import_: str) -> str:
    """By which writes of this import are told from those of others."""
    return f"web:import:{import_}"


def person_of(connection: Connection, row: Any) -> Viewer:
    """Whose import it is, as they are now. Raises Refused if they may not make such records; what
    they may change is asked of each."""
    viewer = now_of(connection, row)
    makes = row.format != keeping.SWEEP
    if makes and permissions.level(viewer.rights, row.type, "create") == "none":
        raise Refused("forbidden")
    return viewer


def now_of(connection: Connection, row: Any) -> Viewer:
    """Raises Refused if they are let in no longer."""
    query = select(PERSON.c.doc).where(PERSON.c.org == row.org, PERSON.c.id == row.person)
    doc = registry["person"].blank() | orjson.loads(connection.execute(query).scalar_one())
    shut = connection.scalar(select(LOGIN.c.disabled).where(LOGIN.c.person == row.person))
    if shut or doc["active"] is False:
        raise Refused("forbidden")
    return viewer_of(connection, row.org, row.person, doc)


def me_of(connection: Connection, org: int, person: str) -> dict[str, Any]:
    """What is needed of them to read what they wrote."""
    house = connection.execute(select(ORGANISATIONS).where(ORGANISATIONS.c.id == org)).one()
    query = select(PERSON.c.lang, PERSON.c.zone).where(PERSON.c.org == org, PERSON.c.id == person)
    them = connection.execute(query).one()
    return {"lang": them.lang or house.lang, "zone": them.zone or house.zone,
            "region": house.region}  # fmt: skip


def teams_of(connection: Connection, org: int) -> dict[str, str | None]:
    """Everybody's team: what is theirs is their team's."""
    query = select(PERSON.c.id, PERSON.c.team).where(PERSON.c.org == org)
    return {row.id: row.team for row in connection.execute(query)}
