"""How much two names are alike, in percent, whatever they are written in. Equal to
pwa/views/likeness.js."""

from __future__ import annotations

import re
from functools import lru_cache

from rapidfuzz.distance import OSA

from .skeleton import name_words, readings

SOUNDS_ALIKE, ALIKE, ELSEWHERE, DOUBTFUL = 60, 90, 95, 70
LEAST = 75  # of two spellings in one script
DIGITS = re.compile("[0-9]")
SCRIPTS = (re.compile("[a-z]"), re.compile("[א-ת]"), re.compile("[ء-ی]"), re.compile("[а-я]"))
# What a word ends in, as far as scripts agree on it: ה is an a or nothing, ی an i or an a.
ENDINGS = (
    (re.compile("(?:[aeא]|[aeo]h)$"), "a"), (re.compile("[iy]$"), "i"), (re.compile("[ou]$"), "o"),
    (re.compile("[הاهعעحح]$"), "a-"), (re.compile("י$"), "i"), (re.compile("ی$"), "ia"),
    (re.compile("[וو]$"), "o-"), (re.compile("[חh]$"), "-a"),
)  # fmt: skip


def likeness(one: str | None, other: str | None) -> int:
    """0 to 100. Numbers have to be the same; a name with more words is less like."""
    return words_alike(name_words(one), name_words(other))


def words_alike(here: list[str], there: list[str]) -> int:
    """The same of names that were taken apart before."""
    if not here or not there or _numbers(here) != _numbers(there):
        return 0
    apart = 2 * _paired(here, there) // (len(here) + len(there))
    joined = _word("".join(here), "".join(there)) if len(here) != len(there) else 0
    return max(apart, joined)


def _numbers(words: list[str]) -> list[str]:
    return sorted(word for word in words if DIGITS.search(word))


def _paired(here: list[str], there: list[str]) -> int:
    """The sum of the best pairs, each word in one of them."""
    pairs = [(-_word(a, b), min(a, b), max(a, b), i, j)
             for i, a in enumerate(here) for j, b in enumerate(there)]  # fmt: skip
    total, taken = 0, set[tuple[int, int]]()
    for less, _, _, i, j in sorted(pairs):
        if not any(i == a or j == b for a, b in taken):
            taken.add((i, j))
            total -= less
    return total


@lru_cache(maxsize=200_000)
def _word(one: str, other: str) -> int:
    if one == other:
        return 100
    sounds = bool({*readings(one)} & {*readings(other)} - {""})
    if _script(one) != _script(other):
        if not sounds:
            return 0
        return ELSEWHERE if not {*_ending(one)}.isdisjoint(_ending(other)) else DOUBTFUL
    longer = max(len(one), len(other))
    same = 100 * (longer - OSA.distance(one, other)) // longer
    if sounds and same >= SOUNDS_ALIKE:
        return max(same, ALIKE)
    return same if same >= LEAST else 0


def _script(word: str) -> int:
    return next((n for n, script in enumerate(SCRIPTS) if script.search(word)), len(SCRIPTS))


def _ending(word: str) -> str:
    return next((ending for letters, ending in ENDINGS if letters.search(word)), "-")
