"""Queries that are asked all day, built once: to make one anew costs more than its answer."""

from __future__ import annotations

from typing import Any

import orjson
from sqlalchemy import (
    ARRAY,
    BigInteger,
    Boolean,
    ColumnElement,
    Dialect,
    Select,
    String,
    bindparam,
    null,
    select,
    text,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.visitors import InternalTraversal
from sqlalchemy.types import TypeDecorator, TypeEngine

from .entity import Entity


class Texts(TypeDecorator[list[str]]):
    """Any number of texts as one parameter: an array in PostgreSQL, JSON text in SQLite."""

    impl = String
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return String() if dialect.name == "sqlite" else ARRAY(String())

    def process_bind_param(self, value: list[str] | None, dialect: Dialect) -> Any:
        return orjson.dumps(value).decode() if dialect.name == "sqlite" else value


class Numbers(Texts):
    """The same of numbers of rows."""

    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return String() if dialect.name == "sqlite" else ARRAY(BigInteger())


class Among(ColumnElement[bool]):
    """Is a column one of the texts, or numbers, of a parameter? To write IN with as many parameters
    takes SQLAlchemy longer than the database takes to answer."""

    inherit_cache = True
    type = Boolean()
    _traverse_internals = [  # noqa: RUF012 (the base class has it so)
        ("column", InternalTraversal.dp_clauseelement),
        ("texts", InternalTraversal.dp_clauseelement),
    ]

    def __init__(self, column: Any, name: str, numbers: list[int] | None = None) -> None:
        self.column, self.texts = column, bindparam(name, type_=Texts())
        if numbers is not None:
            self.texts = bindparam(name, numbers, type_=Numbers(), unique=True)

    def self_group(self, against: Any = None) -> Among:
        """As it stands: SQLAlchemy would have SQLite compare it with 1, past the index."""
        return self


def numbered(n: Any, some: list[int] | Select[Any]) -> Any:
    """Is a row one of these?"""
    if isinstance(some, list):
        return Among(n, "numbers", some) if some else text("1 = 0")
    return n.in_(some)


@compiles(Among, "sqlite")
def _in_json(element: Among, compiler: Any, **more: Any) -> str:
    column, texts = (compiler.process(one, **more) for one in (element.column, element.texts))
    return f"{column} IN (SELECT value FROM json_each({texts}))"  # noqa: S608


@compiles(Among, "postgresql")
def _in_array(element: Among, compiler: Any, **more: Any) -> str:
    column, texts = (compiler.process(one, **more) for one in (element.column, element.texts))
    return f"{column} = ANY({texts})"


def by_ids(entity: Entity, *names: str) -> Select[Any]:
    """These columns of the entity's records in `org` that have one of the `ids`; null for one that
    it does not have."""
    found = entity.prepared.get(names)
    if found is None:
        c: Any = entity.table.c
        here = (*entity.here(bindparam("org")), Among(c.id, "ids"))
        columns = (c[name] if name in c else null().label(name) for name in names)
        found = entity.prepared[names] = select(*columns).where(*here)
    return found
