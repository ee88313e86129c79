"""Titles spelled much like the words of a search. pwa/store/alike.js finds the same on a phone.

Candidates share rare trigrams with a word (SQLite) or are alike by pg_trgm; then words are compared
letter by letter: optimal string alignment distance, where two letters that changed places count
as one mistake.
"""

from __future__ import annotations

from typing import Any

from rapidfuzz.distance import OSA
from sqlalchemy import Integer, Text, column, false, func, literal, select, text

from .entity import Entity
from .reading import Reader, Row
from .text import fold

CANDIDATES = 2_000  # rows compared letter by letter
SHORTEST = 3  # letters; a mistake in a shorter word leaves nothing to know it by
LONG = 8  # letters of a word that may have two mistakes
LIKENESS, OF_SHORT = 0.3, 0.2  # of pg_trgm, from which on a row is compared


def near(reader: Reader, entity: Entity, asked: list[str], limit: int) -> list[Row]:
    """Records whose titles have every word with few mistakes, those with the fewest first. A number
    with a mistake is another number."""
    longest = max((word for word in asked if not word.isdecimal()), key=len, default="")
    if len(longest) < SHORTEST:
        return []
    clause, order = _candidates(reader, entity, longest)
    found = []
    for id_, title in reader.titles(entity, clause, order, CANDIDATES):
        wrong = mistakes(asked, title)
        if wrong is not None:
            found.append((wrong, id_))
    ids = [id_ for _, id_ in sorted(found)[:limit]]
    rows = reader.many(entity, ids)
    return [rows[id_] for id_ in ids if id_ in rows]


def mistakes(asked: list[str], title: str | None) -> int | None:
    """How many letters are wrong, or None if a word is like none of the title's."""
    words = fold(title).split(" ")
    total = 0
    for word in asked:
        most = allowed(word)
        least = min((_distance(word, other, most) for other in words), default=most + 1)
        if least > most:
            return None
        total += least
    return total


def allowed(word: str) -> int:
    return 0 if len(word) < SHORTEST else 1 if len(word) < LONG else 2


def _distance(word: str, other: str, most: int) -> int:
    """From the word to the nearest beginning of another: people find while they type."""
    ends = range(max(len(word) - most, 1), min(len(word) + most, len(other)) + 1)
    if len(word) - most > len(other):
        return most + 1
    return min(OSA.distance(word, other[:end], score_cutoff=most) for end in ends)


def _candidates(reader: Reader, entity: Entity, word: str) -> tuple[Any, list[Any]]:
    """A clause that rows alike satisfy, and an order in which the likeliest come first."""
    if reader.lite:
        return _by_trigrams(reader, entity.table.name, word), []
    key = "pg_trgm.word_similarity_threshold"
    least = LIKENESS if len(word) >= LONG else OF_SHORT
    reader.connection.execute(select(func.set_config(key, str(least), True)))
    search = entity.table.c.search
    alike = literal(word).bool_op("<%")(search)
    # Of titles alone, which are short, and compared in the end.
    title = func.lower(entity.table.c[entity.title])
    return alike, [func.word_similarity(word, title).desc()]


def _by_trigrams(reader: Reader, table: str, word: str) -> Any:
    """Has the word's rarest trigrams, with its first and last letters among spaces."""
    padded = f" {word} "
    threes = sorted({padded[i : i + 3] for i in range(len(padded) - 2)})
    term, doc = column("term", Text), column("doc", Integer)
    known = select(term, doc).select_from(text(f"{table}_terms")).where(term.in_(threes))
    rare: list[str] = []
    rows = 0
    for three, often in reader.connection.execute(known.order_by(doc)):
        rows += often
        if rare and rows > CANDIDATES:
            break
        rare.append('"{}"'.format(three.replace('"', '""')))
    if not rare:
        return false()
    match = f"{table}.n IN (SELECT rowid FROM {table}_fts WHERE {table}_fts MATCH :rare)"  # noqa: S608
    return text(match).bindparams(rare=" OR ".join(rare))
