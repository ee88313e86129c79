"""The cast: an organisation of people with different rights, and a stranger in another one."""

from __future__ import annotations

from typing import Any

from sqlalchemy import insert
from uuid_utils.compat import uuid7

from server.core.bulk import bulk
from server.core.db import writing
from server.core.identity import LOGIN, ORGANISATION, new_token, viewer_of
from server.core.permissions import Viewer
from server.core.registry import registry

PEOPLE = {
    "olive": ("seller", "north"),  # owns most of what happens
    "carl": ("seller", "north"),  # a colleague
    "sam": ("seller", "south"),  # a stranger from another team
    "tara": ("technician", "field"),  # comes to customers when there is a task
    "mona": ("manager", "north"),  # of the branch of north and south
    "ada": ("admin", "north"),
}
TEAMS = {"north": "centre", "south": "centre", "field": "works"}


class Cast:
    """Names to ids, tokens and viewers."""

    def __init__(self) -> None:
        self.ids: dict[str, str] = {}
        self.tokens: dict[str, str] = {}
        self.orgs: dict[str, int] = {}

    def __getitem__(self, name: str) -> str:
        return self.ids[name]

    def viewer(self, name: str) -> Viewer:
        with writing() as connection:
            org = self.orgs[name]
            c = registry["person"].table.c
            role, team = connection.execute(
                c.id.table.select().with_only_columns(c.role, c.team).where(c.id == self[name])
            ).one()
            return viewer_of(connection, org, self[name], {"team": team, "role": role})


def hire() -> Cast:
    """Fill an empty database; needs an app context."""
    cast = Cast()
    _organisation(cast, 1, "Kesher Tests", TEAMS, PEOPLE)
    _organisation(cast, 2, "Somebody Else", {"theirs": "there"}, {"zed": ("admin", "theirs")})
    return cast


def _organisation(
    cast: Cast, org: int, name: str, teams: dict[str, str], people: dict[str, tuple[str, str]]
) -> None:
    names = [*teams.values(), *teams, *people]
    cast.ids |= {one: str(uuid7()) for one in names}
    rows: list[tuple[str, dict[str, Any]]] = [
        ("branch", {"id": cast[one], "name": one}) for one in sorted(set(teams.values()))
    ]
    rows += [("team", {"id": cast[t], "name": t, "branch": cast[b]}) for t, b in teams.items()]
    for one, (role, team) in people.items():
        values = {"id": cast[one], "name": one, "role": role, "team": cast[team], "lang": "en"}
        rows.append(("person", values | {"active": True}))
    with writing() as connection:
        row = {"id": org, "name": name, "ver": 0, "lang": "en", "currency": "EUR",
               "region": "IL", "zone": "UTC"}  # fmt: skip
        connection.execute(insert(ORGANISATION), [row])
        bulk(connection, org, rows, None)
        for one in people:
            cast.orgs[one] = org
            login = {"person": cast[one], "org": org, "email": f"{one}@example.org",
                     "password": "-", "disabled": False}  # fmt: skip
            connection.execute(insert(LOGIN), [login])
            cast.tokens[one] = new_token(connection, cast[one], org)
