"""Pairs of records that may be about the same one, and when they were last looked for."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from server.core.db import Base, UTCDateTime


class Twin(Base):
    """A pair, `a` before `b`; how sure it is, in percent, and why: `[[what, label, percent]]`. What
    somebody said is no duplicate stays, so that it is not found again."""

    __tablename__ = "twin"
    __table_args__ = (Index("ix_twin_score", "org", "apart", "type", "score"),)
    org: Mapped[int] = mapped_column(Integer, ForeignKey("organisation.id"), primary_key=True)
    a: Mapped[str] = mapped_column(String(36), primary_key=True)
    b: Mapped[str] = mapped_column(String(36), primary_key=True)
    type: Mapped[str] = mapped_column(String(60))
    score: Mapped[int] = mapped_column(Integer)
    why: Mapped[str] = mapped_column(Text)
    apart: Mapped[bool]
    by: Mapped[str | None] = mapped_column(String(36))
    at: Mapped[datetime] = mapped_column(UTCDateTime)


class Seeking(Base):
    """One row for each organisation: asked for at `asked`, the last search that ended at `done`
    looked at so many records and found so many pairs."""

    __tablename__ = "seeking"
    org: Mapped[int] = mapped_column(Integer, ForeignKey("organisation.id"), primary_key=True)
    asked: Mapped[datetime] = mapped_column(UTCDateTime)
    done: Mapped[datetime | None] = mapped_column(UTCDateTime)
    looked: Mapped[int] = mapped_column(Integer)
    found: Mapped[int] = mapped_column(Integer)


TWIN: Any = Twin.__table__
SEEKING: Any = Seeking.__table__
