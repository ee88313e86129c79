"""Two organisations, record by record, each after those it refers to (but for a team's lead)."""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from server.demo.accounts import Accounts
from server.demo.activities import Activities
from server.demo.contacts import Contacts
from server.demo.reach import Reach
from server.demo.story import MAAYAN, RIVAL, Home
from server.demo.structure import structure
from server.demo.tasks import Tasks
from server.demo.tongue import Tongue
from server.demo.words import WORDS
from server.demo.world import Row, World


class Ratios(NamedTuple):
    """How many records of a type for each account."""

    contacts: float
    activities: float
    tasks: float


FULL = Ratios(2.25, 3.75, 1.5)
SPARSE = Ratios(0.2, 0, 0)


def organisation(
    now: datetime, *, accounts: int = 400, seed: int = 1, ratios: Ratios = FULL
) -> Iterator[Row]:
    """The demo organisation: (type, {id, **fields}); the same for the same arguments.

    Raises ValueError for a `now` without a zone.
    """
    return _records(MAAYAN, now, accounts, seed, ratios)


def rival(now: datetime, seed: int = 1) -> Iterator[Row]:
    """A small organisation next door, of which the first must never see anything."""
    return _records(RIVAL, now, RIVAL.book, seed, FULL)


def _records(home: Home, now: datetime, accounts: int, seed: int, ratios: Ratios) -> Iterator[Row]:
    world = World(home, now, seed)
    tongues = {lang: Tongue(world.rng, lang) for lang in WORDS}
    yield from structure(world)
    if not accounts:
        return
    yield from Accounts(world, tongues).make(accounts)
    yield from Contacts(world, tongues).make(round(accounts * ratios.contacts))
    if ratios.activities or ratios.tasks:
        reach = Reach(world)
        yield from Activities(world, reach).make(round(accounts * ratios.activities))
        yield from Tasks(world, reach).make(round(accounts * ratios.tasks))
