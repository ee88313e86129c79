"""Files: a record about a document or photo, which syncs as any other, and where its bytes are."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from server.core.db import Base, UTCDateTime
from server.core.entity import Entity, Record, field
from server.core.i18n import _l
from server.core.registry import registry

LARGEST = 2 * 1024**3  # bytes that a file may have at all; a setting may allow less


class File(Record):
    """A file of a record. Name and note come from people, the rest from phone and server: what
    the bytes are is known once they are `arrived`, and until then nobody else can have them."""

    __tablename__ = "file"
    spec = Entity(
        "file", path="files", label=_l("File"), plural=_l("Files"), new=_l("New file"),
        icon="paperclip", title="name", attached=True,
        columns=("name", "mime", "created_at", "owner"),
        filters=("owner", "team", "created_at"), sorts=("name", "created_at"),
        order=("created_at", "desc"), sub=("created_at", "owner"),
    )  # fmt: skip
    name = field("text", _l("Name"), required=True, search=True)
    note = field("longtext", _l("Note"))
    taken_at = field("instant", _l("Taken"), merge="append", in_form=False)
    mime = field("text", _l("Type"), readonly=True, in_form=False, aside=True)
    of = field("text", _l("Kind"), required=True, merge="append", in_form=False, aside=True, max=60)
    rec = field("ref", _l("Record"), kind_in="of", required=True, merge="append", in_form=False,
                aside=True)  # fmt: skip
    size = field("integer", _l("Size"), required=True, min=0, max=LARGEST, merge="append",
                 in_form=False, aside=True)  # fmt: skip
    sha256 = field("text", _l("Checksum"), required=True, max=64, merge="append", in_form=False,
                   aside=True)  # fmt: skip
    thumb = field("picture", _l("Preview"), max=4_000, merge="append", in_form=False, aside=True)
    arrived_at = field("instant", _l("Arrived"), readonly=True, in_form=False, aside=True)
    stored = field("text", _l("Stored as"), readonly=True, in_form=False, aside=True)
    stored_size = field("integer", _l("Size as stored"), readonly=True, in_form=False, aside=True)
    width = field("integer", _l("Width"), readonly=True, in_form=False, aside=True)
    height = field("integer", _l("Height"), readonly=True, in_form=False, aside=True)

    @classmethod
    def indexed(cls) -> tuple[str, ...]:
        return ("rec", "sha256")


registry.register(File)
registry.nav.append(
    {"href": "/files/", "label": File.spec.plural, "icon": File.spec.icon, "key": "f"}
)


class Blob(Base):
    """What is in the store, once for each content and organisation. `sha256` is of what is kept:
    a photo's position may have been taken out of what was sent."""

    __tablename__ = "blob"
    org: Mapped[int] = mapped_column(Integer, ForeignKey("organisation.id"), primary_key=True)
    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    size: Mapped[int] = mapped_column(BigInteger)
    mime: Mapped[str] = mapped_column(String(100))
    width: Mapped[int | None]
    height: Mapped[int | None]
    pictured: Mapped[bool]  # a preview and a thumbnail are kept beside it
    placed: Mapped[bool]  # it says where it was taken
    made_at: Mapped[datetime] = mapped_column(UTCDateTime)


class Upload(Base):
    """A file that is coming in pieces; `id` is the file's. `came` bytes are here."""

    __tablename__ = "upload"
    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    org: Mapped[int] = mapped_column(Integer, ForeignKey("organisation.id"), primary_key=True)
    person: Mapped[str] = mapped_column(String(36))
    size: Mapped[int] = mapped_column(BigInteger)
    came: Mapped[int] = mapped_column(BigInteger)
    expires_at: Mapped[datetime] = mapped_column(UTCDateTime, index=True)


class Piece(Base):
    """A stretch of an upload, kept in the store under a name of its own."""

    __tablename__ = "piece"
    org: Mapped[int] = mapped_column(Integer, primary_key=True)
    upload: Mapped[str] = mapped_column(String(36), primary_key=True)
    start: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
