"""What the address of a list asks for. Nothing is ignored in silence: a misspelt filter would
otherwise give everything."""

from __future__ import annotations

import re
from collections.abc import Iterable

from werkzeug.datastructures import MultiDict

from server.core import text
from server.core.conditions import NUMBERS, STRETCHES, Wanted, number
from server.core.entity import Entity, Field
from server.core.kinds import REFERENCES, UUID
from server.core.reading import Asked
from server.core.rights import Rights
from server.core.sights import masked

from ..window import unpack
from .base import Bad, signed

OWN = ("q", "sort", "limit", "after", "fields")
ALWAYS = ("owner", "team", "created_at", "updated_at")
USUAL, MOST = 50, 200  # records of a page
LONGEST = 200  # characters of a search or a value
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2}:[0-9]{2}Z)?")


def filters_of(entity: Entity, rights: Rights) -> list[str]:
    """Fields by which a list may be narrowed."""
    names = [*entity.filters, *(f.name for f in entity.fields.values() if f.kind in REFERENCES)]
    return _plain(entity, rights, [*names, *ALWAYS])


def sorts_of(entity: Entity, rights: Rights) -> list[str]:
    names = [*entity.sorts, entity.order[0], entity.title]
    return _plain(entity, rights, names)


def _plain(entity: Entity, rights: Rights, names: Iterable[str]) -> list[str]:
    """Those that tell nothing of what is masked."""
    secret = masked(rights, entity.type)
    return [name for name in _there(entity, rights, names) if name not in secret]


def _there(entity: Entity, rights: Rights, names: Iterable[str]) -> list[str]:
    gone = rights.hidden(entity.type)
    return [n for n in dict.fromkeys(names) if n in entity.fields and n not in gone]


def read(entity: Entity, query: MultiDict[str, str]) -> tuple[Asked, list[str] | None]:
    """What the reader is asked, and the fields to be given. Raises Bad."""
    allowed = {*OWN, *filters_of(entity, signed().viewer.rights)}
    for name in query:
        if name not in allowed:
            offered = ", ".join(f"`{one}`" for one in sorted(allowed))
            raise Bad(400, "unknown_parameter", f"Known are {offered}.", parameter=name[:80])
    sort, down = _sort(entity, query.get("sort", ""))
    asked = Asked(
        words=text.words(text.clean(query.get("q", ""))[:LONGEST]),
        filters={n: _wanted(entity.fields[n], query.getlist(n)) for n in query if n not in OWN},
        sort=sort, descending=down, after=_after(query.get("after")),
        limit=_limit(query.get("limit", str(USUAL))),
    )  # fmt: skip
    return asked, _fields(entity, query.get("fields"))


def _sort(entity: Entity, given: str) -> tuple[str, bool]:
    name, down = given.removeprefix("-"), given.startswith("-")
    if not given:
        name, direction = entity.order
        usual = name in sorts_of(entity, signed().viewer.rights)
        return (name, direction == "desc") if usual else ("", False)
    offered = sorts_of(entity, signed().viewer.rights)
    if name not in offered:
        raise _unfit("sort", f"one of {_listed(offered)}, or such a one after `-`")
    return name, down


def _after(given: str | None) -> list[object] | None:
    found = unpack(given)
    if given and found is None:
        raise _unfit("after", "the `next` of an answer")
    return found


def _limit(given: str) -> int:
    n = number(given)
    if type(n) is not int or not 1 <= n <= MOST:
        raise _unfit("limit", f"a number from 1 to {MOST}")
    return n


def _fields(entity: Entity, given: str | None) -> list[str] | None:
    if given is None:
        return None
    names = [name.strip() for name in given.split(",")]
    there = _there(entity, signed().viewer.rights, names)
    if unknown := [name for name in names if name not in there]:
        raise _unfit("fields", f"names of fields, but not {unknown[0][:80]!r}")
    return names


def _wanted(field: Field, given: list[str]) -> Wanted:
    values = [text.clean(one) for one in given]
    for value in values:
        if not value or len(value) > LONGEST or not _fits(field, value):
            raise _unfit(field.name, _expected(field))
    return values[0] if len(values) == 1 else values


def _fits(field: Field, value: str) -> bool:
    if field.kind == "bool":
        return value in ("true", "false")
    if field.kind in STRETCHES:
        ends = [end for end in value.split("..", 1) if end]
        return bool(ends) and all(_is_end(field, end) for end in ends)
    if field.kind in REFERENCES:
        return UUID.fullmatch(value) is not None
    return value in field.values if field.choices else True


def _is_end(field: Field, end: str) -> bool:
    return number(end) is not None if field.kind in NUMBERS else bool(DAY.fullmatch(end))


def _expected(field: Field) -> str:
    if field.kind == "bool":
        return "`true` or `false`"
    if field.kind in NUMBERS:
        return "a number, or `from..to`"
    if field.kind in STRETCHES:
        return "a date such as `2026-03-21`, an instant, or `from..to`"
    if field.kind in REFERENCES:
        return "the id of a record"
    return f"one of {_listed(sorted(field.values))}" if field.choices else "a short text"


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _unfit(name: str, expected: str) -> Bad:
    return Bad(400, "bad_parameter", f"`{name}` must be {expected}.", parameter=name)
