"""The declaration of an entity: everything else about it is derived from here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from dataclasses import field as attribute
from functools import cached_property
from typing import Any, ClassVar

from marshmallow import Schema
from sqlalchemy import (
    BigInteger,
    Boolean,
    ColumnElement,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, declared_attr, mapped_column

from .db import Base
from .field import Field as Field
from .field import field as field
from .field import make_field as make_field
from .formulas import in_order
from .i18n import _l, _lp
from .kinds import KINDS


@dataclass(frozen=True)
class Effect:
    """One thing that a named action does to its record, on both sides alike.

    `verb` is set or add; `source` is ("arg", name), ("me",), ("value", v) or ("now",)."""

    verb: str
    field: str
    source: tuple[Any, ...]


@dataclass(frozen=True)
class Action:
    name: str
    noun: str  # the last part of its address
    label: str
    icon: str
    fields: tuple[Field, ...]
    effects: tuple[Effect, ...]
    done: str = _l("Saved")

    def describe(self) -> dict[str, Any]:
        return {
            "name": self.name, "noun": self.noun, "label": self.label, "icon": self.icon,
            "fields": [f.describe() for f in self.fields], "done": self.done,
            "effects": [[e.verb, e.field, list(e.source)] for e in self.effects],
        }  # fmt: skip


@dataclass(frozen=True)
class Related:
    """A related list: records of `type` whose field `by` names this record."""

    type: str
    by: str
    label: str


@dataclass(frozen=True)
class Shares:
    """A record that opens the customer file it belongs to to the person it names: to be seen while
    it is open, and to be held on the phone while it is near (see nearness.py)."""

    state: str  # the field that tells whether it is open
    open: frozenset[str]
    person: str
    due: str | None = None  # without a date it is always near

    def describe(self) -> dict[str, Any]:
        return {"state": self.state, "open": sorted(self.open), "person": self.person,
                "due": self.due}  # fmt: skip


@dataclass(frozen=True)
class Holds:
    """A record by which its owner's phone holds a customer file that the owner may see: while one
    of the fields is filled in. Of those by `opened`, an instant, only the last `most` count."""

    file: str  # the reference to the file
    reasons: tuple[str, ...]
    opened: str
    most: int


@dataclass
class Entity:
    type: str
    path: str
    label: str
    plural: str
    new: str
    icon: str
    title: str
    parent: str | None = None  # the reference through which it belongs to a customer file
    columns: tuple[str, ...] = ()
    filters: tuple[str, ...] = ()
    sorts: tuple[str, ...] = ()
    order: tuple[str, str] = ("", "asc")
    sub: tuple[str, ...] = ()
    related: tuple[Related, ...] = ()
    actions: tuple[Action, ...] = ()
    quick: tuple[str, ...] = ()  # fields offered when adding on the fly
    system: bool = False  # kept by the server: no forms, no pages of its own
    reference: bool = False  # everybody in the organisation holds it
    personal: bool = False  # its owner's alone, whatever the role of others
    audience: str | None = None  # the choice that says who sees it: own, team or all
    attached: bool = False  # to the record that its fields `of` and `rec` name, whose keys it has
    closes_after: int | None = None  # seconds after its making in which it may be changed
    subject: bool = False  # a person, who may ask what is known of them, and to be forgotten
    former: Mapping[str, str] = attribute(default_factory=dict)  # names of fields before → today's
    shares: Shares | None = None
    holds: Holds | None = None
    closed: tuple[str, ...] = ()  # states in which nothing is left to do
    icons: dict[str, str] = attribute(default_factory=dict)  # by value of its field `kind`
    twins: bool = False  # two may be about the same one: they are warned of, found and merged
    own: bool = False  # made by an organisation; it shares a table with others of the kind
    rule: Callable[..., None] | None = None  # (batch, work): raises Refused for what may not be
    layouts: Mapping[str, Any] = attribute(default_factory=dict)  # by role; see custom/showing.py
    links: tuple[Any, ...] = ()  # of the organisation, beside its records
    fields: dict[str, Field] = attribute(default_factory=dict)
    table: Table = attribute(default=None)  # type: ignore[arg-type]

    @cached_property
    def schema(self) -> Schema:
        """A marshmallow schema of the fields that an operation may write."""
        kinds = {f.name: KINDS[f.kind].value(f) for f in self.fields.values()}
        return Schema.from_dict(kinds)()  # type: ignore[arg-type]

    @cached_property
    def searched(self) -> tuple[Field, ...]:
        """By what is sensitive nothing is found, whoever looks for it."""
        return tuple(f for f in self.fields.values() if f.search and not f.sensitive)

    @cached_property
    def sensitive(self) -> tuple[Field, ...]:
        return tuple(f for f in self.fields.values() if f.sensitive)

    @cached_property
    def encoded(self) -> tuple[str, ...]:
        """Fields that a column keeps as JSON text."""
        return tuple(n for n in self.stored if KINDS[self.fields[n].kind].is_encoded)

    @cached_property
    def stored(self) -> tuple[str, ...]:
        """Fields that have a column."""
        return tuple(f.name for f in self.fields.values() if not f.custom)

    @cached_property
    def custom(self) -> tuple[str, ...]:
        """Fields that the organisation has made; their values are in the `doc` alone."""
        return tuple(f.name for f in self.fields.values() if f.custom)

    @cached_property
    def reckoned(self) -> tuple[Field, ...]:
        """Fields whose values follow from others, each after those that it follows from."""
        return tuple(in_order(self.fields.values()))

    @cached_property
    def numbered(self) -> tuple[Field, ...]:
        return tuple(f for f in self.fields.values() if f.kind == "autonumber")

    @cached_property
    def prepared(self) -> dict[tuple[str, ...], Any]:
        """Queries by columns (prepared.py), and fields masked for some rights (sights.py)."""
        return {}

    def here(self, org: Any) -> tuple[ColumnElement[bool], ...]:
        """Clauses for its rows of an organisation."""
        c = self.table.c
        return (c.org == org, c.type == self.type) if self.own else (c.org == org,)

    @cached_property
    def granting(self) -> tuple[Field, ...]:
        return tuple(f for f in self.fields.values() if f.grants)

    @cached_property
    def keyed_by(self) -> frozenset[str | None]:
        """Fields that a record's scope keys are made of."""
        found = {"team", "deleted", self.parent, self.audience}
        found |= {f.name for f in self.granting}
        if self.shares:
            found |= {self.shares.state, self.shares.person, self.shares.due}
        if self.holds:
            found |= {self.holds.file, *self.holds.reasons}
        return frozenset(found)

    @cached_property
    def long(self) -> tuple[str, ...]:
        """Fields in which people write to each other."""
        return tuple(f.name for f in self.fields.values() if f.kind == "longtext")

    def action(self, name: str) -> Action | None:
        return next((a for a in self.actions if name in (a.name, a.noun)), None)

    @cached_property
    def empty(self) -> dict[str, Any]:
        return {name: f.empty for name, f in self.fields.items()}

    def blank(self) -> dict[str, Any]:
        """Every field without a value. Values are replaced, never changed in place."""
        return dict(self.empty)

    def usual(self) -> dict[str, Any]:
        """Defaults that are the same for everybody, by field."""
        given = {name: f.default for name, f in self.fields.items() if not f.word}
        return {name: value for name, value in given.items() if value is not None}

    def describe(self) -> dict[str, Any]:
        """ENTITY of the manifest."""
        return {
            "type": self.type, "path": self.path, "label": self.label, "plural": self.plural,
            "new": self.new, "icon": self.icon, "title": self.title, "parent": self.parent,
            "system": self.system, "readonly": self.system, "attached": self.attached,
            "twins": self.twins, "subject": self.subject,
            "columns": list(self.columns),
            "filters": list(self.filters), "sorts": list(self.sorts),
            "order": list(self.order), "sub": list(self.sub), "quick": list(self.quick),
            "related": [{"type": r.type, "by": r.by, "label": r.label} for r in self.related],
            "actions": [a.describe() for a in self.actions], "closes_after": self.closes_after,
            "closed": list(self.closed), "icons": self.icons,
            "shares": self.shares.describe() if self.shares else None, "former": dict(self.former),
            "layouts": dict(self.layouts), "links": list(self.links),
            "fields": [f.describe() for f in self.fields.values()],
            "reckoned": [f.name for f in self.reckoned],
        }  # fmt: skip


