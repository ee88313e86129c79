"""Tables of the change log: the organisation's version, the feed, the ledger of operations."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    ForeignKey,
    Index,
    Integer,
    SmallInteger,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from .db import Base, UTCDateTime


class Organisation(Base):
    """A customer of ours. `ver` counts its write transactions and is every cursor's measure."""

    __tablename__ = "organisation"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    ver: Mapped[int] = mapped_column(BigInteger, default=0)
    name: Mapped[str] = mapped_column(String(200))
    lang: Mapped[str] = mapped_column(String(10), default="en")
    currency: Mapped[str] = mapped_column(String(3), default="USD")
    region: Mapped[str] = mapped_column(String(2), default="US")  # whose phone numbers need no +
    zone: Mapped[str] = mapped_column(String(60), default="UTC")
    # Another one whenever its own fields and entities change; empty while it has none
    shape: Mapped[str] = mapped_column(String(36), default="", server_default="")


class Feed(Base):
    """The latest row per (key, record): it serves first load, increments and removals alike."""

    __tablename__ = "feed"
    org: Mapped[int] = mapped_column(Integer, primary_key=True)
    key: Mapped[str] = mapped_column(String(40), primary_key=True)
    type: Mapped[str] = mapped_column(String(40), primary_key=True)
    rec: Mapped[str] = mapped_column(String(36), primary_key=True)
    ver: Mapped[int] = mapped_column(BigInteger)
    gone: Mapped[int] = mapped_column(SmallInteger, default=0)
    __table_args__: Any = (
        Index("ix_feed_ver", "org", "key", "ver", "rec"),
        {"sqlite_with_rowid": False},
    )


class Op(Base):
    """One row per operation ever taken: against doubles, for audit, and for three-way merges.

    `hash` is the SHA-256 of the operation's canonical JSON; `before` the former values by field."""

    __tablename__ = "op"
    org: Mapped[int] = mapped_column(Integer, primary_key=True)
    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    person: Mapped[str | None] = mapped_column(String(36))
    device: Mapped[str] = mapped_column(String(80))
    road: Mapped[str] = mapped_column(String(10), server_default="")  # see Author in push.py
    via: Mapped[str] = mapped_column(String(100), server_default="")
    ver: Mapped[int] = mapped_column(BigInteger)
    n: Mapped[int] = mapped_column(Integer)
    type: Mapped[str | None] = mapped_column(String(40))
    rec: Mapped[str | None] = mapped_column(String(36))
    status: Mapped[str] = mapped_column(String(10))
    code: Mapped[str | None] = mapped_column(String(40))
    field: Mapped[str | None] = mapped_column(String(80))
    hash: Mapped[str] = mapped_column(String(64))
    body: Mapped[str] = mapped_column(Text)
    before: Mapped[str | None] = mapped_column(Text)
    at: Mapped[int] = mapped_column(BigInteger)  # ms since 1970, by the server's clock
    __table_args__: Any = (
        Index("ix_op_rec", "org", "rec", "ver"),
        Index("ix_op_at", "org", "at", "id"),
        {"sqlite_with_rowid": False},
    )


class Merging(Base):
    """What a merger did, for as long as it can be undone, by the id of its record. `before` are the
    winner's values, `{field: [before, after]}`; `moved` what hung off the loser, `[[type, id,
    field]]`; `ver` the version in which it was done."""

    __tablename__ = "merging"
    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    org: Mapped[int] = mapped_column(Integer, ForeignKey("organisation.id"))
    person: Mapped[str] = mapped_column(String(36))
    ver: Mapped[int] = mapped_column(BigInteger)
    type: Mapped[str] = mapped_column(String(60))
    winner: Mapped[str] = mapped_column(String(36))
    loser: Mapped[str] = mapped_column(String(36))
    before: Mapped[str] = mapped_column(Text)
    moved: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    undone: Mapped[datetime | None] = mapped_column(UTCDateTime)
    __table_args__ = (Index("ix_merging_org_at", "org", "at"),)


MERGING: Any = Merging.__table__


class Keyset(Base):
    """The scope keys behind a hash in somebody's cursor."""

    __tablename__ = "keyset"
    hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    keys: Mapped[str] = mapped_column(Text)


class Counter(Base):
    """The last number given, by organisation and name."""

    __tablename__ = "counter"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    org: Mapped[int] = mapped_column(Integer)
    name: Mapped[str] = mapped_column(String(60))
    value: Mapped[int] = mapped_column(BigInteger)
    __table_args__ = (UniqueConstraint("org", "name"),)
