"""What happens away from the devices: an administrator at her desk, time, late and doubled
requests."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from sqlalchemy import select

from server.core import door
from server.core.bulk import bulk
from server.core.db import reading, writing
from server.core.ledger import Organisation
from server.core.registry import registry
from server.core.roles import IDS

from .house import ROLES, TEAM_NAMES
from .network import Lost
from .promises import watch_replay
from .script import PEOPLE, Step
from .world import World

DAY = 86_400_000
GIANT = 120  # records: more than one page of a phone's database


def version(world: World) -> int:
    c = Organisation.__table__.c
    with reading() as connection:
        found: int = connection.execute(select(c.ver).where(c.id == world.house.org)).scalar_one()
        return found


def _records(world: World, kind: str) -> list[str]:
    c = registry[kind].table.c
    with reading() as connection:
        query = select(c.id).where(c.org == world.house.org).order_by(c.id)
        return list(connection.execute(query).scalars())


def _born(kind: str, rec: str) -> int:
    c = registry[kind].table.c
    with reading() as connection:
        clocks = json.loads(connection.execute(select(c.clk).where(c.id == rec)).scalar_one())
        return int(clocks["*"][0])


def _write(world: World, kind: str, rec: str, ago: int = 0, **fields: Any) -> None:
    """Through a page without a worker; the form was opened `ago` versions before."""
    base = max(_born(kind, rec), version(world) - ago)
    ops = [
        {"id": world.house.id(), "k": "set", "type": kind, "rec": rec, "f": f, "v": v,
         "base": base, "t": world.server.now}
        for f, v in fields.items()
    ]  # fmt: skip
    door.write(door.Author(world.house.viewer("ada"), "web:desk"), ops)


def team(world: World, step: Step) -> None:
    who, where = world.house[PEOPLE[step.a % 5]], world.house[TEAM_NAMES[step.b % 3]]
    _write(world, "person", who, team=where)


def role(world: World, step: Step) -> None:
    _write(world, "person", world.house[PEOPLE[step.a % 5]], roles=[IDS[ROLES[step.b % 5]]])


def boss(world: World, step: Step) -> None:
    """Somebody reports to another from now on, in a circle too, or to nobody."""
    whom = world.house[PEOPLE[step.b % 5]] if step.b % 4 else None
    _write(world, "person", world.house[PEOPLE[step.a % 5]], manager=whom)


def move(world: World, step: Step) -> None:
    """A file goes to somebody else, often of another team."""
    recs = _records(world, "account")
    whose = world.house[PEOPLE[step.b % 5]] if step.b % 6 else None
    team = world.house[TEAM_NAMES[step.b % 3]]
    _write(world, "account", recs[step.a % len(recs)], owner=whose, team=team)


def edit(world: World, step: Step) -> None:
    recs = _records(world, "account")
    value = f"City {world.token()}"
    _write(world, "account", recs[step.a % len(recs)], step.b % 4, city=value)


def assign(world: World, step: Step) -> None:
    recs, who = _records(world, "task"), world.house[PEOPLE[step.b % 5]]
    if recs:
        _write(world, "task", recs[step.a % len(recs)], step.b % 4, assignee=who)


def shape(world: World, step: Step) -> None:
    """A field was added, or taken back: everything held has to come again."""
    world.server.shape = ("", "-new")[step.b % 2]


def tick(world: World, step: Step) -> None:
    world.server.now += step.a * 60_000


def day(world: World, step: Step) -> None:
    world.server.now += DAY + 3_600_000


def giant(world: World, step: Step) -> None:
    """One version with more records than any page has room for."""
    whose = {"owner": world.house["olive"], "team": world.house["north"]}
    rows = [
        ("account", {"id": world.house.shuffled_id(), "name": f"Giant {n}"} | whose)
        for n in range(GIANT)
    ]
    with writing() as connection:
        bulk(connection, world.house.org, rows, None)


def deliver(world: World, step: Step) -> None:
    late = world.network.late
    if late:
        try:
            world.network.deliver(late.pop(step.a % len(late)))
        except Lost:
            return


def replay(world: World, step: Step) -> None:
    sent = world.network.sent
    if sent:
        watch_replay(world, sent[step.a % len(sent)], lambda: version(world))


SCOPES = (team, role, boss, move)  # what changes who may hold what
STEPS: dict[str, Callable[[World, Step], None]] = {
    "office_team": team, "office_role": role, "office_boss": boss, "office_move": move,
    "office_edit": edit, "office_assign": assign, "shape": shape, "tick": tick, "day": day,
    "giant": giant, "deliver": deliver, "replay": replay,
}  # fmt: skip
