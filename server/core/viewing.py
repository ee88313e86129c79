"""A person with team, branch and everybody below, as permissions see one; at every request."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, bindparam, literal, null, select, union_all

from .ledger import Feed
from .people import Person, Team
from .permissions import Viewer, held_keys

PERSON: Any = Person.__table__
TEAM: Any = Team.__table__
FEED: Any = Feed.__table__


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
            "held": sorted(held_keys(viewer))}  # fmt: skip
    return frozenset(connection.execute(FAR, {"org": viewer.org, **keys}).scalars())


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


AROUND, FAR = union_all(_teams(), _below()), _unheld()  # built once
