"""What the server itself may do: found an organisation, and let people sign in."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, delete, insert, select, update
from uuid_utils.compat import uuid7

from server.core import roles
from server.core.bulk import bulk
from server.core.ledger import Organisation
from server.core.people import Login, Session


def found(connection: Connection, name: str, **values: str) -> int:
    """A new organisation (`lang`, `currency`, `region`, `zone` as in the table) with the roles
    that every one begins with; its id."""
    statement = insert(Organisation).values(name=name, **values).returning(Organisation.id)
    org = connection.execute(statement).scalar_one()
    bulk(connection, org, roles.built_in(), by=None)
    return org


def organisation(connection: Connection, name: str | None) -> int | None:
    """The id of the organisation of this name, or without a name of the only one there is."""
    query = select(Organisation.id)
    ids = connection.scalars(query.where(Organisation.name == name) if name else query).all()
    return ids[0] if len(ids) == 1 else None


def person(connection: Connection, org: int, email: str, password: str, **values: Any) -> str:
    """A new person who can sign in; `values` are fields of the record. `password` is a hash."""
    id_ = str(uuid7())
    bulk(connection, org, [("person", {"id": id_, "email": email, **values})], by=None)
    login(connection, org, id_, email, password)
    return id_


def login(connection: Connection, org: int, id_: str, email: str, password: str) -> None:
    """Let a person sign in. `password` is a hash."""
    row = {"person": id_, "org": org, "email": email.lower(), "password": password}
    connection.execute(insert(Login).values(row))


def known(connection: Connection, email: str) -> bool:
    """Whether somebody signs in with this address."""
    query = select(Login.person).where(Login.email == email.lower())
    return connection.execute(query).first() is not None


def login_of(connection: Connection, email: str) -> Any:
    """Person and organisation of an address, or None."""
    return connection.execute(select(Login.person, Login.org).where(Login.email == email)).first()


def change_login(connection: Connection, email: str, **values: Any) -> bool:
    """Change how somebody signs in, ending their sessions; False when nobody has this address."""
    who = connection.execute(select(Login.person).where(Login.email == email)).scalar()
    if who is None:
        return False
    connection.execute(update(Login).where(Login.person == who).values(**values))
    connection.execute(delete(Session).where(Session.person == who))
    return True
