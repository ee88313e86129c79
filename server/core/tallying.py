"""How many records a list is asked for; and how many of them have each value of a field.

Nothing counts over everything. Where an index names all that can be meant, and they are not very
many, each is looked at; of more only the first are, and then there are at least so many.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import Any

from sqlalchemy import Select, and_, func, literal, or_, select

from . import permissions, reading
from .easing import eased
from .entity import Entity
from .opening import any_of, seen_by
from .picking import SAMPLED
from .prepared import numbered
from .probing import by_keys, probes
from .reading import Asked, Reader

FEW = 500  # where each is looked at, because words that are hidden might have found it
COUNTED = 1_000  # records that are looked at for the head of a list, of which nobody should wait
LOOKED = 5_000  # for its groups, which takes a moment at most


def count(reader: Reader, entity: Entity, asked: Asked, held: bool) -> tuple[int, bool]:
    """How many there are, and whether these are all."""
    if reader.would_tell(entity, asked):
        return 0, True
    if asked.words and reader.hides_words(entity):
        return 0, False
    found, whole = _looked_at(reader, entity, asked, held, None, COUNTED)
    return sum(found.values()), whole


def tally(
    reader: Reader, entity: Entity, asked: Asked, held: bool, name: str
) -> tuple[dict[Any, int], bool]:
    """How many have each value of the field, and whether these are all."""
    if reader.would_tell(entity, asked, name):
        return {}, True
    if asked.words and reader.hides_words(entity):
        rows, more = reader.page(entity, replace(asked, limit=FEW), held)
        return Counter(row[name] for row in rows), more is None
    return _looked_at(reader, entity, asked, held, name, LOOKED)


def _looked_at(
    reader: Reader, entity: Entity, asked: Asked, held: bool, name: str | None, most: int
) -> tuple[dict[Any, int], bool]:
    """By the value of the field, or all together by none."""
    asked, t = eased(entity, asked), entity.table.c
    value = (reader.ordering(entity, name) if name else t.deleted).label("value")
    queries, few = reader.asked_for(entity, asked, held)
    if few is not None:
        each = [query.with_only_columns(value) for query in queries]
        return _grouped(reader, each), True
    opened = (permissions.opened_on_phones if held else permissions.opened)(
        reader.viewer, entity.type, "see"
    )
    fits = or_(*(one.whereclause for one in reader.queries(entity, asked, None)))  # type: ignore[arg-type]
    fits = and_(fits, seen_by(entity, opened, reader.lite))
    source, there = _source(reader, entity, asked, any_of(opened), most)
    # Asked for beside the value, not as a condition: so no more rows than these are read.
    looked = source.with_only_columns(value, fits.label("fits")).limit(most).subquery()
    fitting = func.count().filter(looked.c.fits)
    counted = select(looked.c.value, fitting, there).group_by(looked.c.value)
    rows = reader.connection.execute(counted).all()
    return {value: n for value, n, _ in rows if n}, all(n <= most for *_, n in rows)


def _grouped(reader: Reader, queries: list[Select[Any]]) -> dict[Any, int]:
    found: dict[Any, int] = {}
    for query in queries:
        inner = query.subquery()
        counted = select(inner.c.value, func.count()).group_by(inner.c.value)
        for value, n in reader.connection.execute(counted):
            found[value] = found.get(value, 0) + n
    return found


def _source(
    reader: Reader, entity: Entity, asked: Asked, keys: frozenset[str] | None, most: int
) -> tuple[Select[Any], Any]:
    """Rows among which all are that can be meant, if an index names them and they are not very
    many; else whatever comes first. And how many there are, as far as that matters."""
    t, org = entity.table.c, reader.viewer.org
    living = select(t.n).where(*entity.here(org), t.deleted.is_(False))
    # As in reading.py: SQLite would rather walk an index of all that lives than take these
    named = select(t.n).where(t.org + 0 == org, func.coalesce(t.deleted, False).is_(False))
    named = named.where(t.type == entity.type) if entity.own else named
    found = list(probes(reader, entity, asked, most))
    if most > reading.FEW:  # else the reader has found already that they are too many
        for probe in [*found, *([] if keys is None else [by_keys(org, entity, keys)])]:
            if _are_few(reader, probe, most):
                return named.where(t.n.in_(probe)), literal(0)
        some: Any = found[0].limit(most) if found else None
    elif found:
        some = reader.some(found[0], SAMPLED)
    if found:
        return named.where(numbered(t.n, some)), literal(most + 1)
    return living, _how_many(living, most).scalar_subquery()


def _are_few(reader: Reader, rows: Select[Any], most: int) -> bool:
    return bool(reader.connection.execute(_how_many(rows, most)).scalar_one() <= most)


def _how_many(rows: Select[Any], most: int) -> Select[Any]:
    """No more than one more than are wanted."""
    return select(func.count()).select_from(rows.limit(most + 1).subquery())
