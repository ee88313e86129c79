"""Records that the door itself writes: what changed, and values that lost. They sync too."""

from __future__ import annotations

from typing import Any

from .entity import Entity, Record
from .entity import field as column
from .i18n import _l, _lp
from .registry import registry


class HistoryRecord(Record):
    """A record about another one (`rec` of type `of`), carrying that record's scope keys."""

    __abstract__ = True

    rec = column("ref", _l("Record"), readonly=True)
    of = column("text", _l("Kind"), readonly=True, merge="latest")
    file = column("ref", _l("Customer file"), readonly=True)

    @classmethod
    def indexed(cls) -> tuple[Any, ...]:
        return ("rec", "file")


class Change(HistoryRecord):
    """What one transaction did to one record. `fields` = [[field, before, after]]."""

    __tablename__ = "change"
    spec = Entity(
        "change", path="changes", label=_l("Change"), plural=_l("Changes"), new="", icon="history",
        title="what", system=True,
    )  # fmt: skip
    what = column("text", _l("What"), readonly=True)  # set, del, restore or an action's name
    fields = column("json", _l("Fields"), readonly=True)
    note = column("longtext", _l("Note"), readonly=True, merge="latest")
    at = column("instant", _l("When"), readonly=True)


class Conflict(HistoryRecord):
    """A value that lost against a concurrent one. To settle it is an operation on `open`."""

    __tablename__ = "conflict"
    spec = Entity(
        "conflict", path="conflicts", label=_l("Conflict"), plural=_l("Conflicts"), new="",
        icon="git-merge", title="field", system=True,
    )  # fmt: skip
    field = column("text", _l("Field"), readonly=True)
    kept = column("json", _l("Kept"), readonly=True)
    lost = column("json", _lp("value", "Lost"), readonly=True)
    before = column("json", _l("Before"), readonly=True)
    kept_by = column("person", _l("Kept value by"), readonly=True)
    lost_by = column("person", _l("Lost value by"), readonly=True)
    kept_at = column("instant", _l("Kept value written"), readonly=True)
    lost_at = column("instant", _l("Lost value written"), readonly=True)
    open = column("bool", _l("Open"), default=True)


class Merger(HistoryRecord):
    """That a record (`loser`, of the same kind) was merged into `rec`, which its address leads to.
    Deleted when the merger is taken back."""

    __tablename__ = "merger"
    spec = Entity(
        "merger", path="mergers", label=_l("Merge"), plural=_l("Merges"), new="",
        icon="git-merge", title="name", system=True,
    )  # fmt: skip
    loser = column("ref", _l("Merged record"), readonly=True)
    name = column("text", _l("Name"), readonly=True)
    at = column("instant", _l("When"), readonly=True)

    @classmethod
    def indexed(cls) -> tuple[Any, ...]:
        return (*super().indexed(), "loser")


LOGS = (Change.spec, Conflict.spec, Merger.spec)
registry.register(Change, Conflict, Merger)
