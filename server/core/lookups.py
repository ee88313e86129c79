"""Indexes for what filters ask for and for the days of calendars, of every entity that has lists.

What few records have, or none of some stretch of the order, is found by these alone: else all
would be walked through for it. What has a value stands in them in the order of the list.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Index

from .conditions import looked_up
from .entity import Entity
from .kinds import KINDS


def add_lookups(spec: Entity) -> None:
    """Raises nothing where they are there already."""
    if spec.system:
        return
    c, there = spec.table.c, {index.name for index in spec.table.indexes}
    order = c.sort if spec.order[0] in ("", spec.title) else c[spec.order[0]]
    for name, dated in list(_wanted(spec)):
        if f"ix_{spec.table.name}_of_{name}" not in there:
            rest = [] if dated else [order]
            Index(f"ix_{spec.table.name}_of_{name}", c.org, c.deleted, c[name], *rest)
    looked_up.cache_clear()  # it knows these now


def _wanted(spec: Entity) -> Iterator[tuple[str, bool]]:
    """Names, and whether it is a date."""
    known = looked_up(spec.table)
    for name, field in spec.fields.items():
        dated = field.kind in ("date", "instant")
        named = name in spec.filters and field.kind != "bool" and not KINDS[field.kind].is_list
        if (dated or named) and name not in known and name != spec.title and not field.aside:
            yield name, dated
