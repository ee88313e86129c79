"""Browsers that let us wake them, and notices that have not been sent to them yet."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from server.core.db import Base, UTCDateTime


class Subscription(Base):
    """A push subscription of a signed-in browser; it counts only as long as its session does."""

    __tablename__ = "subscription"
    id: Mapped[str] = mapped_column(String(64), primary_key=True)  # SHA-256 of the endpoint
    org: Mapped[int] = mapped_column(Integer)
    person: Mapped[str] = mapped_column(String(36), index=True)
    session: Mapped[str] = mapped_column(String(64), index=True)
    endpoint: Mapped[str] = mapped_column(Text)
    p256dh: Mapped[str] = mapped_column(String(100))
    auth: Mapped[str] = mapped_column(String(40))
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    last_ok: Mapped[datetime | None] = mapped_column(UTCDateTime)
    failures: Mapped[int] = mapped_column(Integer, default=0)


class Unsent(Base):
    """A notice that waits to be told to its person's browsers, with what came meanwhile."""

    __tablename__ = "unsent"
    notice: Mapped[str] = mapped_column(String(36), primary_key=True)
    person: Mapped[str] = mapped_column(String(36), index=True)


SUBSCRIPTION: Any = Subscription.__table__
UNSENT: Any = Unsent.__table__
