"""What people write about what they did or have to do, drawn beforehand by language and role."""

from collections.abc import Iterator
from random import Random
from typing import NamedTuple

from server.demo.chance import draw, pick
from server.demo.plans import ACTIVITY_KINDS, TASK_KINDS
from server.demo.words import WORDS

_POOL = 400

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
_FIELD = {"service", "visit", "delivery"}
_PLANNABLE = {"call", "meeting", "visit"}


class Happening(NamedTuple):
    kind: str
    subject: str
    minutes: int | None
    outcome: str | None
    body: str | None


class Errand(NamedTuple):
    """`about` an account, or something of one's own."""

    kind: str
    title: str
    body: str | None
    about: bool


def happenings(rng: Random, lang: str, role: str) -> Iterator[Happening]:
    return draw(rng, [_happening(rng, lang, kind) for kind in _kinds(rng, ACTIVITY_KINDS[role])])


def plans(rng: Random, lang: str, role: str) -> Iterator[Happening]:
    """Happenings still to come, with neither outcome nor body."""
    kinds = [kind for kind in _kinds(rng, ACTIVITY_KINDS[role]) if kind in _PLANNABLE]
    return (
        happening._replace(minutes=pick(rng, _MINUTES[happening.kind]), outcome=None, body=None)
        for happening in draw(rng, [_happening(rng, lang, kind) for kind in kinds])
    )


def errands(rng: Random, lang: str, role: str) -> Iterator[Errand]:
    return draw(rng, [_errand(rng, lang, kind) for kind in _kinds(rng, TASK_KINDS[role])])


def _kinds(rng: Random, weights: dict[str, int]) -> list[str]:
    return rng.choices([*weights], [*weights.values()], k=_POOL)


def _happening(rng: Random, lang: str, kind: str) -> Happening:
    words = WORDS[lang]
    [outcome] = rng.choices([*_OUTCOMES[kind]], [*_OUTCOMES[kind].values()])
    return Happening(
        kind,
        pick(rng, words.subjects[kind]),
        None if outcome in _BRIEF else pick(rng, _MINUTES[kind]),
        outcome or None,
        pick(rng, words.bodies[f"visit.{outcome}" if kind == "visit" else outcome]),
    )


def _errand(rng: Random, lang: str, kind: str) -> Errand:
    words = WORDS[lang]
    notes = words.task_notes["field" if kind in _FIELD else ""]
    note = pick(rng, notes) if rng.random() < 0.45 else None
    return Errand(kind, pick(rng, words.tasks[kind]), note, kind != "other")
