"""What a list asks is found along an index, whatever it is filtered by: the plans say so."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import Connection, Select

from server.core.db import reading
from server.core.entity import Entity
from server.core.probing import probes
from server.core.reading import Asked, Reader
from server.core.registry import CODE
from tests.people import Stage

LISTED = [e for e in CODE.entities.values() if not e.system]


def plan(connection: Connection, query: Select[Any]) -> str:
    """How the database would go about it, if tables were large."""
    bound = query.compile(connection, compile_kwargs={"literal_binds": True})
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
        connection.exec_driver_sql("SET LOCAL enable_bitmapscan = off")
        lines = connection.exec_driver_sql(f"EXPLAIN {bound}")
        return " ".join(str(line[0]) for line in lines)
    found = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {bound}")
    return " ".join(str(line[-1]) for line in found)


def known(entity: Entity) -> set[str]:
    return {index.name.partition("_of_")[2] for index in entity.table.indexes if index.name}


@pytest.mark.parametrize("entity", LISTED, ids=lambda e: e.type)
def test_filters_and_days_are_looked_up(stage: Stage, entity: Entity) -> None:
    with reading() as connection:
        reader = Reader(connection, stage.cast.viewer("mona"), "en")
        for name in known(entity) - {""}:
            value = "2026-01-01..2026-02-01" if entity.fields[name].kind in DATES else "x"
            [probe] = probes(reader, entity, Asked(filters={name: value}), 10)
            assert f"ix_{entity.table.name}_of_{name}" in plan(connection, probe), name


DATES = ("date", "instant")


@pytest.mark.parametrize("entity", LISTED, ids=lambda e: e.type)
def test_a_filtered_list_is_walked_in_its_order(stage: Stage, entity: Entity) -> None:
    with reading() as connection:
        reader = Reader(connection, stage.cast.viewer("mona"), "en")
        for name in known(entity) - {""}:
            if entity.fields[name].kind in DATES:
                continue
            asked = Asked(filters={name: "x"}, sort=entity.order[0])
            [query] = reader.queries(entity, asked, None)
            road = next(reader._roads(entity, asked))
            found = plan(connection, road.along([query], 50))
            assert f"ix_{entity.table.name}_of_{name}" in found, (name, found)
            assert "USE TEMP B-TREE FOR ORDER BY" not in found
