"""Queries that are asked all day, built once: to make one anew costs more than its answer."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, bindparam, null, select

from .entity import Entity


def by_ids(entity: Entity, *names: str) -> Select[Any]:
    """These columns of the entity's records in `org` that have one of the `ids`; null for one that
    it does not have."""
    found = entity.prepared.get(names)
    if found is None:
        c: Any = entity.table.c
        here = (*entity.here(bindparam("org")), c.id.in_(bindparam("ids", expanding=True)))
        columns = (c[name] if name in c else null().label(name) for name in names)
        found = entity.prepared[names] = select(*columns).where(*here)
    return found
