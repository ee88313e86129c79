"""Branches, teams and people."""

from collections.abc import Iterator
from typing import Any

from server.core.roles import IDS
from server.demo.world import Member, Row, World


def structure(world: World) -> Iterator[Row]:
    """In order of dependency, but for a team's lead, who comes after the team."""
    for key, name in world.home.branches.items():
        yield "branch", {"id": world.branches[key], "name": name, **_system(world)}
    for team in world.home.teams:
        yield (
            "team",
            {
                "id": world.teams[team.key],
                "name": team.name,
                "branch": world.branches[team.branch],
                "lead": world.cast[team.lead].id,
                **_system(world),
            },
        )
    for member in world.cast.values():
        yield "person", _person(world, member)


def _system(world: World) -> dict[str, Any]:
    return {"owner": None, "team": None, "created_at": world.founded[0], "created_by": None}


def _person(world: World, member: Member) -> dict[str, Any]:
    person = member.person
    return {
        **_system(world),
        "id": member.id,
        "name": person.name,
        "email": world.home.email(person),
        "lang": person.lang,
        "zone": person.zone,
        "calendar": person.calendar,
        "theme": person.theme,
        "roles": [IDS[person.role]],
        "team": member.team,
        "manager": world.cast[person.manager].id if person.manager else None,
        "phone": person.phone,
        "title": person.title,
        "active": True,
    }
