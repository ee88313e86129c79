"""Who works here: persons, teams and branches (everybody holds them), and how they sign in."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Boolean, ForeignKey, Integer, String, Text, false
from sqlalchemy.orm import Mapped, mapped_column

from .db import Base, UTCDateTime
from .entity import Entity, Record, field
from .i18n import LANGUAGES, NAMES, _l
from .registry import registry

CALENDARS = (
    ("gregorian", _l("Gregorian")),
    ("jalali", _l("Jalali")),
    ("gregorian+hebrew", _l("Gregorian with Hebrew dates")),
)
HOURS = tuple((f"{hour:02}:00", f"{hour:02}:00") for hour in range(24))
NOTICES = _l("Notifications")
FILES = _l("Files and photos")
PHOTO_SIZES = (
    ("original", _l("As taken")),
    ("2560", _l("Smaller: good for print")),
    ("1600", _l("Small: good for a screen")),
)
PHOTO_PLACES = (("remove", _l("Take it out")), ("keep", _l("Leave it in")))
KEPT_FILES = (
    ("0", _l("None")), ("100", _l("Up to 100 MB")), ("500", _l("Up to 500 MB")),
    ("2000", _l("Up to 2 GB")),
)  # fmt: skip
KEPT_EACH = (
    ("2", _l("Up to 2 MB")), ("10", _l("Up to 10 MB")), ("100", _l("Up to 100 MB")),
)  # fmt: skip
THEMES = (("auto", _l("As the device")), ("light", _l("Light")), ("dark", _l("Dark")))
LANGUAGE_CHOICES = tuple((code, NAMES[code]) for code in LANGUAGES)


class Branch(Record):
    __tablename__ = "branch"
    spec = Entity(
        "branch", path="branches", label=_l("Branch"), plural=_l("Branches"), new=_l("New branch"),
        icon="map-pin", title="name", system=True, reference=True,
    )  # fmt: skip
    name = field("text", _l("Name"), required=True, search=True)


class Team(Record):
    __tablename__ = "team"
    spec = Entity(
        "team", path="teams", label=_l("Team"), plural=_l("Teams"), new=_l("New team"),
        icon="users", title="name", system=True, reference=True,
    )  # fmt: skip
    name = field("text", _l("Name"), required=True, search=True)
    branch = field("ref", _l("Branch"), target="branch")
    lead = field("person", _l("Team lead"))


class Person(Record):
    __tablename__ = "person"
    spec = Entity(
        "person", path="people", label=_l("Person"), plural=_l("People"), new=_l("New person"),
        icon="user", title="name", system=True, reference=True,
    )  # fmt: skip
    name = field("text", _l("Name"), required=True, search=True)
    email = field("email", _l("E-mail"))
    phone = field("phone", _l("Phone"), personal=True)
    title = field("text", _l("Job title"))
    roles = field("refs", _l("Roles"), target="role")
    manager = field("person", _l("Reports to"), merge="office")
    lang = field("language", _l("Language"), choices=LANGUAGE_CHOICES, default="en",
                 personal=True, merge="own")  # fmt: skip
    # As the language has it, until one is chosen
    calendar = field("choice", _l("Calendar"), choices=CALENDARS, personal=True, merge="own")
    zone = field("text", _l("Time zone"), max=60, personal=True, merge="own")
    theme = field("choice", _l("Theme"), choices=THEMES, default="auto", personal=True,
                  merge="own")  # fmt: skip
    columns = field("longtext", _l("Columns"), personal=True, in_form=False, aside=True,
                    merge="own")  # fmt: skip
    quiet_from = field("choice", _l("Quiet from"), choices=HOURS, personal=True, merge="own",
                       group=NOTICES)  # fmt: skip
    quiet_to = field(
        "choice", _l("Quiet until"), choices=HOURS, personal=True, merge="own", group=NOTICES,
        help=_l("Between these hours nothing wakes you. What came is told afterwards."),
    )  # fmt: skip
    names_in_notices = field(
        "bool", _l("Names of customers in notifications"), default=False, personal=True,
        merge="own", group=NOTICES,
        help=_l("Otherwise they say only what kind of work it is and who it is from."),
    )  # fmt: skip
    photo_size = field("choice", _l("Size of photos"), choices=PHOTO_SIZES,
                       default="original", personal=True, merge="own", group=FILES)  # fmt: skip
    photo_place = field("choice", _l("Place in photos"), choices=PHOTO_PLACES,
                        default="remove", personal=True, merge="own", group=FILES,
                        help=_l("Where a photo was taken stands in it. It is taken out before "
                                "others can have it."))  # fmt: skip
    keep_files = field("choice", _l("Files kept for offline"), choices=KEPT_FILES,
                       default="100", personal=True, merge="own", group=FILES)  # fmt: skip
    keep_each = field("choice", _l("Largest file kept"), choices=KEPT_EACH,
                      default="10", personal=True, merge="own", group=FILES)  # fmt: skip
    active = field("bool", _l("Active"), default=True, merge="office")

    @classmethod
    def indexed(cls) -> tuple[str, ...]:
        return ("manager",)


registry.register(Branch, Team, Person)


class Login(Base):
    """How a person signs in. `email` is unique over all organisations, lower case."""

    __tablename__ = "login"
    person: Mapped[str] = mapped_column(String(36), primary_key=True)
    org: Mapped[int] = mapped_column(Integer, ForeignKey("organisation.id"))
    email: Mapped[str] = mapped_column(String(254), unique=True)
    password: Mapped[str] = mapped_column(String(200))
    disabled: Mapped[bool] = mapped_column(Boolean, default=False)


class Session(Base):
    """A signed-in browser. Deleting the row signs it out at once."""

    __tablename__ = "session"
    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    org: Mapped[int] = mapped_column(Integer, ForeignKey("organisation.id"), index=True)
    person: Mapped[str] = mapped_column(String(36), index=True)
    csrf: Mapped[str] = mapped_column(String(64))
    agent: Mapped[str] = mapped_column(String(300), default="")
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    expires_at: Mapped[datetime] = mapped_column(UTCDateTime, index=True)


class Token(Base):
    """A program's key to the API. Only the SHA-256 of the token is kept."""

    __tablename__ = "token"
    hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    org: Mapped[int] = mapped_column(Integer, ForeignKey("organisation.id"), index=True)
    person: Mapped[str] = mapped_column(String(36), index=True)
    name: Mapped[str] = mapped_column(String(100), default="", server_default="")
    # What it may be used for, of what its person may do; nothing: for all of it
    reads_only: Mapped[bool] = mapped_column(Boolean, default=False, server_default=false())
    kinds: Mapped[str] = mapped_column(Text, default="", server_default="")  # types, with spaces
    expires_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    last_used: Mapped[datetime | None] = mapped_column(UTCDateTime)
