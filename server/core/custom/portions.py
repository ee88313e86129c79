"""Walks over all records of a kind, some at a time; each time under the lock of the door, so that
what is written meanwhile is not overwritten."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, select

from ..db import writing
from ..entity import Entity
from ..ledger import Organisation
from ..registry import registry
from .scoping import scoped

ORGANISATIONS: Any = Organisation.__table__
PORTION = 1_000  # records of one transaction


@contextmanager
def under_lock(org: int, of: str) -> Iterator[tuple[Connection, Any, Entity | None]]:
    """A transaction of an organisation under the lock of the door, and one of its kinds."""
    with writing() as connection:
        query = select(ORGANISATIONS).where(ORGANISATIONS.c.id == org).with_for_update()
        organisation = connection.execute(query).one()
        with scoped(connection, org, organisation.shape):
            yield connection, organisation, registry.get(of)
