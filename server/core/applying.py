"""One operation, applied to working copies: may this person, is it valid, how does it merge."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from uuid_utils.compat import uuid7

from . import permissions
from .batch import Batch
from .checking import check
from .clock import clamp, instant
from .entity import Action, Effect, Entity, Field
from .errors import Refused
from .formulas import is_needed
from .history import Conflict
from .kinds import REFERENCES
from .merge import MERGED, OK, Clash, Outcome, Write, merge
from .operations import Operation
from .registry import registry
from .scope import own_keys
from .usual import default_of
from .veiling import veiled
from .work import Work


def apply(batch: Batch, op: Operation) -> Outcome:
    """Raises Refused when the operation is not accepted; the copies may then be half changed."""
    if op.problem:
        raise op.problem
    assert op.entity is not None
    outcome = _applied(batch, op, op.entity)
    if op.entity.rule:
        op.entity.rule(batch, batch.works[op.rec])
    return outcome


def _applied(batch: Batch, op: Operation, entity: Entity) -> Outcome:
    if op.verb == "new":
        return _new(batch, op, entity)
    work = batch.works.get(op.rec)
    if work is None or work.entity is not entity or not batch.may(work, "see") or work.erased:
        raise Refused("missing")
    if op.only not in (None, work.ver):
        raise Refused("stale")
    work.at, work.by = clamp(op.t, batch.now), batch.viewer.id
    return VERBS[op.verb](batch, op, work)


def _new(batch: Batch, op: Operation, entity: Entity) -> Outcome:
    if op.rec in batch.works:
        return _again(batch, op, batch.works[op.rec])
    rights = batch.viewer.rights
    if not batch.trusted and permissions.level(rights, entity.type, "create") == "none":
        raise Refused("forbidden")
    clock = batch.clock(op)
    work = Work(entity, op.rec, entity.blank(), {"*": clock}, [], what="new", touched=True)
    work.at, work.by = clock[1], batch.viewer.id
    _fill(batch, work, op.value)
    at = instant(clock[1])
    work.doc |= {"created_at": at, "created_by": batch.viewer.id}
    work.doc |= {"updated_at": at, "updated_by": batch.viewer.id}
    work.keys = sorted(own_keys(entity, work.doc))
    batch.works[op.rec] = batch.born[op.rec] = work
    return OK


def _again(batch: Batch, op: Operation, work: Work) -> Outcome:
    """A personal record has the same id wherever its person makes it: what is given is set."""
    if not (work.entity is op.entity and work.entity.personal and batch.may(work, "change")):
        raise Refused("exists")
    work.at, work.by = clamp(op.t, batch.now), batch.viewer.id
    for name, value in op.value.items():
        spec = work.entity.fields.get(name)
        if spec is None or (spec.readonly and not batch.trusted):
            raise Refused("readonly" if spec else "unknown_field", str(name)[:80])
        for_them(batch, work.entity, name)
        _own(batch, work.entity, name, value)
        write(batch, op, work, spec, "set", referring(batch, spec, check(spec, value)))
    return OK


def as_read(batch: Batch, work: Work) -> dict[str, Any]:
    """What conditions are asked of: a field that is hidden from this person is empty, as it is in
    their forms and on their phone. So nobody learns of it by what is required of them, nor is
    asked for what no form of theirs shows."""
    if batch.trusted:
        return work.doc
    return veiled(batch.viewer.rights, work.entity.type, work.doc)


def for_them(batch: Batch, entity: Entity, name: str) -> None:
    """What a person's roles hide or protect is not theirs to write."""
    if batch.right(entity.type, name):
        raise Refused("forbidden", name)


def _own(batch: Batch, entity: Entity, name: str, value: Any) -> None:
    """What is personal is its owner's for ever, and of no team."""
    if entity.personal and not batch.trusted and name == "owner" and value != batch.viewer.id:
        raise Refused("forbidden", name)


