"""What was done that is no operation on a record: signing in, tokens, links, what was shown or
taken out. Together with the ledger of operations it is the log of who did what (auditing.py).
Nothing in the product changes a row of either."""

from __future__ import annotations

from typing import Any

from flask import has_request_context, request
from sqlalchemy import BigInteger, Connection, ForeignKey, Index, Integer, String, Text, insert
from sqlalchemy.orm import Mapped, mapped_column
from uuid_utils.compat import uuid7

from .clock import now_ms
from .db import Base


class Deed(Base):
    """`what` is one of WHATS in auditing.py; `about` in words, such as a name or an address."""

    __tablename__ = "deed"
    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    org: Mapped[int] = mapped_column(Integer, ForeignKey("organisation.id"))
    person: Mapped[str | None] = mapped_column(String(36))
    at: Mapped[int] = mapped_column(BigInteger)  # ms since 1970
    what: Mapped[str] = mapped_column(String(40))
    about: Mapped[str] = mapped_column(Text)
    via: Mapped[str] = mapped_column(String(100))
    address: Mapped[str] = mapped_column(String(64))
    __table_args__: Any = (Index("ix_deed_at", "org", "at", "id"),)


DEED: Any = Deed.__table__


def note(
    connection: Connection, org: int, person: str | None, what: str, about: str = "", via: str = ""
) -> None:
    """Part of the transaction that does it."""
    address = (request.remote_addr or "") if has_request_context() else ""
    row = {"id": str(uuid7()), "org": org, "person": person, "at": now_ms(), "what": what,
           "about": about[:1000], "via": via[:100], "address": address[:64]}  # fmt: skip
    connection.execute(insert(DEED).values(row))
