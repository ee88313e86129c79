"""Operations that are read while others are being committed."""

from __future__ import annotations

from collections import defaultdict
from typing import Any
from uuid import uuid4

from sqlalchemy import select

from server.core import door
from server.core.ahead import Ahead, read_all
from server.core.clock import now_ms
from server.core.db import reading
from server.core.feeding import FEED
from server.core.registry import CODE, Registry
from tests.people import Stage


def edits(many: int, city: str = "Haifa") -> list[dict[str, Any]]:
    common = {"k": "set", "type": "account", "f": "city", "v": city, "base": 0, "t": now_ms()}
    return [{**common, "id": str(uuid4()), "rec": str(uuid4())} for _ in range(many)]


def test_what_was_read_ahead_is_what_reading_gives() -> None:
    ops = [*edits(3), {"id": "no id"}]
    with Ahead() as ahead:
        ahead.begin(ops, CODE)
        assert ahead.read(ops, CODE) == read_all(ops, CODE)


def test_other_operations_or_another_registry_are_read_anew() -> None:
    ops, others = edits(3), edits(2, "Jaffa")
    empty = Registry()
    with Ahead() as ahead:
        ahead.begin(ops, CODE)
        assert ahead.read(others, CODE) == read_all(others, CODE)
        ahead.begin(ops, CODE)
        found = ahead.read(ops, empty)
        assert [op and op.problem and op.problem.code for op in found] == ["unknown_type"] * 3


def births(many: int) -> list[dict[str, Any]]:
    common = {"k": "new", "type": "account", "base": 0, "t": now_ms()}
    return [
        {**common, "id": str(uuid4()), "rec": str(uuid4()), "v": {"name": f"Acme {n}"}}
        for n in range(many)
    ]


def told(recs: list[str]) -> dict[str, set[tuple[str, int]]]:
    """Under which keys the feed tells of which version of records."""
    found = defaultdict[str, set[tuple[str, int]]](set)
    with reading() as connection:
        for rec, key, ver in connection.execute(
            select(FEED.c.rec, FEED.c.key, FEED.c.ver).where(FEED.c.rec.in_(recs), FEED.c.gone == 0)
        ):
            found[rec].add((key, ver))
    return found


def test_several_transactions_answer_each_operation_in_order(fresh: Stage) -> None:
    author, ops = door.Author(fresh.cast.viewer("olive"), "phone"), births(450)
    results = door.write(author, ops)
    assert [result.id for result in results] == [op["id"] for op in ops]
    assert {result.status for result in results} == {"ok"}
    assert len({result.ver for result in results}) == 3


def test_the_feed_tells_of_many_what_it_tells_of_one(fresh: Stage) -> None:
    author, ops = door.Author(fresh.cast.viewer("olive"), "phone"), births(90)
    recs = [op["rec"] for op in ops]
    door.write(author, ops)
    one = births(1)
    alone = door.write(author, one)[0]
    changed = [{**edit, "rec": rec} for edit, rec in zip(edits(90), recs, strict=True)]
    [ver] = {result.ver for result in door.write(author, changed)}
    [by_itself] = told([one[0]["rec"]]).values()
    keys = {key for key, _ in by_itself}
    assert by_itself == {(key, alone.ver) for key in keys} and keys
    assert told(recs) == {rec: {(key, ver) for key in keys} for rec in recs}
