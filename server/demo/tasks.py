"""Tasks: an open load that makes everybody's Today alive, and a past of done ones."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import islice
from typing import Any

from server.demo.chance import draw, pick
from server.demo.plans import OPEN_TASKS, Load, in_turns
from server.demo.reach import Reach
from server.demo.scripts import errands
from server.demo.when import Stamp
from server.demo.world import Known, Member, Row, World

_PRESSING = {"low": 5, "normal": 50, "high": 32, "urgent": 13}
_CALM = {"low": 22, "normal": 62, "high": 14, "urgent": 2}
_DAYS = {"overdue": (-9, -1), "today": (0, 0), "week": (1, 6), "later": (8, 60)}


def _schedule(load: Load) -> list[str]:
    """When each open task is due, the pressing ones first."""
    return [when for when, n in load._asdict().items() for _ in range(n)]


class Tasks:
    def __init__(self, world: World, reach: Reach) -> None:
        rng = world.rng
        self._world = world
        self._reach = reach
        sorts = {m.id: (m.person.lang, m.person.role) for m in world.cast.values()}
        drawn = {sort: errands(rng, *sort) for sort in dict.fromkeys(sorts.values())}
        self._errands = {person: drawn[sort] for person, sort in sorts.items()}
        self._pressing = draw(rng, [*_PRESSING], [*_PRESSING.values()])
        self._calm = draw(rng, [*_CALM], [*_CALM.values()])
        self._closed = draw(rng, ["done", "cancelled"], [88, 12])
        cast = world.cast.values()
        self._today = {m.id: world.calendar.today(m.person.zone) for m in cast}
        self._givers = [m for m in cast if m.person.role in ("office", "manager")] or [*cast]

    def make(self, count: int) -> Iterator[Row]:
        plan = {role: _schedule(load) for role, load in OPEN_TASKS.items()}
        planned = 0
        for member, when in islice(in_turns(self._world, plan), count):
            planned += 1
            yield "task", self._open(member, when)
        for _ in range(count - planned):
            yield "task", self._past()

    def _open(self, member: Member, when: str) -> dict[str, Any]:
        rng = self._world.rng
        days = rng.randint(*_DAYS[when]) if when in _DAYS else None
        made = self._world.calendar.on(max(1, -(days or 0)) + rng.randint(1, 12))
        pressing = when in ("overdue", "today")
        status = "in_progress" if pressing and rng.random() < 0.25 else "open"
        priority = next(self._pressing if pressing else self._calm)
        return self._record(member, self._reach.account(member), made, days, status, priority)

    def _past(self) -> dict[str, Any]:
        world = self._world
        luck = world.rng.random
        account = world.accounts[int(len(world.accounts) * luck())]
        back = int(account.shape.age * luck() ** 1.7)
        made = max(account.shape.born, world.calendar.on(back))
        days = min(0, -back + int(luck() * 10)) if luck() < 0.9 else None
        return self._record(
            self._reach.author(account), account, made, days, next(self._closed), next(self._calm)
        )

    def _record(
        self,
        member: Member,
        account: Known,
        made: Stamp,
        days: int | None,
        status: str,
        priority: str,
    ) -> dict[str, Any]:
        world = self._world
        kind, title, body, about = next(self._errands[member.id])
        giver = self._giver(member, account)
        due = None if days is None else (self._today[member.id] + timedelta(days=days)).isoformat()
        return {
            "id": made[1] + next(world.tails),
            "title": title,
            "kind": kind,
            "due": due,
            "priority": priority,
            "status": status,
            "assignee": member.id,
            "account": account.id if about else None,
            "contact": self._reach.contact(account) if about else None,
            "body": body,
            "owner": giver.id,
            "team": member.team,
            "created_at": made[0],
            "created_by": giver.id,
        }

    def _giver(self, member: Member, account: Known) -> Member:
        """Technicians are sent by the seller or the office, others mostly see to themselves."""
        rng = self._world.rng
        if member.person.role == "technician" and rng.random() < 0.5:
            return account.owner
        if member.person.role == "technician" or rng.random() < 0.15:
            return pick(rng, self._givers)
        return member
