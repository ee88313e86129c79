"""How records of a kind look to an organisation: layouts of their forms and pages, and links that
lead elsewhere. They are records like other definitions."""

from __future__ import annotations

from ..entity import Entity, Record
from ..entity import field as column
from ..i18n import _l
from ..registry import registry
from . import showing


class CustomLayout(Record):
    """Groups of fields in their order, for one role or for everybody. One that is deleted gives way
    to what is built in."""

    __tablename__ = "custom_layout"
    spec = Entity(
        "custom_layout", path="custom-layouts", label=_l("Layout"), plural=_l("Layouts"),
        new=_l("New layout"), icon="layers", title="of", system=True, reference=True,
        rule=showing.layout_rule,
    )  # fmt: skip
    of = column("text", _l("Kind of record"), max=40, required=True, merge="append")
    role = column("text", _l("Role"), max=40, merge="append")  # none: everybody without another
    plan = column("json", _l("Layout"), required=True)  # {groups: [GROUP], unseen: [name]}


class CustomLink(Record):
    """A link on a record's page, with values of the record in its address."""

    __tablename__ = "custom_link"
    spec = Entity(
        "custom_link", path="custom-links", label=_l("Custom link"), plural=_l("Custom links"),
        new=_l("New link"), icon="arrow-right", title="label", system=True, reference=True,
        rule=showing.link_rule,
    )  # fmt: skip
    of = column("text", _l("Kind of record"), max=40, required=True, merge="append")
    label = column("text", _l("Name"), max=80, required=True)
    address = column("text", _l("Address"), max=500, required=True)
    place = column("integer", _l("Place"), min=0, max=100_000)


registry.register(CustomLayout, CustomLink)
