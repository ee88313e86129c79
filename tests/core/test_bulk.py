"""What the door's wide wing writes is what the door writes, column by column."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from sqlalchemy import Connection, inspect, select
from uuid_utils.compat import uuid7

from server.core import door
from server.core.bulk import PORTION, bulk
from server.core.clock import now_ms
from server.core.db import db, reading, writing
from server.core.ledger import Feed, Op
from server.core.registry import registry
from tests import samples
from tests.people import Stage

FEED: Any = Feed.__table__
OPS: Any = Op.__table__
File = list[tuple[str, dict[str, Any]]]
MADE = re.compile(r"C-\d{5}|c-\d{5}")  # autonumbers, and how search text has them
TIMES = ("created_at", "updated_at")


def written(connection: Connection, file: File) -> list[Any]:
    """Every column of a file's rows and of the feed; ids by what they are of, and what is of its
    moment alone (place, version, clock, number) as words."""
    names = {values["id"]: kind for kind, values in file}
    found = []
    for kind, values in file:
        table = registry[kind].table
        query = select(table).where(table.c.id == values["id"])
        row = dict(connection.execute(query).one()._mapping)
        ver = row.pop("ver")
        del row["n"]
        clock = json.loads(row.pop("clk"))
        assert clock == {"*": [ver, clock["*"][1], "web:server"]}
        doc = json.loads(row["doc"])
        for name in TIMES:
            assert doc[name] == row.pop(name)
            doc[name] = name
        row["doc"] = doc
        told = select(FEED).where(FEED.c.rec == values["id"]).order_by(FEED.c.key)
        feed = [dict(one._mapping) for one in connection.execute(told)]
        assert {one.pop("ver") for one in feed} == {ver}
        text = json.dumps([kind, row, feed], sort_keys=True)
        for id_, name in names.items():
            text = text.replace(id_, name)
        found.append(json.loads(MADE.sub("NUMBER", text)))  # an id may look like a number too
    return found


def through_the_door(stage: Stage, file: File) -> None:
    author = door.Author(stage.cast.viewer("olive"), "web:server", trusted=True)
    ops = [
        {"id": values["id"], "k": "new", "type": kind, "rec": values["id"], "base": 0,
         "t": now_ms(), "v": {name: v for name, v in values.items() if name != "id"}}
        for kind, values in file
    ]  # fmt: skip
    assert {result.status for result in door.write(author, ops)} == {"ok"}


@pytest.mark.parametrize("n", range(4))
def test_bulk_writes_what_the_door_writes(fresh: Stage, n: int) -> None:
    wide, narrow = (samples.file(fresh.whose("olive"), n) for _ in range(2))
    with writing() as connection:
        assert bulk(connection, 1, wide, fresh.cast["olive"]) == len(wide)
    through_the_door(fresh, narrow)
    with reading() as connection:
        assert written(connection, wide) == written(connection, narrow)
        # Nobody made these operations: the ledger has none, and nothing was changed.
        ids = [values["id"] for _, values in wide]
        assert connection.execute(select(OPS).where(OPS.c.rec.in_(ids))).first() is None
        change = registry["change"].table
        both = [values["id"] for _, values in wide + narrow]
        assert connection.execute(select(change).where(change.c.rec.in_(both))).first() is None


def test_several_portions_are_written_like_one(fresh: Stage) -> None:
    whose = fresh.whose("olive")
    same = {"kind": "company", "tags": ["vip"], "owner": whose.person, "team": whose.team}

    def accounts(some: int) -> File:
        names = [f"כהן {n}" for n in range(some)]
        return [("account", {"id": str(uuid7()), "name": name, **same}) for name in names]

    wide, narrow = accounts(PORTION + 2), accounts(1)
    with writing() as connection:
        bulk(connection, 1, wide, fresh.cast["olive"])
    through_the_door(fresh, narrow)
    table = registry["account"].table
    with reading() as connection:
        assert written(connection, wide[:1]) == written(connection, narrow)
        mine = table.c.id.in_([values["id"] for _, values in wide[-5:]])
        query = select(table.c.name, table.c.number, table.c.n).where(mine).order_by(table.c.n)
        last = connection.execute(query).all()
    assert [row.name for row in last] == [values["name"] for _, values in wide[-5:]]
    numbers = [int(row.number[2:]) for row in last]
    assert numbers == list(range(numbers[0], numbers[0] + 5))


def indexes() -> list[tuple[Any, ...]]:
    """Every table's, with the columns and the condition of each."""
    return [
        (table, one["name"], one["column_names"], str(one["dialect_options"].get("sqlite_where")))
        for table in db.metadata.tables for one in inspect(db.engine).get_indexes(table)
    ]  # fmt: skip


def test_tables_have_their_indexes_again(fresh: Stage) -> None:
    """SQLite makes them anew after a first load: the second is searched and sorted like it."""
    before = indexes()
    for word in ("First", "Second"):
        fresh.file("olive", word=word)
    assert indexes() == before
    browser = fresh.browser("olive")
    for word in ("First", "Second"):
        assert f"{word} name" in browser.get(f"/accounts/?q={word}").text
