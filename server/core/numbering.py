"""Autonumbers: given by the server when a record is born, within the transaction that keeps it. So
what is not kept takes no number, and no two records have the same.

A pattern is a text with zeros in braces, as many as the number has digits at least: C-{00000}. With
{YYYY}, {YY} or {MM} in it the numbers begin anew with each year or month of the organisation."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from itertools import count, islice
from typing import Any

from sqlalchemy import Connection

from .clock import instant
from .entity import Entity, Field
from .persisting import take_numbers
from .work import Work
from .zones import local

DATED = re.compile(r"\{(YYYY|YY|MM)\}")
ZEROS = re.compile(r"\{(0{1,12})\}")
LONGEST = 40
Reserved = tuple[str, int, str, int]  # see `around`; and the first number


def fits(pattern: Any) -> bool:
    """Is it a pattern?"""
    if not isinstance(pattern, str) or len(pattern) > LONGEST or len(ZEROS.findall(pattern)) != 1:
        return False
    rest = ZEROS.sub("", DATED.sub("", pattern))
    months_alone = "{MM}" in pattern and "{YY" not in pattern  # they would come twice
    return "{" not in rest and "}" not in rest and not months_alone


def around(pattern: str, day: str) -> tuple[str, int, str]:
    """What stands before a number, how many digits it has at least, and what comes after; `day` is
    today in the organisation's zone."""
    parts = {"YYYY": day[:4], "YY": day[2:4], "MM": day[5:7]}
    head, zeros, tail = ZEROS.split(DATED.sub(lambda found: parts[found[1]], pattern))
    return head, len(zeros), tail


def series(entity: Entity, field: Field, pattern: str, day: str) -> str:
    """The name of the counter: another one for each stretch of time that the pattern tells."""
    if not field.custom:
        return entity.type
    told = day[:7] if "{MM}" in pattern else day[:4] if "{YY" in pattern else ""
    name = f"{entity.type}.{field.name}"
    short = hashlib.sha256(name.encode()).hexdigest()[:32] if len(name) > 48 else name
    return f"{short}:{told}" if told else short


def give(connection: Connection, organisation: Any, now: int, born: Iterable[Work]) -> None:
    """Numbers for the newly born, in the order of their coming."""
    day = day_of(instant(now), organisation.zone)
    waiting: dict[tuple[str, str], list[Work]] = {}
    for work in born:
        for field in work.entity.numbered:
            waiting.setdefault((work.entity.type, field.name), []).append(work)
    for (_, name), works in waiting.items():
        given = take(connection, organisation.id, works[0].entity, name, day, len(works))
        for work, number in zip(works, given, strict=True):
            work.doc[name] = number


def day_of(at: str, zone: str) -> str:
    """The day of an instant where the organisation is."""
    there = local(at, zone)
    return there[0] if there else at[:10]


def take(
    connection: Connection, org: int, entity: Entity, name: str, day: str, how_many: int
) -> list[str]:
    """The next numbers of a field for records that are made on a day."""
    return [*islice(texts(reserve(connection, org, entity, name, day, how_many)), how_many)]


def reserve(
    connection: Connection, org: int, entity: Entity, name: str, day: str, how_many: int
) -> Reserved:
    """The same, to be written later or elsewhere."""
    field = entity.fields[name]
    pattern = field.pattern or "{0}"
    numbers = take_numbers(connection, org, series(entity, field, pattern, day), how_many)
    return (*around(pattern, day), numbers[0])


def texts(reserved: Reserved) -> Iterator[str]:
    """One after another, as many as were reserved and more."""
    head, least, tail, first = reserved
    return (f"{head}{number:0{least}}{tail}" for number in count(first))
