"""How full each role's days are, whatever the size of the organisation."""

from collections.abc import Iterator
from itertools import zip_longest
from typing import NamedTuple, TypeVar

from server.demo.world import Member, World

T = TypeVar("T")


class Load(NamedTuple):
    """Open tasks by when they are due."""

    overdue: int
    today: int
    week: int
    later: int
    undated: int


OPEN_TASKS = {
    "seller": Load(3, 4, 6, 5, 2),
    "technician": Load(1, 5, 9, 3, 0),
    "manager": Load(2, 3, 4, 4, 2),
    "office": Load(2, 4, 6, 4, 3),
    "admin": Load(1, 2, 3, 2, 2),
}

TASK_KINDS = {
    "seller": {"call": 34, "quote": 22, "mail": 14, "visit": 14, "paperwork": 11, "other": 5},
    "technician": {"service": 55, "visit": 25, "delivery": 17, "other": 3},
    "manager": {"call": 40, "paperwork": 25, "quote": 20, "mail": 10, "other": 5},
    "office": {"paperwork": 45, "mail": 20, "delivery": 15, "call": 15, "other": 5},
    "admin": {"paperwork": 50, "mail": 20, "other": 30},
}

# Days back of activities everybody has: 0 is earlier today, "later" today still to come.
ACTIVITY_DAYS: dict[str, list[int | str]] = {
    "seller": ["later", 0, -1, 0, 1, -2, 1, 2, -4, 3, -8],
    "technician": ["later", 0, -1, 1, -2, 1, 2, -3],
    "manager": ["later", 0, -1, 1, 2, -5],
    "office": [0, -1, 1, -3, 2],
    "admin": [1, -2],
}

ACTIVITY_KINDS = {
    "seller": {"call": 48, "meeting": 16, "mail": 18, "visit": 10, "note": 8},
    "technician": {"visit": 75, "call": 15, "note": 10},
    "manager": {"meeting": 35, "call": 40, "mail": 20, "note": 5},
    "office": {"call": 45, "mail": 45, "note": 10},
    "admin": {"call": 40, "mail": 40, "note": 20},
}


def in_turns(world: World, plan: dict[str, list[T]]) -> Iterator[tuple[Member, T]]:
    """Everybody's first, then everybody's second…, so that a plan cut short is shared fairly."""
    cast = list(world.cast.values())
    for row in zip_longest(*(plan[member.person.role] for member in cast)):
        for member, item in zip(cast, row, strict=True):
            if item is not None:
                yield member, item
