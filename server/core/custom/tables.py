"""Definitions are records, written through the door by administrators and held by everybody; and
the one table in which the records of all own entities are kept."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from ..entity import Entity, Record
from ..entity import field as column
from ..i18n import _l
from ..registry import fields_of, registry
from . import rules

KINDS = (
    ("text", _l("Text")),
    ("longtext", _l("Long text")),
    ("number", _l("Number")),
    ("money", _l("Money")),
    ("date", _l("Date")),
    ("instant", _l("Date and time")),
    ("choice", _l("One of a list")),
    ("choices", _l("Several of a list")),
    ("bool", _l("Yes or no")),
    ("ref", _l("Link to a record")),
    ("person", _l("Person")),
    ("phone", _l("Phone")),
    ("email", _l("E-mail")),
    ("url", _l("Web address")),
    ("autonumber", _l("Autonumber")),
    ("formula", _l("Formula")),
)
RESULTS = (
    ("number", _l("Number")),
    ("money", _l("Money")),
    ("text", _l("Text")),
    ("date", _l("Date")),
    ("bool", _l("Yes or no")),
)
POLICIES = (
    ("latest", _l("The later change")),
    ("device", _l("What was written on the spot")),
    ("office", _l("What the office wrote")),
    ("append", _l("The first value; it stays")),
)


class CustomField(Record):
    """A field of an organisation's own. What is written once cannot change: `of`, `key`, `kind`,
    `target`. Deleting it retires it; values are kept."""

    __tablename__ = "custom_field"
    spec = Entity(
        "custom_field", path="custom-fields", label=_l("Field"), plural=_l("Fields"),
        new=_l("New field"), icon="list", title="label", system=True, reference=True,
        rule=rules.field_rule,
    )  # fmt: skip
    of = column("text", _l("Kind of record"), max=40, required=True, merge="append")
    key = column("text", _l("Key"), max=40, required=True, merge="append")
    kind = column("choice", _l("Kind"), choices=KINDS, required=True, merge="append")
    label = column("text", _l("Name"), max=80, required=True, search=True)
    help = column("text", _l("Help"), max=300)
    group = column("text", _l("Group"), max=80)
    place = column("integer", _l("Place"), min=0, max=100_000)
    options = column("json", _l("Choices"))  # [[value, label], …]
    target = column("text", _l("Links to"), max=40, merge="append")
    default = column("json", _l("Default"))
    needed = column("bool", _l("Required"))
    sought = column("bool", _l("Found by search"))
    filtered = column("bool", _l("Filter in lists"))
    listed = column("bool", _l("Column in lists"))
    policy = column("choice", _l("When two change it"), choices=POLICIES)
    low = column("integer", _l("Smallest"))
    high = column("integer", _l("Largest"))
    currency = column("text", _l("Currency"), max=3, merge="append")
    pattern = column("text", _l("Pattern"), max=40)
    formula = column("longtext", _l("Formula"), max=1_000, merge="latest")
    result = column("choice", _l("What comes out"), choices=RESULTS, merge="append")
    seen_if = column("longtext", _l("Shown when"), max=1_000, merge="latest")
    needed_if = column("longtext", _l("Required when"), max=1_000, merge="latest")
    sole = column("bool", _l("Warn when another has the same"))

    @classmethod
    def indexed(cls) -> tuple[str, ...]:
        return ("of",)


class CustomEntity(Record):
    """A kind of record of an organisation's own. Its `key` is its type, for ever."""

    __tablename__ = "custom_entity"
    spec = Entity(
        "custom_entity", path="custom-entities", label=_l("Kind of record"),
        plural=_l("Kinds of record"), new=_l("New kind of record"), icon="package",
        title="plural", system=True, reference=True, rule=rules.entity_rule,
    )  # fmt: skip
    key = column("text", _l("Key"), max=30, required=True, merge="append")
    label = column("text", _l("Name of one"), max=60, required=True)
    plural = column("text", _l("Name of several"), max=60, required=True, search=True)
    new = column("text", _l("Words to add one"), max=80)
    heading = column("text", _l("What its title is called"), max=80)
    icon = column("text", _l("Icon"), max=40)
    belongs = column("bool", _l("Belongs to an account"), merge="append")
    in_menu = column("bool", _l("In the menu"))
    place = column("integer", _l("Place"), min=0, max=100_000)


class OwnRecord(Record):
    """A record of any own entity: what it is called, and the account it belongs to. All else is in
    its `doc`, and what lists are filtered by in `field_value`."""

    __tablename__ = "own_record"
    spec = Entity("own_record", path="", label="", plural="", new="", icon="", title="name")
    type: Mapped[str] = mapped_column(String(40))
    name = column("text", _l("Name"), required=True, search=True)
    account = column("ref", _l("Account"), target="account", required=True)

    @classmethod
    def walked(cls) -> bool:
        return False  # but each of the entities by itself, see below

    @classmethod
    def indexed(cls) -> tuple[Any, ...]:
        return ("account",)


C: Any = OwnRecord.__table__.c
for by in ("sort", "created_at"):  # each entity's records in the orders of its list
    Index(f"ix_own_record_type_{by}", C.org, C.type, C.deleted, C[by], C.id)
Index("ix_own_record_type_owner", C.org, C.type, C.deleted, C.owner, C.sort)
OwnRecord.spec.fields = fields_of(OwnRecord)
registry.register(CustomField, CustomEntity)
DEFINITIONS = frozenset(
    {"custom_field", "custom_entity", "custom_layout", "custom_link", "field_mark"}
)