def _fill(batch: Batch, work: Work, values: dict[str, Any]) -> None:
    """Checked values and defaults into a record that is being born."""
    for name in values:
        if not isinstance(name, str) or name not in work.entity.fields:
            raise Refused("unknown_field", str(name)[:80])
    for spec in work.entity.fields.values():
        if spec.readonly and not batch.trusted:
            if values.get(spec.name) not in (None, [], False):
                raise Refused("readonly", spec.name)
            continue
        value = values.get(spec.name)
        usual = default_of(spec, batch.viewer, batch.now)
        if value is None:
            value = usual
        elif value not in (usual, [], False):
            for_them(batch, work.entity, spec.name)
        _own(batch, work.entity, spec.name, value)
        if value is None and (not spec.required or _not_asked(spec, values)):
            continue
        work.doc[spec.name] = referring(batch, spec, check(spec, value))
    for spec in work.entity.fields.values():
        asked = spec.needed_if and spec.name in values and work.doc[spec.name] in (None, [])
        if asked and is_needed(spec, as_read(batch, work)):
            raise Refused("required", spec.name)
        if spec.kind_in and work.doc[spec.name]:
            _naming(batch, work, spec)


def _not_asked(spec: Field, values: dict[str, Any]) -> bool:
    """What a field made lately requires was not asked of whoever wrote before it was there."""
    return spec.custom and spec.name not in values


def _naming(batch: Batch, work: Work, spec: Field) -> None:
    """A reference to a record of any kind: it has to be there, and to be one that bears it."""
    kind = work.doc[spec.kind_in or ""]
    if not registry.bears(kind) or not batch.known(kind, work.doc[spec.name]):
        raise Refused("bad_reference", spec.name)


def referring(batch: Batch, spec: Field, value: Any) -> Any:
    """The value, once what it points to is known to be there."""
    if spec.kind not in REFERENCES or spec.target is None or not value:
        return value
    for id_ in value if isinstance(value, list) else [value]:
        if not batch.known(spec.target, id_):
            raise Refused("bad_reference", spec.name)
    return value


def _set(batch: Batch, op: Operation, work: Work) -> Outcome:
    spec = _field(batch, op, work)
    if op.verb == "inc":
        if spec.merge != "counter":
            raise Refused("wrong_kind", spec.name)
        value: Any = op.delta
    elif op.verb in ("add", "rem"):
        if spec.merge != "set":
            raise Refused("wrong_kind", spec.name)
        value = check(spec, op.value if isinstance(op.value, list) else [op.value])
    else:
        value = check(spec, op.value)
    if spec.needed_if and value is None and is_needed(spec, as_read(batch, work)):
        raise Refused("required", spec.name)
    _own(batch, work.entity, spec.name, value)
    if op.verb != "rem":
        referring(batch, spec, value)
    return write(batch, op, work, spec, op.verb, value)


def _field(batch: Batch, op: Operation, work: Work) -> Field:
    spec = work.entity.fields.get(op.field or "")
    if spec is None:
        raise Refused("unknown_field", (op.field or "")[:80])
    if spec.readonly and not batch.trusted:
        raise Refused("readonly", spec.name)
    for_them(batch, work.entity, spec.name)
    if not (spec.personal and work.id == batch.viewer.id):
        opened_to_change(batch, work, "delete" if spec.name == "deleted" else "change")
    return spec


def opened_to_change(batch: Batch, work: Work, action: str) -> None:
    if not batch.may(work, action):
        raise Refused("forbidden")
    open_for = work.entity.closes_after
    if open_for is None or batch.trusted:
        return
    if instant(work.at - open_for * 1000) > (work.doc["created_at"] or ""):
        raise Refused("closed")


def write(batch: Batch, op: Operation, work: Work, spec: Field, verb: str, value: Any) -> Outcome:
    """Merge one value and keep the loser, if there is one, as a conflict."""
    came_from = work.last(spec.name)
    outcome = merge(work, Write(spec, verb, value, op.base, batch.clock(op), batch.past))
    if work.entity.personal:  # nobody is in conflict with themselves
        return MERGED if outcome.clash else outcome
    if outcome.clash:
        _open_conflict(batch, op, work, outcome.clash, came_from)
    elif spec.name != "deleted" and _was_deleted_meanwhile(batch, op, work):
        clash = Clash("deleted", True, False, False)
        _open_conflict(batch, op, work, clash, work.last("deleted"))
        return Outcome("conflict", clash)
    return outcome


