"""Carry the demo organisations through a door; which door is the caller's business."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import TypeVar

from server.demo.generate import FULL, SPARSE, Ratios, organisation, rival
from server.demo.story import MAAYAN, RIVAL, Home
from server.demo.world import Row

Org = TypeVar("Org")

LARGE = 10_000


def load(
    make_organisation: Callable[[Home], Org],
    insert: Callable[[Org, Iterable[Row]], object],
    now: datetime,
    *,
    accounts: int = 400,
    ratios: Ratios | None = None,
    seed: int = 1,
) -> tuple[Org, Org]:
    """Make both organisations and insert their records; gives them, the demo's first.

    From LARGE accounts on there are only accounts and a few contacts, unless `ratios` says more.
    """
    ratios = ratios or (FULL if accounts < LARGE else SPARSE)
    demo = make_organisation(MAAYAN)
    insert(demo, organisation(now, accounts=accounts, seed=seed, ratios=ratios))
    stranger = make_organisation(RIVAL)
    insert(stranger, rival(now, seed))
    return demo, stranger
