"""Which registry is in force. A process keeps those of the organisations that it works for; each
request, job and transaction compares the organisation's `shape` first, so that what one process
has defined holds in all at once."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from weakref import WeakKeyDictionary

import orjson
from flask import g
from sqlalchemy import Connection, Engine, select, update
from uuid_utils.compat import uuid7

from ..ledger import Organisation
from ..registry import CODE, IN_FORCE, Registry
from .looks import CustomLayout, CustomLink
from .making import registry_of
from .marks import FieldMark
from .tables import CustomEntity, CustomField

MOST = 500  # organisations of which a process remembers the registry
ORGANISATIONS: Any = Organisation.__table__
Known = OrderedDict[int, tuple[str, int, Registry]]
_KNOWN: WeakKeyDictionary[Engine, Known] = WeakKeyDictionary()
_LOCK = threading.Lock()


def of(connection: Connection, org: int, shape: str | None = None) -> Registry:
    """The organisation's registry; `shape` is asked for if it is not given."""
    if shape is None:
        query = select(ORGANISATIONS.c.shape).where(ORGANISATIONS.c.id == org)
        shape = connection.execute(query).scalar() or ""
    found = known(connection.engine, org, shape)
    if found is None:
        found = _read(connection, org)
        _remember(connection.engine, org, shape, found)
    return found


def known(engine: Engine, org: int, shape: str) -> Registry | None:
    """The same, if it needs no question to the database."""
    if not shape:
        return CODE
    with _LOCK:
        mine = _KNOWN.get(engine)
        held = mine.get(org) if mine else None
    return held[2] if held and held[:2] == (shape, CODE.generation) else None


def _remember(engine: Engine, org: int, shape: str, found: Registry) -> None:
    with _LOCK:
        mine = _KNOWN.setdefault(engine, OrderedDict())
        mine[org] = (shape, CODE.generation, found)
        mine.move_to_end(org)
        while len(mine) > MOST:
            mine.popitem(last=False)


def _read(connection: Connection, org: int) -> Registry:
    found = []
    for model in (CustomField, CustomEntity, CustomLayout, CustomLink, FieldMark):
        entity, c = model.spec, model.__table__.c
        docs = connection.execute(select(c.doc).where(c.org == org)).scalars()
        found.append([entity.blank() | orjson.loads(doc) for doc in docs])
    return registry_of(*found)


@contextmanager
def scoped(connection: Connection, org: int, shape: str | None = None) -> Iterator[Registry]:
    """Work of an organisation: its registry is the one in force."""
    found = of(connection, org, shape)
    token = IN_FORCE.set(found)
    try:
        yield found
    finally:
        IN_FORCE.reset(token)


def enter(connection: Connection, org: int, shape: str | None = None) -> None:
    """The same for the rest of a request."""
    g.registry = of(connection, org, shape)


def renew(connection: Connection, org: int) -> None:
    """The definitions changed: every process has to read them again."""
    new = update(ORGANISATIONS).where(ORGANISATIONS.c.id == org).values(shape=str(uuid7()))
    connection.execute(new)
