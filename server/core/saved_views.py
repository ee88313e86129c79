"""Saved views: what a list is asked for, under a name, for oneself, one's team or everybody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import permissions
from .entity import Entity, Record, field
from .errors import Refused
from .i18n import _l
from .registry import registry

if TYPE_CHECKING:
    from .applying import Batch
    from .work import Work

AUDIENCES = (("own", _l("Only me")), ("team", _l("My team")), ("all", _l("Everybody")))
OPENING = ("usual", "audience", "role")
LONGEST = 4000  # characters of what is asked, as an address says it


def rule(batch: Batch, work: Work) -> None:
    """Raises Refused. Whoever makes one makes it their own and shares it with no other team; what
    others' lists open with is for administrators to say."""
    doc = work.doc
    entity = registry.get(doc["of"])
    if entity is None or entity.system:
        raise Refused("not_a_choice", "of")
    if work.n is None and doc["owner"] != batch.viewer.id:
        raise Refused("forbidden", "owner")
    if work.n is None and doc["team"] not in (None, batch.viewer.team):
        raise Refused("forbidden", "team")
    opens = work.n is None or any(name in OPENING for name, _, _ in work.changes)
    if opens and doc["usual"] and doc["audience"] != "own" and not _administers(batch):
        raise Refused("forbidden", "usual")
    if opens and doc["role"] and not _administers(batch):
        raise Refused("forbidden", "role")


def _administers(batch: Batch) -> bool:
    return permissions.level(batch.viewer.rights, SavedView.spec.type, "change") == permissions.ALL


class SavedView(Record):
    """`asks` is the query of the list's address. `of` is the kind of record; it stays."""

    __tablename__ = "saved_view"
    spec = Entity(
        "saved_view", path="views", label=_l("View"), plural=_l("Views"), new=_l("Save view"),
        icon="bookmark", title="name", system=True, audience="audience", rule=rule,
    )  # fmt: skip
    owner = field("person", _l("Owner"), merge="append", default="me", in_form=False,
                  grants="u")  # fmt: skip
    team = field("team", _l("Team"), merge="append", default="my_team", in_form=False)
    of = field("text", _l("Kind of record"), max=40, required=True, merge="append")
    name = field("text", _l("Name"), max=60, required=True)
    asks = field("text", _l("What it shows"), max=LONGEST, column="longtext",
                 merge="own")  # fmt: skip
    audience = field("choice", _l("Who sees it"), choices=AUDIENCES, required=True, default="own")
    usual = field("bool", _l("Open the list with it"), default=False, merge="own")
    role = field("ref", _l("Opens for"), target="role")  # of those who see it; for all without

    @classmethod
    def indexed(cls) -> tuple[str, ...]:
        return ("of",)


registry.register(SavedView)
