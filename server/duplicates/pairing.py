"""Which records are worth comparing: those that share a phone or an address, whose names sound the
same, or but for one sound. So that of very many records each is compared with few."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from itertools import combinations, islice, product

from server.core.skeleton import readings

from .scoring import LEAST, Known, Scorer, Why

BUSY, CROWD = 20, 60  # records that share one value; one sound: beyond, it tells nobody apart
SPELLINGS = 16  # of one name
SHORTEST = 5  # sounds of a name of which one may be missing
Pair = tuple[str, str]
Keys = Callable[[Known], Iterator[str]]


def pairs(scorer: Scorer, records: list[Known]) -> dict[Pair, tuple[int, Why]]:
    """Those that may be about the same one, a before b."""
    found: dict[Pair, tuple[int, Why]] = {}
    for keys, most in ((_shared, BUSY), (_sounds, CROWD), (_but_one, BUSY)):
        for block in _blocks(records, keys, most):
            for one, other in combinations(block, 2):
                pair = (min(one.id, other.id), max(one.id, other.id))
                alike = len(block) if keys is _sounds else 1
                if pair not in found:
                    sure, why = scorer.score(one, other, alike)
                    if sure >= LEAST:
                        found[pair] = sure, why
    return found


def _blocks(records: list[Known], keys: Keys, most: int) -> Iterator[list[Known]]:
    blocks: dict[int, list[int]] = defaultdict(list)
    for n, record in enumerate(records):
        for key in set(keys(record)):
            blocks[hash(key)].append(n)
    for block in blocks.values():
        if 1 < len(block) <= most:
            yield [records[n] for n in block]


def _shared(record: Known) -> Iterator[str]:
    for values in record.values.values():
        yield from values


def _sounds(record: Known) -> Iterator[str]:
    """Every way to read the name, whatever the order of its words."""
    words = [[one for one in readings(word) if one] or [word] for word in record.words]
    for spelling in islice(product(*words), SPELLINGS) if words else ():
        yield " ".join(sorted(spelling))


def _but_one(record: Known) -> Iterator[str]:
    """The name as it sounds, and without any one of its sounds."""
    whole = "".join(readings(word)[0] for word in record.words)
    if len(whole) >= SHORTEST:
        yield whole
        yield from (whole[:n] + whole[n + 1 :] for n in range(len(whole)))
