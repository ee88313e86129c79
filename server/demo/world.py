"""What the makers of records share: the cast with its ids, the calendar, the accounts so far."""

from datetime import datetime
from random import Random
from typing import Any, NamedTuple

from server.demo.chance import id_tails
from server.demo.names import Dial
from server.demo.story import Home, Person
from server.demo.when import Calendar, Stamp

Row = tuple[str, dict[str, Any]]


class Member(NamedTuple):
    """One of the cast, with ids in place of keys."""

    id: str
    team: str
    person: Person


class Shape(NamedTuple):
    """What many accounts share: most of the record; `age` in days, `born` the same as a stamp,
    whether a `customer` of ours and not lost, the ranges of its telephones."""

    record: dict[str, Any]
    lang: str
    age: int
    born: Stamp
    customer: bool
    dials: list[Dial]
    mobile: Dial


class Known(NamedTuple):
    """What later records need to know of an account; `domain` is "" for persons."""

    id: str
    owner: Member
    domain: str
    shape: Shape


class World:
    def __init__(self, home: Home, now: datetime, seed: int) -> None:
        self.home = home
        self.rng = Random(f"{seed} {home.domain}")  # noqa: S311
        self.tails = id_tails(self.rng)
        self.calendar = Calendar(now, self.rng)
        self.founded = self.calendar.before(days=1190)
        self.branches = {key: self.new_id(self.founded) for key in home.branches}
        self.teams = {team.key: self.new_id(self.founded) for team in home.teams}
        self.cast = {
            person.key: Member(self.new_id(self.founded), self.teams[person.team], person)
            for person in home.people
        }
        self.accounts: list[Known] = []
        self.contacts: dict[str, list[str]] = {}

    def new_id(self, stamp: Stamp) -> str:
        """A UUIDv7 of the stamp's millisecond (RFC 9562, 5.7), its random part from the seed."""
        return stamp[1] + next(self.tails)