def _was_deleted_meanwhile(batch: Batch, op: Operation, work: Work) -> bool:
    ver, _, device = work.last("deleted")
    if not (work.doc["deleted"] and ver > op.base and device != batch.device):
        return False
    return not any(
        other.entity.type == "conflict" and other.doc["rec"] == work.id
        and other.doc["field"] == "deleted"
        for other in batch.born.values()
    )  # fmt: skip


def _open_conflict(batch: Batch, op: Operation, work: Work, clash: Clash, met: list[Any]) -> None:
    """A conflict record beside `work`; `met` is the clock that the incoming write ran into."""
    mine = (batch.viewer.id, instant(clamp(op.t, batch.now)))
    theirs = (batch.past.last_writer(work, clash.field), instant(met[1]))
    kept, lost = (mine, theirs) if clash.incoming_won else (theirs, mine)
    entity = Conflict.spec
    record = Work(entity, str(uuid7()), entity.blank(), {"*": batch.clock(op)}, list(work.keys))
    record.doc |= {
        "rec": work.id, "of": work.entity.type, "file": work.file, "field": clash.field,
        "kept": clash.kept, "lost": clash.lost,
        "before": batch.past.value_at(work, clash.field, op.base),
        "kept_by": kept[0], "kept_at": kept[1], "lost_by": lost[0], "lost_at": lost[1],
        "open": True, "owner": work.doc["owner"], "team": work.doc["team"],
        "created_at": instant(batch.now), "created_by": batch.viewer.id,
        "updated_at": instant(batch.now), "updated_by": batch.viewer.id,
    }  # fmt: skip
    record.touched, record.what = True, "new"
    batch.works[record.id] = batch.born[record.id] = record


def _delete(batch: Batch, op: Operation, work: Work) -> Outcome:
    opened_to_change(batch, work, "delete")
    work.what = "del"
    return write(batch, op, work, work.entity.fields["deleted"], "set", True)


def _do(batch: Batch, op: Operation, work: Work) -> Outcome:
    """A named action: its arguments checked like fields, its effects written like values."""
    action = work.entity.action(op.field or "")
    if action is None:
        raise Refused("unknown_action", (op.field or "")[:80])
    opened_to_change(batch, work, "change")
    arguments = _arguments(batch, action, op.value)
    work.what, work.note = action.name, arguments.get("note")
    outcome = OK
    for effect in action.effects:
        spec = work.entity.fields[effect.field]
        for_them(batch, work.entity, spec.name)
        value = _source(batch, effect, arguments)
        verb = "add" if effect.verb == "add" else "set"
        one = write(batch, op, work, spec, verb, [value] if verb == "add" else value)
        outcome = one if one.status == "conflict" or outcome is OK else outcome
    work.touched = True
    return outcome if outcome.status == "conflict" else (MERGED if outcome is MERGED else OK)


def _arguments(batch: Batch, action: Action, given: Any) -> dict[str, Any]:
    values = {} if given is None else given
    if not isinstance(values, dict):
        raise Refused("malformed", "v")
    for name in values:
        if name not in {f.name for f in action.fields}:
            raise Refused("unknown_field", str(name)[:80])
    return {f.name: referring(batch, f, check(f, values.get(f.name))) for f in action.fields}


def _source(batch: Batch, effect: Effect, arguments: dict[str, Any]) -> Any:
    kind, *rest = effect.source
    if kind == "arg":
        return arguments[rest[0]]
    return {"me": batch.viewer.id, "now": instant(batch.now)}.get(kind) or rest[0]


VERBS: dict[str, Callable[[Batch, Operation, Work], Outcome]] = {
    "set": _set,
    "inc": _set,
    "add": _set,
    "rem": _set,
    "del": _delete,
    "do": _do,
}
