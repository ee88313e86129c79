"""What was taken out of the house: one row for each export, for good."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, Integer, String, Text
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


EXPORTED: Any = Exported.__table__
