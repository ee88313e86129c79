"""What the indexes of trigrams tell of the words of a search."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from sqlalchemy import Select, select, text

from .entity import Entity
from .pairs import along_trigrams, with_pair
from .roads import SHORTEST, has, trigrams

if TYPE_CHECKING:
    from .reading import Reader


def by_words(reader: Reader, entity: Entity, words: list[str], most: int) -> Iterator[Select[Any]]:
    """Asks an index for `n` of what may have the words, if it helps with so many records."""
    t = entity.table.c
    long = [word for word in words if len(word) >= SHORTEST]
    if long and reader.lite:
        phrase = " AND ".join(f'"{three}"' for word in long for three in trigrams(word))
        match = text(f"{entity.table.name}_fts MATCH :phrase").bindparams(phrase=phrase)
        source = text(f"{entity.table.name}_fts")
        yield select(text("rowid")).select_from(source).where(match)
    elif long:
        clauses = [t.search.contains(word, autoescape=True) for word in long]
        yield select(t.n).where(*clauses)
    pair = next((word for word in words if len(word) == SHORTEST - 1), None)
    if pair and not long:
        yield from _with_pair(reader, entity, pair, most)


def _with_pair(reader: Reader, entity: Entity, pair: str, most: int) -> Iterator[Select[Any]]:
    """Where no index helps PostgreSQL, one look at all rows, in which a frequent pair soon
    shows, is quicker than a walk along each stretch of the order."""
    t, org = entity.table.c, reader.viewer.org
    if reader.lite:
        probe = with_pair(reader.connection, entity.table.name, pair, most, reader.terms)
    else:
        probe = along_trigrams(entity.table, org, pair)
        if probe is None:
            probe = select(t.n).where(t.org == org, has(entity.table, pair, reader.lite))
    if probe is not None:
        yield probe
