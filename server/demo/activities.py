"""Activities: what happened with customers, and what is planned."""

from collections.abc import Iterator
from itertools import islice
from typing import Any

from server.demo.plans import ACTIVITY_DAYS, in_turns
from server.demo.reach import Reach
from server.demo.scripts import Happening, happenings, plans
from server.demo.when import Stamp
from server.demo.world import Known, Member, Row, World


class Activities:
    def __init__(self, world: World, reach: Reach) -> None:
        rng = world.rng
        self._world = world
        self._reach = reach
        sorts = {m.id: (m.person.lang, m.person.role) for m in world.cast.values()}
        past = {sort: happenings(rng, *sort) for sort in dict.fromkeys(sorts.values())}
        ahead = {sort: plans(rng, *sort) for sort in past}
        self._happened = {person: past[sort] for person, sort in sorts.items()}
        self._planned = {person: ahead[sort] for person, sort in sorts.items()}

    def make(self, count: int) -> Iterator[Row]:
        made = 0
        for member, day in islice(in_turns(self._world, ACTIVITY_DAYS), count):
            made += 1
            yield "activity", self._near(member, day)
        for _ in range(count - made):
            yield "activity", self._past()

    def _near(self, member: Member, day: int | str) -> dict[str, Any]:
        calendar = self._world.calendar
        account = self._reach.account(member)
        if isinstance(day, int) and day >= 0:
            at = calendar.on(day)
            return self._record(member, account, at, at, next(self._happened[member.id]))
        made = calendar.on(self._world.rng.randint(1, 9))
        at = calendar.on(day) if isinstance(day, int) else calendar.later_today()
        return self._record(member, account, at, made, next(self._planned[member.id]))

    def _past(self) -> dict[str, Any]:
        """Some accounts are talked to far more than others, and lately more than long ago."""
        world = self._world
        luck = world.rng.random
        account = world.accounts[int(len(world.accounts) * luck() ** 2)]
        shape = account.shape
        at = max(shape.born, world.calendar.on(int(shape.age * luck() ** 1.7)))
        author = self._reach.author(account)
        return self._record(author, account, at, at, next(self._happened[author.id]))

    def _record(
        self, member: Member, account: Known, at: Stamp, made: Stamp, happening: Happening
    ) -> dict[str, Any]:
        kind, subject, minutes, outcome, body = happening
        return {
            "id": made[1] + next(self._world.tails),
            "account": account.id,
            "contact": self._reach.contact(account),
            "kind": kind,
            "subject": subject,
            "at": at[0],
            "duration": minutes,
            "outcome": outcome,
            "body": body,
            "owner": member.id,
            "team": member.team,
            "created_at": made[0],
            "created_by": member.id,
        }
