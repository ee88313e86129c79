"""The declaration of an entity: everything else about it is derived from here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
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
from sqlalchemy.orm import Mapped, MappedColumn, declared_attr, mapped_column

from .db import Base
from .i18n import _l, _lp
from .kinds import KINDS

Choices = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Field:
    """What a person, a form, a phone and a permission need to know about one field."""

    kind: str
    label: str
    name: str = ""
    required: bool = False
    readonly: bool = False  # set by the server or by an action, never by a form or an operation
    max: int | None = None  # characters of a text, largest number
    min: int | None = None
    choices: Choices | None = None
    states: dict[str, tuple[str, ...]] | None = None  # from → the states it may move to
    merge: str = "latest"  # latest device office set counter text append state
    search: bool = False
    sensitive: bool = False
    target: str | None = None  # the entity that a reference points to
    group: str = _l("Details")
    help: str | None = None
    default: Any = None  # a value, or "me", "my_team", "today", "now"
    grants: str | None = None  # "u" or "s": a person named here gets that key to the record
    in_form: bool = True
    personal: bool = False  # of a person: everybody may change their own
    former: Mapping[str, str] = attribute(default_factory=dict)  # choices of before → today's
    kind_in: str | None = None  # of a reference: the field that says what kind of record it names
    aside: bool = False  # a fact for programs: pages don't list it, the change log is silent on it
    custom: bool = False  # made by the organisation; it has no column of its own

    @cached_property
    def values(self) -> frozenset[str]:
        return frozenset(value for value, _ in self.choices or ())

    @property
    def empty(self) -> Any:
        return [] if KINDS[self.kind].is_list else (False if self.kind == "bool" else None)

    def element(self) -> Field:
        """The declaration of one element of a list field."""
        return replace(self, required=False, max=self.max or 100)

    def describe(self) -> dict[str, Any]:
        """FIELD of the manifest."""
        return {
            "name": self.name, "label": self.label, "kind": self.kind, "required": self.required,
            "readonly": self.readonly, "max": self.max, "min": self.min,
            "choices": [list(pair) for pair in self.choices] if self.choices else None,
            "states": {k: list(v) for k, v in self.states.items()} if self.states else None,
            "merge": self.merge, "search": self.search, "sensitive": self.sensitive,
            "target": self.target, "group": self.group, "help": self.help,
            "default": self.default, "in_form": self.in_form, "grants": self.grants,
            "aside": self.aside, "custom": self.custom,
        }  # fmt: skip


MERGE = {"phones": "set", "tags": "set", "choices": "set", "people": "set",
         "state": "state", "longtext": "text"}  # fmt: skip
TARGET = {"person": "person", "people": "person", "team": "team"}
LENGTH = {"text": 200, "longtext": 10_000, "email": 254, "url": 500}


def make_field(kind: str, label: str, **options: Any) -> Field:
    options.setdefault("merge", MERGE.get(kind, "latest"))
    options.setdefault("target", TARGET.get(kind))
    options.setdefault("max", LENGTH.get(kind))
    return Field(kind, label, **options)


def field(
    kind: str, label: str, *, index: bool = False, column: str | None = None, **options: Any
) -> MappedColumn[Any]:
    """A column of an entity together with its declaration. `column` is the kind that it was when
    the column was made, if it has become another since: what stands in it is kept."""
    spec = make_field(kind, label, **options)
    made = KINDS[column or kind].column
    return mapped_column(made, nullable=True, index=index, info={"field": spec})


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
    attached: bool = False  # to the record that its fields `of` and `rec` name, whose keys it has
    closes_after: int | None = None  # seconds after its making in which it may be changed
    former: Mapping[str, str] = attribute(default_factory=dict)  # names of fields before → today's
    shares: Shares | None = None
    holds: Holds | None = None
    number: str | None = None  # pattern of its autonumber field, e.g. "C-{:05d}"
    closed: tuple[str, ...] = ()  # states in which nothing is left to do
    icons: dict[str, str] = attribute(default_factory=dict)  # by value of its field `kind`
    own: bool = False  # made by an organisation; it shares a table with others of the kind
    rule: Callable[..., None] | None = None  # (batch, work): raises Refused for what may not be
    fields: dict[str, Field] = attribute(default_factory=dict)
    table: Table = attribute(default=None)  # type: ignore[arg-type]

    @cached_property
    def schema(self) -> Schema:
        """A marshmallow schema of the fields that an operation may write."""
        kinds = {f.name: KINDS[f.kind].value(f) for f in self.fields.values()}
        return Schema.from_dict(kinds)()  # type: ignore[arg-type]

    @cached_property
    def searched(self) -> tuple[Field, ...]:
        return tuple(f for f in self.fields.values() if f.search)

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

    def here(self, org: int) -> tuple[ColumnElement[bool], ...]:
        """Clauses for its rows of an organisation."""
        c = self.table.c
        return (c.org == org, c.type == self.type) if self.own else (c.org == org,)

    @cached_property
    def granting(self) -> tuple[Field, ...]:
        return tuple(f for f in self.fields.values() if f.grants)

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
        words = ("me", "my_team", "today", "now")
        given = {name: f.default for name, f in self.fields.items()}
        return {name: v for name, v in given.items() if v is not None and v not in words}

    def describe(self) -> dict[str, Any]:
        """ENTITY of the manifest."""
        return {
            "type": self.type, "path": self.path, "label": self.label, "plural": self.plural,
            "new": self.new, "icon": self.icon, "title": self.title, "parent": self.parent,
            "system": self.system, "readonly": self.system, "attached": self.attached,
            "columns": list(self.columns),
            "filters": list(self.filters), "sorts": list(self.sorts),
            "order": list(self.order), "sub": list(self.sub), "quick": list(self.quick),
            "related": [{"type": r.type, "by": r.by, "label": r.label} for r in self.related],
            "actions": [a.describe() for a in self.actions], "closes_after": self.closes_after,
            "closed": list(self.closed), "icons": self.icons,
            "shares": self.shares.describe() if self.shares else None, "former": dict(self.former),
            "fields": [f.describe() for f in self.fields.values()],
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
            Index(f"ix_{name}_sort", "org", "deleted", "sort", "id"),
            *(Index(f"ix_{name}_{c}", "org", c) for c in cls.indexed()),
            *(
                Index(f"ix_{name}_by_{c}", "org", "deleted", c, "id")
                for c in cls.spec.sorts
                if c != cls.spec.title
            ),
        )

    @classmethod
    def indexed(cls) -> tuple[str, ...]:
        """Columns by which rows of this entity are looked up; its parent always."""
        if cls.spec.attached:
            return ("rec",)
        return (cls.spec.parent,) if cls.spec.parent else ()
