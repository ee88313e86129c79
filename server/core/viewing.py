"""A person with team, branch and everybody below, as permissions see one; at every request."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sqlalchemy import (
    Connection,
    String,
    bindparam,
    cast,
    func,
    literal,
    null,
    select,
    union_all,
)

from .ledger import Feed
from .people import Person, Team
from .permissions import Viewer, held
from .rights import REST
from .roles import ROLE, rights_of

PERSON: Any = Person.__table__
TEAM: Any = Team.__table__
FEED: Any = Feed.__table__


def viewer_of(connection: Connection, org: int, person: str, doc: dict[str, Any]) -> Viewer:
    """The person with team, branch and everybody below, as permissions see one."""
    team = doc["team"]
    around: dict[str, dict[str, str]] = {"team": {}, "person": {}, "role": {}}
    of = {"org": org, "person": person, "team": team}
    for kind, id_, above in connection.execute(AROUND, of):
        around[kind][id_] = above
    below = around["person"]
    direct = frozenset(one for one, above in below.items() if above == person)
    stamp = next(iter(around["role"]), "")
    rights = rights_of(connection, org, stamp, doc["roles"])
    teams = frozenset(around["team"])
    viewer = Viewer(person, org, rights, team, teams, frozenset(below), direct)
    return replace(viewer, far=_far(connection, viewer))


def _far(connection: Connection, viewer: Viewer) -> frozenset[str]:
    """Kinds of record of which something is seen, but not held: because of work that is far."""
    far = sorted(f"f:{one}" for one in (viewer.id, *viewer.reports))
    found: set[str] = set()
    parts = held(viewer)
    for part, keys in parts.items():
        asked = {"org": viewer.org, "far": far, "held": sorted(keys)}
        kinds = set(connection.execute(FAR, asked).scalars())
        kind = part.partition(":")[0]
        found |= kinds - parts.keys() if part == REST else kinds & {kind}
    return frozenset(found)


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


def _stamp() -> Any:
    """Another text after every change of the organisation's roles."""
    c = ROLE.c
    stamp = cast(func.max(c.ver), String) + ":" + cast(func.sum(c.ver), String)
    found = select(literal("role"), func.coalesce(stamp, ""), null())
    return found.where(c.org == bindparam("org"))


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


AROUND, FAR = union_all(_teams(), _below(), _stamp()), _unheld()  # built once
