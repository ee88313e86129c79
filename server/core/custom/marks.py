"""What an organisation calls sensitive, of what is built in and of its own: each a record like
other definitions. What follows from a sensitive field is sensitive with it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from ..entity import Entity, Record
from ..entity import field as column
from ..errors import Refused
from ..formulas import names_in, names_of
from ..i18n import _l
from ..narrowing import markable
from ..registry import Registry, registry

if TYPE_CHECKING:
    from ..batch import Batch
    from ..work import Work

Doc = dict[str, Any]


def mark_rule(batch: Batch, work: Work) -> None:
    """There is one for each field. Raises Refused."""
    entity = registry.get(work.doc["of"])
    if entity is None or (entity.system and not entity.own):
        raise Refused("not_a_choice", "of")
    if work.n is not None:
        return
    if work.doc["field"] not in markable(entity):
        raise Refused("not_a_choice", "field")
    c = work.entity.table.c
    mine = (c.of == entity.type, c.field == work.doc["field"])
    query = select(c.id).where(*work.entity.here(batch.viewer.org), *mine)
    others = [one for one in batch.born.values() if one.entity is work.entity and one is not work]
    same = [one for one in others if all(one.doc[n] == work.doc[n] for n in ("of", "field"))]
    if same or batch.past.connection.execute(query).first():
        raise Refused("taken", "field")


class FieldMark(Record):
    """That a field of a kind of record is sensitive, as long as it says so."""

    __tablename__ = "field_mark"
    spec = Entity(
        "field_mark", path="field-marks", label=_l("Sensitive field"),
        plural=_l("Sensitive fields"), new=_l("Sensitive field"), icon="lock", title="field",
        system=True, reference=True, rule=mark_rule,
    )  # fmt: skip
    of = column("text", _l("Kind of record"), max=40, required=True, merge="append")
    field = column("text", _l("Field"), max=40, required=True, merge="append")
    sensitive = column("bool", _l("Sensitive"))


registry.register(FieldMark)


def mark(found: Registry, marks: list[Doc]) -> None:
    """Fields as the organisation calls them. A condition that names one is not asked: what it
    requires would tell."""
    named: dict[str, set[str]] = {}
    for doc in marks:
        if doc["sensitive"] and not doc["deleted"]:
            named.setdefault(doc["of"], set()).add(doc["field"])
    for kind in named.keys() & found.entities.keys():
        entity = found.entities[kind]
        names = named[kind] & set(markable(entity))
        for field in entity.reckoned:
            names |= set() if names.isdisjoint(names_of(field)) else {field.name}
        fields = {n: _marked(field, names) for n, field in entity.fields.items()}
        found.entities[kind] = replace(entity, fields=fields)


def _marked(field: Any, names: set[str]) -> Any:
    trees = {n: getattr(field, n) for n in ("seen_if", "needed_if")}
    silent = {n: None for n, tree in trees.items() if tree and not names.isdisjoint(names_in(tree))}
    marks = {"sensitive": True} if field.name in names else {}
    return replace(field, **silent, **marks) if silent or marks else field
