"""Two letters find a text wherever they stand in it, though no index has words so short."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import Connection
from uuid_utils.compat import uuid7

from server.core import picking
from server.core.db import reading
from server.core.pairs import with_pair
from server.core.reading import FEW, Asked, Reader
from server.core.registry import registry
from server.core.text import words
from tests.people import Stage

TEXTS = (
    "Qz first", "Middle aqzb word", "At the end qz", "Opens aqz more", "(aqz-b", "an odd qzþ",
    "qzא", "Q z apart", "דן", "כהן דנה", "حسن", "محسنی", "ἀλήθεια", "æther",
)  # fmt: skip


def found(stage: Stage, connection: Connection, query: str) -> set[str]:
    reader = Reader(connection, stage.cast.viewer("olive"), "en")
    rows, _ = reader.page(registry["team"], Asked(words=words(query)), held=False)
    return {row["name"] for row in rows}


@pytest.fixture
def teams(fresh: Stage) -> Stage:
    """Teams, whose search text is their name alone."""
    rows = [("team", {"id": str(uuid7()), "name": text}) for text in TEXTS]
    fresh.bulk("olive", rows)
    return fresh


def test_two_letters_anywhere(teams: Stage) -> None:
    with reading() as connection:
        if connection.dialect.name == "postgresql":  # along its indexes, as in a large table
            connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
        assert found(teams, connection, "qz") == set(TEXTS[:7])
        assert found(teams, connection, "דן") == {"דן"}
        assert found(teams, connection, "דנ") == found(teams, connection, "נה") == {"כהן דנה"}
        assert found(teams, connection, "سن") == {"حسن", "محسنی"}
        assert found(teams, connection, "ني") == {"محسنی"}  # Arabic's yeh for Persian's
        assert found(teams, connection, "λη") == {"ἀλήθεια"}
        assert found(teams, connection, "AE") == {"æther"}
        assert found(teams, connection, '"%') == set()
        assert found(teams, connection, "xw") == set()


def test_what_most_have_is_not_looked_up(teams: Stage) -> None:
    with reading() as connection:
        if connection.dialect.name == "sqlite":
            assert with_pair(connection, "team", "qz", FEW) is not None
            assert with_pair(connection, "team", "qz", 0) is None


@pytest.mark.parametrize("most", [0, 10**6])
def test_what_many_have_but_few_of_the_first_stretch(
    fresh: Stage, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    """Latin comes first to who reads English; all but one of the Hebrew words stand behind it."""
    monkeypatch.setattr(picking, "QUICK", most)
    monkeypatch.setattr(picking, "MOST", most)
    others = [f"Team {n}" for n in range(FEW + 20)] + ["zz קבוצה"]
    many = [f"קבוצה {n}" for n in range(FEW + 20)]
    rows = [("team", {"id": str(uuid7()), "name": name}) for name in others + many]
    fresh.bulk("olive", rows)
    with reading() as connection:
        reader = Reader(connection, fresh.cast.viewer("olive"), "en")
        for query in ("קבוצה", "בו"):
            asked = Asked(words=words(query), limit=5)
            first, after = reader.page(registry["team"], asked, held=False)
            assert [row["name"] for row in first] == ["zz קבוצה", *many[:4]]
            rest, _ = reader.page(registry["team"], replace(asked, after=after), held=False)
            assert [row["name"] for row in rest] == many[4:9]


def test_what_is_picked_goes_on_until_a_page_is_full(fresh: Stage) -> None:
    """Past what an index takes for the word and past what is not asked for, both ways."""
    scattered = "xabc bcd"  # has every trigram of the word, as SQLite's index sees it
    names = sorted(f"abcd {n:05}" for n in range(FEW + 20))
    rows = [("team", {"id": str(uuid7()), "name": f"aaa {n:05} {scattered}"}) for n in range(500)]
    rows += [("team", {"id": str(uuid7()), "name": name}) for name in names]
    fresh.bulk("olive", rows)
    few = {"join": "or", "of": [{"field": "name", "op": "has", "values": ["9"]}]}
    with reading() as connection:
        reader = Reader(connection, fresh.cast.viewer("olive"), "en")
        for asked, told in (
            (Asked(words=["abcd"]), names),
            (Asked(words=["abcd"], descending=True), names[::-1]),
            (Asked(words=["abcd"], where=few), [name for name in names if "9" in name]),
        ):
            found: list[str] = []
            after = None
            while after or not found:
                asked = replace(asked, after=after, limit=300)
                part, after = reader.page(registry["team"], asked, held=False)
                found += [row["name"] for row in part]
            assert found == told
        nowhere = Asked(words=["abcd"], after=["\uffff", "x"])
        assert reader.page(registry["team"], nowhere, held=False) == ([], None)
