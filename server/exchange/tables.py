"""What was taken out, one row for each export, for good; what is brought in, and what became of
each row of it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from server.core.db import Base, UTCDateTime


class Exported(Base):
    """`n` records of a kind left with `person`; null while they are leaving, or if they stopped
    on the way. `asked` is the query of the list, `address` where the request came from."""

    __tablename__ = "exported"
    __table_args__ = (Index("ix_exported_org_id", "org", "id"),)
    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    org: Mapped[int] = mapped_column(Integer, ForeignKey("organisation.id"))
    person: Mapped[str] = mapped_column(String(36))
    type: Mapped[str] = mapped_column(String(60))
    format: Mapped[str] = mapped_column(String(10))
    asked: Mapped[str] = mapped_column(Text)
    fields: Mapped[str] = mapped_column(Text)
    n: Mapped[int | None] = mapped_column(Integer)
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    address: Mapped[str] = mapped_column(String(60))


class Importing(Base):
    """A file that is being brought in, or was; or, of the format `sweep`, records that are being
    changed together, whose deed stands in `options` and whose ids are the rows. `turn` tells its
    latest start from earlier ones, so that a worker that overslept writes nothing more; `done` rows
    have been written."""

    __tablename__ = "importing"
    __table_args__ = (Index("ix_importing_org_id", "org", "id"),)
    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    org: Mapped[int] = mapped_column(Integer, ForeignKey("organisation.id"))
    person: Mapped[str] = mapped_column(String(36))
    type: Mapped[str] = mapped_column(String(60))
    name: Mapped[str] = mapped_column(String(200))
    format: Mapped[str] = mapped_column(String(10))
    options: Mapped[dict[str, Any]] = mapped_column(JSON)
    columns: Mapped[list[str]] = mapped_column(JSON)
    sample: Mapped[list[list[str]]] = mapped_column(JSON)
    sheets: Mapped[list[str]] = mapped_column(JSON)
    plan: Mapped[dict[str, Any]] = mapped_column(JSON)
    status: Mapped[str] = mapped_column(String(10))
    turn: Mapped[int] = mapped_column(Integer)
    total: Mapped[int] = mapped_column(Integer)
    done: Mapped[int] = mapped_column(Integer)
    made: Mapped[int] = mapped_column(Integer)
    changed: Mapped[int] = mapped_column(Integer)
    same: Mapped[int] = mapped_column(Integer)
    refused: Mapped[int] = mapped_column(Integer)
    undone: Mapped[int] = mapped_column(Integer)
    kept: Mapped[int] = mapped_column(Integer)
    error: Mapped[str | None] = mapped_column(String(40))
    at: Mapped[datetime] = mapped_column(UTCDateTime)


class ImportRow(Base):
    """What became of one row. `what` are the reasons of a refusal, `[[field, code]]`, or what a
    change put in place of what, `{field: [before, after]}`."""

    __tablename__ = "import_row"
    importing: Mapped[str] = mapped_column(
        String(36), ForeignKey("importing.id", ondelete="CASCADE"), primary_key=True
    )
    n: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    status: Mapped[str] = mapped_column(String(10))
    rec: Mapped[str | None] = mapped_column(String(36))
    what: Mapped[str | None] = mapped_column(Text)


class ImportTemplate(Base):
    """A plan that somebody keeps for files of the same shape; it goes by the headings."""

    __tablename__ = "import_template"
    __table_args__ = (Index("ix_import_template_org_type", "org", "type"),)
    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    org: Mapped[int] = mapped_column(Integer, ForeignKey("organisation.id"))
    person: Mapped[str] = mapped_column(String(36))
    type: Mapped[str] = mapped_column(String(60))
    name: Mapped[str] = mapped_column(String(100))
    body: Mapped[dict[str, Any]] = mapped_column(JSON)


EXPORTED: Any = Exported.__table__
IMPORTING: Any = Importing.__table__
ROWS: Any = ImportRow.__table__
TEMPLATES: Any = ImportTemplate.__table__
