"""Two letters find a text wherever they stand in it, though no index has words so short."""

from __future__ import annotations

import pytest
from sqlalchemy import Connection
from uuid_utils.compat import uuid7

from server.core.db import reading
from server.core.pairs import with_pair
from server.core.reading import FEW, Asked, Reader
from server.core.registry import registry
from server.core.text import words
from tests.people import Stage

TEXTS = ("Qz first", "Middle aqzb word", "At the end qz", "Opens aqz more", "Q z apart", "דן")


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
        assert found(teams, connection, "qz") == set(TEXTS[:4])
        assert found(teams, connection, "דן") == {"דן"}
        assert found(teams, connection, '"%') == set()
        assert found(teams, connection, "xw") == set()


def test_what_most_have_is_not_looked_up(teams: Stage) -> None:
    with reading() as connection:
        if connection.dialect.name == "sqlite":
            assert with_pair(connection, "team", "qz", FEW) is not None
            assert with_pair(connection, "team", "qz", 0) is None
