"""Notices: what a person should hear of. Each is theirs alone, and travels to their phones."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Index

from server.core.entity import Entity, Record, field
from server.core.i18n import _l
from server.core.registry import registry

# What it says is made from its kind and its record when it is shown, in the person's language.
KINDS = (
    ("assigned", _l("A task for you")),
    ("reassigned", _l("Given to somebody else")),
    ("due", _l("Due today")),
    ("overdue", _l("Overdue")),
    ("reminder", _l("Your reminder")),
    ("conflict", _l("Two people changed this")),
    ("mention", _l("You were mentioned")),
)


class Notice(Record):
    """Something that `owner` should hear of: `kind`, about the record `rec` of type `of`."""

    __tablename__ = "notice"
    spec = Entity(
        "notice", path="notices", label=_l("Notification"), plural=_l("Notifications"), new="",
        icon="bell", title="kind", system=True, personal=True,
        icons={"assigned": "user-check", "reassigned": "user-round-check", "due": "calendar",
               "overdue": "circle-alert", "reminder": "alarm-clock", "conflict": "git-compare",
               "mention": "at-sign"},
    )  # fmt: skip
    owner = field("person", _l("Owner"), readonly=True, grants="u", group=_l("Ownership"))
    team = field("team", _l("Team"), readonly=True, group=_l("Ownership"))
    kind = field("choice", _l("Kind"), choices=KINDS, readonly=True)
    of = field("text", _l("Kind"), readonly=True)
    rec = field("ref", _l("Record"), readonly=True)
    by = field("person", _l("Created by"), readonly=True)  # whose act it was; null for the clock's
    at = field("instant", _l("When"), readonly=True)
    read = field("bool", _l("Read"), default=False)


Index("ix_notice_unread", Notice.org, Notice.owner, Notice.read)
registry.register(Notice)
NOTICE: Any = Notice.__table__
