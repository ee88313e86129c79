"""Two records about the same one become one: `unite` of server/sync/PROTOCOL.md.

The winner takes the values that were chosen; whatever names the loser, of any kind, names the
winner from then on, and so does its history. The loser is deleted, and a merger record says where
it went.
`parting.py` takes it back.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, insert
from uuid_utils.compat import uuid7

from .applying import for_them, opened_to_change, referring
from .batch import Batch
from .checking import check
from .clock import clamp, instant
from .custom import values as custom
from .entity import Entity
from .errors import Refused
from .history import LOGS, Merger
from .holding import holding_id
from .ledger import MERGING
from .merge import OK, Outcome
from .operations import Operation
from .persisting import dumps
from .registry import registry
from .sights import masked
from .work import Work, load, load_where

MOVED = "moved"  # what is done to records that hang off: they tell nobody of it
Ties = list[tuple[Work, str]]


@dataclass(frozen=True)
class Wish:
    loser: Work
    values: dict[str, Any]


def unite(batch: Batch, op: Operation, work: Work) -> Outcome:
    """Raises Refused before anything is changed."""
    wish = _wish(batch, op, work)
    ties = list(_ties(batch, wish.loser))
    clock, at = batch.clock(op), clamp(op.t, batch.now)
    before = {name: [work.doc[name], value] for name, value in wish.values.items()}
    for name, value in wish.values.items():
        work.put(name, value, clock)
    for tied, name in ties:
        batch.works.setdefault(tied.id, tied)
        tied.what, tied.at = MOVED, tied.at or at
        tied.put(name, work.id, clock)
    _hold(batch, wish.loser, work, clock)
    wish.loser.put("deleted", True, clock)
    wish.loser.what, wish.loser.at, wish.loser.note = "merged", at, _name(work)
    work.what, work.note, work.touched = "unite", _name(wish.loser), True
    merger = _merger(batch, work, wish.loser, clock)
    moved = [[tied.entity.type, tied.id, name] for tied, name in ties]
    row = {
        "id": merger.id, "org": batch.viewer.org, "person": batch.viewer.id, "ver": batch.ver,
        "type": work.entity.type, "winner": work.id, "loser": wish.loser.id, "undone": None,
        "at": datetime.fromtimestamp(batch.now / 1000, UTC), "before": dumps(before),
        "moved": dumps(moved),
    }  # fmt: skip
    batch.past.connection.execute(insert(MERGING).values(row))
    return OK


def _name(work: Work) -> str | None:
    """By which people know a record: its title, and its number if it has one."""
    number = next((f.name for f in work.entity.fields.values() if f.kind == "autonumber"), None)
    found = (work.doc[work.entity.title], work.doc[number] if number else None)
    return " · ".join(str(one) for one in found if one) or None


def _wish(batch: Batch, op: Operation, work: Work) -> Wish:
    given = op.value if isinstance(op.value, dict) else {}
    id_, values = given.get("loser"), given.get("values")
    alone = op.group is None and work.entity.twins
    if not alone or not isinstance(id_, str) or not isinstance(values, dict) or id_ == work.id:
        raise Refused("malformed", "v")
    loser = loaded(batch, work.entity, [id_]).get(id_)
    if loser is None or loser.doc["deleted"] or work.doc["deleted"] or not batch.may(loser, "see"):
        raise Refused("missing")
    if given.get("ver") not in (None, loser.ver):
        raise Refused("stale")
    opened_to_change(batch, work, "change")
    opened_to_change(batch, loser, "delete")
    return Wish(loser, {name: _value(batch, work, loser, name, one)
                        for name, one in values.items()} | _untold(batch, work, loser)
                | _selves(work, loser))  # fmt: skip


def _untold(batch: Batch, work: Work, loser: Work) -> dict[str, Any]:
    """Of fields that whoever merges does not see, nothing is lost for want of a choice."""
    kind, rights = work.entity.type, batch.viewer.rights
    hidden = set() if batch.trusted else rights.hidden(kind) | masked(rights, kind)
    return {name: loser.doc[name] for name in hidden & work.doc.keys()
            if work.doc[name] in (None, []) and loser.doc[name] not in (None, [])}  # fmt: skip


def _value(batch: Batch, work: Work, loser: Work, name: Any, value: Any) -> Any:
    spec = work.entity.fields.get(name) if isinstance(name, str) else None
    if spec is None or spec.name == "deleted":
        raise Refused("unknown_field", str(name)[:80])
    if spec.readonly and not batch.trusted:
        raise Refused("readonly", spec.name)
    for_them(batch, work.entity, spec.name)
    for_them(batch, work.entity, spec.name)
    checked = check(spec, value)
    if checked not in (work.doc[name], loser.doc[name]):
        referring(batch, spec, checked)
    return checked


def _selves(work: Work, loser: Work) -> dict[str, Any]:
    """Where the winner names the loser it would name itself."""
    return {name: None for name in _names(work.entity, work.entity.type)
            if work.doc[name] == loser.id}  # fmt: skip


def loaded(batch: Batch, entity: Entity, ids: list[str]) -> dict[str, Work]:
    """Working copies, loaded where they are not yet."""
    missing = [id_ for id_ in ids if id_ not in batch.works]
    found = load(batch.past.connection, batch.viewer.org, entity, missing)
    batch.works.update(found)
    return {id_: batch.works[id_] for id_ in ids if id_ in batch.works}


def _ties(batch: Batch, loser: Work) -> Iterator[tuple[Work, str]]:
    """What names the loser, deleted or not, and by which field."""
    connection, org = batch.past.connection, batch.viewer.org
    for entity in registry.entities.values():
        for name, clause in _naming(org, entity, loser):
            for found in load_where(connection, org, entity, clause):
                tied = batch.works.get(found.id, found)
                if tied is not loser and tied.doc[name] == loser.id:
                    batch.works.setdefault(tied.id, tied)
                    yield tied, name


def _naming(org: int, entity: Entity, loser: Work) -> Iterator[tuple[str, ColumnElement[bool]]]:
    c, kind = entity.table.c, loser.entity.type
    if entity in LOGS:
        yield from ((name, c[name] == loser.id) for name in ("rec", "file"))
    elif entity.attached:
        yield "rec", and_(c.rec == loser.id, c.of == kind)
    elif not entity.personal:
        for name in _names(entity, kind):
            field = entity.fields[name]
            named = custom.V.text == loser.id
            clause = custom.matching(org, entity, field, named) if field.custom else None
            yield name, c[name] == loser.id if clause is None else clause


def _names(entity: Entity, kind: str) -> list[str]:
    """Its fields that may name a record of the kind."""
    return [f.name for f in entity.fields.values() if f.kind == "ref" and f.target == kind]


def _hold(batch: Batch, loser: Work, work: Work, clock: list[Any]) -> None:
    """Whose phones hold the loser, they hold the winner."""
    for entity in registry.holding(loser.entity.type):
        assert entity.holds
        file, of = entity.holds.file, entity.table.c[entity.holds.file] == loser.id
        for held in list(load_where(batch.past.connection, batch.viewer.org, entity, of)):
            id_ = holding_id(held.doc["owner"], work.id)
            ours = loaded(batch, entity, [id_]).get(id_)
            if ours is None:
                doc = held.doc | {file: work.id}
                ours = Work(entity, id_, doc, {"*": clock}, [], what="new", touched=True)
                batch.works[id_] = batch.born[id_] = ours
            for name in entity.holds.reasons:
                if held.doc[name] and not ours.doc[name]:
                    ours.put(name, held.doc[name], clock)


def _merger(batch: Batch, work: Work, loser: Work, clock: list[Any]) -> Work:
    at = instant(batch.now)
    entity = Merger.spec
    doc = entity.blank() | {
        "rec": work.id, "of": work.entity.type, "file": work.file, "loser": loser.id,
        "name": _name(loser), "at": at, "owner": work.doc["owner"], "team": work.doc["team"],
        "created_at": at, "created_by": batch.viewer.id,
        "updated_at": at, "updated_by": batch.viewer.id,
    }  # fmt: skip
    made = Work(entity, str(uuid7()), doc, {"*": clock}, [], what="new", touched=True)
    batch.works[made.id] = batch.born[made.id] = made
    return made