BIG = BigInteger().with_variant(Integer, "sqlite")
SORTABLE = Text().with_variant(Text(collation="C"), "postgresql")


class Record(Base):
    """A row of any entity. `doc` is the ready JSON text that travels to phones."""

    __abstract__ = True
    spec: ClassVar[Entity]

    n: Mapped[int] = mapped_column(BIG, primary_key=True, autoincrement=True)
    id: Mapped[str] = mapped_column(String(36))
    org: Mapped[int] = mapped_column(Integer)
    ver: Mapped[int] = mapped_column(BigInteger)
    doc: Mapped[str] = mapped_column(Text)
    clk: Mapped[str] = mapped_column(Text)
    keys: Mapped[str] = mapped_column(Text)
    sort: Mapped[str] = mapped_column(SORTABLE)
    search: Mapped[str] = mapped_column(Text)

    owner = field("person", _l("Owner"), merge="office", grants="u", default="me",
                  group=_l("Ownership"))  # fmt: skip
    team = field("team", _l("Team"), merge="office", default="my_team", group=_l("Ownership"))
    created_at = field("instant", _lp("when", "Created"), readonly=True, in_form=False)
    created_by = field("person", _l("Created by"), readonly=True, in_form=False)
    updated_at = field("instant", _lp("when", "Changed"), readonly=True, in_form=False)
    updated_by = field("person", _l("Changed by"), readonly=True, in_form=False)
    deleted: Mapped[bool] = mapped_column(
        Boolean, info={"field": make_field("bool", _l("Deleted"), in_form=False)}
    )

    @declared_attr.directive
    def __table_args__(cls) -> tuple[Any, ...]:  # noqa: N805 (a class directive)
        name = cls.__tablename__
        return (
            UniqueConstraint("org", "id", name=f"uq_{name}_org_id"),
            *((Index(f"ix_{name}_sort", "org", "deleted", "sort", "id"),) if cls.walked() else ()),
            *(Index(f"ix_{name}_{c}", "org", c) for c in cls.indexed()),
            *(
                Index(f"ix_{name}_by_{c}", "org", "deleted", c, "id")
                for c in cls.spec.sorts
                if c != cls.spec.title
            ),
        )

    @classmethod
    def walked(cls) -> bool:
        """Is the whole table walked in the order of titles?"""
        return True

    @classmethod
    def indexed(cls) -> tuple[str, ...]:
        """Columns by which rows of this entity are looked up; its parent always."""
        if cls.spec.attached:
            return ("rec",)
        return (cls.spec.parent,) if cls.spec.parent else ()
