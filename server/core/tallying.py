"""How many of the records that a list is asked for have each value of a field."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from sqlalchemy import func, select

from .easing import eased
from .entity import Entity
from .reading import Asked, Reader
from .veiling import hides_search

FEW = 500  # where each is looked at, because words that are hidden might have found it
LOOKED = 20_000  # records that are counted one by one, which takes a moment at most


def tally(
    reader: Reader, entity: Entity, asked: Asked, held: bool, name: str
) -> tuple[dict[str | None, int], bool]:
    """The counts, and whether they are all: of very many records only the first are counted."""
    if reader.would_tell(entity, asked, name):
        return {}, True
    if asked.words and hides_search(reader.viewer.rights, entity):
        rows, more = reader.page(entity, replace(asked, limit=FEW), held)
        return Counter(row[name] for row in rows), more is None
    found: dict[str | None, int] = {}
    column = reader.ordering(entity, name).label("value")
    for query in reader.asked_for(entity, eased(entity, asked), held)[0]:
        inner = query.with_only_columns(column).limit(LOOKED).subquery()
        each = select(inner.c.value, func.count()).group_by(inner.c.value)
        for value, n in reader.connection.execute(each):
            found[value] = found.get(value, 0) + n
    return found, sum(found.values()) < LOOKED
