"""From a posted form to values, and from values to operations of the sync protocol.

A form is {name: [strings]}. Equal to pwa/views/forms.js.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

from .views import typed
from .views.cells import is_empty, is_veiled
from .views.checks import check, check_move
from .views.defaults import defaults
from .views.manifest import Json, editable, entity, field_of
from .views.revealing import by_condition, conditional

Form = dict[str, list[str]]
Uuid = Callable[[], str]


def parse(owner: Json, form: Form, me: Json, record: Json | None = None) -> Json:
    """{values, given, errors} of an entity or an action: values by field; what was typed, to be
    shown again; codes by field. Only fields named in `_fields` or posted are read.

    `record` is the one being changed; without one everything required has to be there.
    """
    names = {*" ".join(form.get("_fields", [])).split(" "), *form}
    values, given, errors = {}, {}, {}
    for field in editable(owner):
        name = field["name"]
        if name in names:
            given[name] = typed.raw(field, form.get(name, []))
            if _is_left(field, form, record):
                continue
            values[name], code = _value(field, form.get(name, []), me, record)
        else:
            code = _missing(field, record)
        if code:
            errors[name] = code
    by_condition(owner, values, errors, record)
    return {"values": values, "given": given, "errors": errors}


def _is_left(field: Json, form: Form, record: Json | None) -> bool:
    """What stands behind a mask stays, unless something is typed or it is said to be emptied."""
    name = field["name"]
    typed_at_all = any(one.strip() for one in form.get(name, []))
    left = not typed_at_all and name not in form.get("_empty", [])
    return left and record is not None and is_veiled(field, record)


def _value(field: Json, strings: list[str], me: Json, record: Json | None) -> typed.Read:
    value, code = typed.read(field, strings, me)
    if not code:
        value, code = check(field, value)
    return value, code or check_move(field, record, value)


def _missing(field: Json, record: Json | None) -> str | None:
    wanted = field["required"] and field["default"] is None
    return "required" if wanted and record is None else None


def seen(owner: Json, form: Form, record: Json) -> tuple[Json, int]:
    """What the person saw when changing the record: (values by field, version)."""
    was = {"_veiled": record.get("_veiled") or []}
    was |= {f["name"]: record[f["name"]] for f in owner["fields"]}
    base = (form.get("_base") or [""])[0]
    return (
        was | {k: v for k, v in _told(form).items() if k in was and k != "_veiled"},
        int(base) if re.fullmatch("[0-9]{1,15}", base) else record["ver"],
    )


def _told(form: Form) -> Json:
    try:
        told = json.loads((form.get("_was") or ["{}"])[0])
    except (ValueError, RecursionError):
        return {}
    return told if isinstance(told, dict) else {}


def creation(owner: Json, rec: str, values: Json, me: Json, now: str, uuid: Uuid, t: int) -> Json:
    """The operation that makes a record. `t` is the clock in ms."""
    given = {name: value for name, value in values.items() if not is_empty(value)}
    v = {**defaults(owner, me, now), **given}
    return _op(uuid, "new", owner, rec, 0, t, v=v)


def operations(
    owner: Json, rec: str, was: Json, values: Json, base: int, me: Json, uuid: Uuid, t: int
) -> list[Json]:
    """One operation for each field that differs, for lists one for each element."""
    found = []
    conditions = conditional(owner)
    last = [*(f for f in editable(owner) if f not in conditions), *conditions]
    for field in last:  # the door asks for what is required when it comes to it
        name = field["name"]
        veiled = is_veiled(field, was)
        if name not in values or (not veiled and _same(field, was[name], values[name], me)):
            continue
        if field["merge"] == "set" and isinstance(was[name], list) and not veiled:
            steps = _elements(was[name], values[name])
        else:
            steps = [("set", values[name])]
        found += [_op(uuid, k, owner, rec, base, t, f=name, v=v) for k, v in steps]
    return found


def _elements(was: list[Any], values: list[Any]) -> list[tuple[str, Any]]:
    gone = [("rem", one) for one in was if one not in values]
    return gone + [("add", one) for one in values if one not in was]


def _same(field: Json, was: Any, value: Any, me: Json) -> bool:
    """An instant is typed without its seconds, and an hour that comes twice only once."""
    if field["kind"] == "instant" and isinstance(was, str):
        return bool(typed.shown(field, was, me) == typed.shown(field, value, me))
    return bool(was == value)


def doing(owner: Json, action: Json, rec: str, values: Json, base: int, uuid: Uuid, t: int) -> Json:
    """The operation of a named action."""
    return _op(uuid, "do", owner, rec, base, t, f=action["name"], v=values)


def setting(owner: Json, record: Json, name: str, value: Any, uuid: Uuid, t: int) -> Json:
    """The operation that gives one field of a record a value."""
    return _op(uuid, "set", owner, record["id"], record["ver"], t, f=name, v=value)


def looking(owner: Json, record: Json, name: str, uuid: Uuid, t: int) -> Json:
    """That what stands in a sensitive field was shown."""
    return _op(uuid, "look", owner, record["id"], record["ver"], t, f=name)


def deletion(owner: Json, rec: str, base: int, uuid: Uuid, t: int) -> Json:
    return _op(uuid, "del", owner, rec, base, t)


def restoration(owner: Json, rec: str, base: int, uuid: Uuid, t: int) -> Json:
    return _op(uuid, "set", owner, rec, base, t, f="deleted", v=False)


def keeping(
    me: Json, held: Json | None, rec: str, file: str, kept: bool, uuid: Uuid, t: int
) -> Json:
    """Have this person's phones keep a file; `rec` is the id of their holding of it."""
    spec = entity("holding")
    assert spec
    if held:
        return _op(uuid, "set", spec, rec, held["ver"], t, f="kept", v=kept)
    return _op(uuid, "new", spec, rec, 0, t, v={"file": file, "kept": kept, "owner": me["id"]})


def settling(
    conflict: Json, owner: Json, record: Json, form: Form, me: Json, uuid: Uuid, t: int
) -> Json:
    """{ops, given, errors} of settling a conflict about a record: `choice` is kept, lost or value
    (then the field is posted too). All is written or nothing is."""
    name, choice = conflict["field"], (form.get("choice") or [""])[0]
    value, given, errors = record[name], {}, {}
    if choice == "lost" and not _field(owner, name)["sensitive"]:
        value = conflict["lost"]
    elif choice == "value":
        one = {**owner, "fields": [f for f in owner["fields"] if f["name"] == name]}
        read = parse(one, {**form, "_fields": [name]}, me, record)
        value, given, errors = read["values"].get(name), read["given"], read["errors"]
    elif choice != "kept":
        errors = {name: "not_a_choice"}
    if errors:
        return {"ops": [], "given": given, "errors": errors}
    group, ops = uuid(), []
    sides = [({"type": "conflict"}, conflict, "open", False)]
    if value != record[name]:
        sides.insert(0, (owner, record, name, value))
    for kind, one, f, v in sides:
        ops.append(_op(uuid, "set", kind, one["id"], one["ver"], t, f=f, v=v, g=group))
    return {"ops": ops, "given": given, "errors": {}}


def _field(owner: Json, name: str) -> Json:
    return field_of(owner, name) or {"sensitive": True}


def _op(uuid: Uuid, k: str, owner: Json, rec: str, base: int, t: int, **more: Any) -> Json:
    return {"id": uuid(), "k": k, "type": owner["type"], "rec": rec, **more, "base": base, "t": t}
