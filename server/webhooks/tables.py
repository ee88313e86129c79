"""Webhooks of an organisation, and what was sent to each."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Boolean, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from server.core.db import Base, UTCDateTime

WAITING, DELIVERED, FAILED = "waiting", "delivered", "failed"


class Webhook(Base):
    """An address that is told of changes to records of some kinds, or of all if none are named."""

    __tablename__ = "webhook"
    __table_args__ = (Index("ix_webhook_org", "org"),)

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    org: Mapped[int] = mapped_column(Integer)
    name: Mapped[str] = mapped_column(String(100))
    url: Mapped[str] = mapped_column(Text)
    secret: Mapped[str] = mapped_column(String(100))
    kinds: Mapped[list[str]] = mapped_column(JSON)
    enabled: Mapped[bool] = mapped_column(Boolean)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    failing_since: Mapped[datetime | None] = mapped_column(UTCDateTime)


class Delivery(Base):
    """One message to one webhook. `event` stays the same when it is sent again, so that whoever
    receives it twice can tell."""

    __tablename__ = "webhook_delivery"
    __table_args__ = (
        Index("ix_webhook_delivery_webhook", "webhook", "id"),
        Index("ix_webhook_delivery_at", "at"),
    )

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    org: Mapped[int] = mapped_column(Integer)
    webhook: Mapped[str] = mapped_column(String(36))
    event: Mapped[str] = mapped_column(String(36))
    kind: Mapped[str] = mapped_column(String(100))  # account.created
    body: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    status: Mapped[str] = mapped_column(String(10))
    attempts: Mapped[int] = mapped_column(Integer)
    tried_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    code: Mapped[int | None] = mapped_column(Integer)  # of the last answer
    answer: Mapped[str | None] = mapped_column(Text)  # its beginning, or why there was none


WEBHOOK: Any = Webhook.__table__
DELIVERY: Any = Delivery.__table__
