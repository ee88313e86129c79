"""Activities: what happened with customers, and what is planned."""

from collections.abc import Iterator
from itertools import islice
from typing import Any

from server.demo.chance import draw
from server.demo.plans import ACTIVITY_DAYS, ACTIVITY_KINDS, in_turns
from server.demo.reach import Reach
from server.demo.tongue import Tongue
from server.demo.when import Stamp
from server.demo.world import Known, Member, Row, World

_OUTCOMES = {
    "call": {
        "reached": 45,
        "no_answer": 22,
        "left_message": 12,
        "positive": 9,
        "negative": 4,
        "follow_up": 8,
    },
    "meeting": {"positive": 50, "follow_up": 35, "negative": 15},
    "visit": {"positive": 65, "follow_up": 25, "negative": 10},
    "mail": {"": 80, "follow_up": 20},
    "note": {"": 1},
}
_MINUTES: dict[str, list[int | None]] = {
    "call": [2, 3, 4, 5, 7, 8, 12, 15, 20],
    "meeting": [30, 45, 60, 60, 90],
    "visit": [30, 45, 60, 75, 90, 120, 180],
    "mail": [None],
    "note": [None],
}
_BRIEF = {"no_answer", "left_message"}


class Activities:
    def __init__(self, world: World, tongues: dict[str, Tongue], reach: Reach) -> None:
        rng = world.rng
        self._world = world
        self._tongues = tongues
        self._reach = reach
        self._kinds = {role: draw(rng, [*k], [*k.values()]) for role, k in ACTIVITY_KINDS.items()}
        self._outcomes = {kind: draw(rng, [*o], [*o.values()]) for kind, o in _OUTCOMES.items()}
        self._minutes = {kind: draw(rng, minutes) for kind, minutes in _MINUTES.items()}

    def make(self, count: int) -> Iterator[Row]:
        planned = 0
        for member, day in islice(in_turns(self._world, ACTIVITY_DAYS), count):
            planned += 1
            yield "activity", self._near(member, day)
        for _ in range(count - planned):
            yield "activity", self._past()

    def _near(self, member: Member, day: int | str) -> dict[str, Any]:
        calendar = self._world.calendar
        account = self._reach.account(member)
        if isinstance(day, int) and day >= 0:
            at = calendar.on(day)
            return self._record(member, account, at, at, done=True)
        made = calendar.on(self._world.rng.randint(1, 9))
        at = calendar.on(day) if isinstance(day, int) else calendar.later_today()
        return self._record(member, account, at, made, done=False)

    def _past(self) -> dict[str, Any]:
        """Some accounts are talked to far more than others, and lately more than long ago."""
        world = self._world
        luck = world.rng.random
        account = world.accounts[int(len(world.accounts) * luck() ** 2)]
        at = max(account.born, world.calendar.on(int(account.age * luck() ** 1.7)))
        return self._record(self._reach.author(account), account, at, at, done=True)

    def _record(
        self, member: Member, account: Known, at: Stamp, made: Stamp, *, done: bool
    ) -> dict[str, Any]:
        world = self._world
        person = member.person
        tongue = self._tongues[person.lang]
        kind = next(self._kinds[person.role])
        if not done and kind in ("mail", "note"):
            kind = "call"
        outcome = next(self._outcomes[kind]) if done else ""
        minutes = next(self._minutes[kind])
        return {
            "id": made[1] + next(world.tails),
            "account": account.id,
            "contact": self._reach.contact(account),
            "kind": kind,
            "subject": next(tongue.subjects[kind]),
            "at": at[0],
            "duration": None if outcome in _BRIEF else minutes,
            "outcome": outcome or None,
            "body": next(tongue.bodies[outcome]) if done else None,
            "owner": member.id,
            "team": member.team,
            "created_at": made[0],
            "created_by": member.id,
        }
