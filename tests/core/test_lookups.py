"""What a list asks is found along an index, whatever it is filtered by: the plans say so."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import Connection, Select

from server.core.conditions import looked_up
from server.core.db import reading
from server.core.entity import Entity
from server.core.kinds import KINDS
from server.core.probing import probes
from server.core.reading import Asked, Reader
from server.core.registry import CODE
from tests.people import Stage

LISTED = [e for e in CODE.entities.values() if not e.system]


DATES = ("date", "instant")


def known(entity: Entity) -> set[str]:
    return {index.name.partition("_of_")[2] for index in entity.table.indexes if index.name} - {""}


def plan(connection: Connection, query: Select[Any]) -> str:
    bound = query.compile(connection, compile_kwargs={"literal_binds": True})
    found = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {bound}")
    return " ".join(str(line[-1]) for line in found)


@pytest.mark.parametrize("entity", LISTED, ids=lambda e: e.type)
def test_filters_and_days_are_looked_up(stage: Stage, entity: Entity) -> None:
    with reading() as connection:
        reader = Reader(connection, stage.cast.viewer("mona"), "en")
        for name in known(entity):
            value = "2026-01-01..2026-02-01" if entity.fields[name].kind in DATES else "x"
            [probe] = probes(reader, entity, Asked(filters={name: value}), 10)
            if reader.lite:  # PostgreSQL plans by how large its files are
                assert f"ix_{entity.table.name}_of_{name}" in plan(connection, probe), name


@pytest.mark.parametrize("entity", LISTED, ids=lambda e: e.type)
def test_every_filter_has_an_index(entity: Entity) -> None:
    """But for yes and no, and lists, whose values are words."""
    plain = {n for n in entity.filters if not KINDS[entity.fields[n].kind].is_list}
    plain -= {n for n in plain if entity.fields[n].kind == "bool"}
    assert plain <= looked_up(entity.table)
