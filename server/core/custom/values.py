"""Values of custom fields beside the records, so that lists find by them along an index.

A field has a row for each of its values: of a list one for each element. Values of retired fields
stay, so that a field that is restored is found by at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    Connection,
    Float,
    Index,
    Integer,
    SmallInteger,
    String,
    and_,
    delete,
    not_,
    select,
)
from sqlalchemy.orm import Mapped, mapped_column

from ..db import Base
from ..kinds import NUMBERS

if TYPE_CHECKING:
    from ..entity import Entity, Field

Row = dict[str, Any]
LONGEST = 100  # characters of a text by which records are found
TOLD = String(LONGEST).with_variant(String(LONGEST, collation="C"), "postgresql")


class FieldValue(Base):
    """One value; a text or a number."""

    __tablename__ = "field_value"
    org: Mapped[int] = mapped_column(Integer, primary_key=True)
    rec: Mapped[str] = mapped_column(String(36), primary_key=True)
    field: Mapped[str] = mapped_column(String(40), primary_key=True)
    i: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    type: Mapped[str] = mapped_column(String(40))
    text: Mapped[str | None] = mapped_column(TOLD)
    number: Mapped[float | None] = mapped_column(Float)
    __table_args__: Any = (
        Index("ix_field_value_text", "org", "type", "field", "text", "rec"),
        Index("ix_field_value_number", "org", "type", "field", "number", "rec"),
    )


TABLE: Any = FieldValue.__table__
V: Any = TABLE.c
AT_ONCE = 500  # records in one statement
UNFIT = ("longtext", "json")  # nobody looks for the whole of such a value


def rows(org: int, entity: Entity, rec: str, doc: Row, names: Iterable[str]) -> Iterator[Row]:
    """Rows of some of a record's custom fields."""
    for name in names:
        field = entity.fields[name]
        value = doc[name]
        if field.kind in UNFIT or value is None or value is False:
            continue
        for i, one in enumerate(value if isinstance(value, list) else [value]):
            numeric = not isinstance(one, str)
            yield {
                "org": org, "rec": rec, "field": name, "i": i, "type": entity.type,
                "text": None if numeric else one[:LONGEST],
                "number": float(one) if numeric else None,
            }  # fmt: skip


def forget(connection: Connection, org: int, recs: list[str], names: tuple[str, ...]) -> None:
    """Take away what is about to be written anew."""
    for start in range(0, len(recs) if names else 0, AT_ONCE):
        some = V.rec.in_(recs[start : start + AT_ONCE])
        connection.execute(delete(TABLE).where(V.org == org, some, V.field.in_(names)))


def column_of(field: Field) -> Any:
    return V.number if field.kind in NUMBERS or field.kind == "bool" else V.text


def matching(org: int, entity: Entity, field: Field, clause: Any) -> Any:
    """Records of which a value of the field satisfies a clause over `column_of` it."""
    mine = and_(V.org == org, V.type == entity.type, V.field == field.name)
    return entity.table.c.id.in_(select(V.rec).where(mine, clause))


def of_records(org: int, entity: Entity, field: Field) -> list[Any]:
    """The clauses that join the values of a field to the records."""
    return [V.org == org, V.type == entity.type, V.field == field.name, V.rec == entity.table.c.id]


def yes(org: int, entity: Entity, field: Field, wanted: bool) -> Any:
    """A field without a row says no."""
    found = matching(org, entity, field, V.number == 1)
    return found if wanted else not_(found)


def walked(org: int, entity: Entity, field: Field) -> tuple[Any, Any, list[Any]]:
    """The values of a field as a stretch of an order: what to order by, the id beside it, and the
    clauses that join them to the records. An index has them in this order."""
    column = column_of(field)
    return column, V.rec, [*of_records(org, entity, field), V.i == 0, column.is_not(None)]


def value_in(org: int, entity: Entity, field: Field) -> Any:
    """The value of a record's field, to order by."""
    mine = and_(V.org == org, V.rec == entity.table.c.id, V.field == field.name, V.i == 0)
    return select(column_of(field)).where(mine).scalar_subquery()
