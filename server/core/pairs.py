"""Words of two letters along indexes that know three letters in a row only.

A pair opens a trigram or ends one, wherever it stands in a longer text. SQLite tells which trigrams
there are; shorter texts have an index of their own. PostgreSQL does not, but its index also has the
ends of words: so it is asked for every letter that may follow, and for none.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    Connection,
    Select,
    Table,
    TextClause,
    and_,
    func,
    literal_column,
    select,
    text,
    union_all,
)

from .trigrams import LETTERS, ODD

Known = dict[tuple[str, str], Sequence[Any]]
# Terms that open with a pair, and one after each letter that any term opens with.
TERMS = """
WITH RECURSIVE opening(letter) AS (
  SELECT (SELECT substr(term, 1, 1) FROM {t}_terms ORDER BY term LIMIT 1)
  UNION ALL
  SELECT (SELECT substr(term, 1, 1) FROM {t}_terms WHERE term >= letter || char(1114111)
          ORDER BY term LIMIT 1)
  FROM opening WHERE letter IS NOT NULL)
SELECT term, doc FROM {t}_terms WHERE term >= :pair AND term < :pair || char(1114111)
UNION SELECT term, doc FROM opening JOIN {t}_terms ON term = letter || :pair
"""
BRIEF = "SELECT n FROM {t} WHERE length(search) < 3 AND search = :pair"
# What ends a word to PostgreSQL's trigrams: all of ASCII that is neither letter nor digit.
FOLLOWING = "|".join([*LETTERS, r"[ -/:-@\[-`{-~]"])
LONGER = " UNION ALL SELECT rowid FROM {t}_fts WHERE {t}_fts MATCH :terms"


def with_pair(
    connection: Connection, table: str, pair: str, most: int, known: Known | None = None
) -> Select[Any] | None:
    """Asks for `n` of the records whose search text may have the pair; None if it is in so many
    that this is no help. `known`: what has been asked of terms before."""
    known = {} if known is None else known
    found = known.get((table, pair))
    if found is None:
        found = connection.execute(text(TERMS.format(t=table)), {"pair": pair}).all()
        known[table, pair] = found
    # A record has a pair within its text in two terms: the sum counts it twice, or more often.
    if sum(doc for _, doc in found) > 4 * most:
        return None
    terms = " OR ".join('"{}"'.format(term.replace('"', '""')) for term, _ in found)
    query = f"({BRIEF}{LONGER if found else ''}) AS found".format(t=table)
    given = {"pair": pair} | ({"terms": terms} if found else {})
    source: TextClause = text(query).bindparams(**given)
    return select(text("n")).select_from(source)


def along_trigrams(table: Table, org: int, pair: str) -> Select[Any] | None:
    """The same of PostgreSQL, three questions of which each has an index; None where it hasn't."""
    if not set(pair) <= set(LETTERS):
        return None
    search = table.c.search
    odd: Any = literal_column(f"{table.name}.search ~ '{ODD}'")
    ways = (
        search.regexp_match(f"{pair}({FOLLOWING})"), search.like(f"%{pair}"),
        and_(odd, func.strpos(search, pair) > 0),
    )  # fmt: skip
    some = (select(table.c.n).where(table.c.org == org, way) for way in ways)
    # Planned as if all were wanted: for the first few it would rather read the whole table.
    found = union_all(*some).cte("found").prefix_with("MATERIALIZED")
    return select(found.c.n)
