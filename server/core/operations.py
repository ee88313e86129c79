"""Operations as they arrive: what a form, a phone or a program asks to be written.

Shape: `{id, g?, k, type, rec, f?, v?, d?, base, if?, t}`, see server/sync/PROTOCOL.md. Anything
else is refused here, before the door takes its lock.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any, NamedTuple, TypeGuard

from .converting import name_of, value_of, values_of
from .entity import Entity
from .errors import Refused
from .kinds import UUID
from .registry import Registry, registry

VERBS = frozenset({"new", "set", "inc", "add", "rem", "del", "do", "unite", "part", "look"})
SAFE = 2**53
LONGEST = 200_000  # characters of one operation's JSON text
_encode = json.JSONEncoder(sort_keys=True, separators=(",", ":")).encode


class Operation(NamedTuple):
    """One operation, readable. `problem` is set when it can only be refused."""

    id: str
    verb: str
    rec: str
    entity: Entity | None
    field: str | None
    value: Any
    delta: int
    base: int
    t: int  # ms, by the client's clock
    group: str | None
    only: int | None  # the version that the record must have
    body: str  # canonical JSON, ASCII only
    hash: str
    problem: Refused | None = None


class Result(NamedTuple):
    """What became of an operation. `id` is what the client sent, even if unreadable."""

    id: Any
    status: str  # ok merged conflict rejected
    ver: int
    code: str | None = None
    field: str | None = None

    def row(self) -> list[Any]:
        tail = [self.code, self.field] if self.code else []
        return [self.id, self.status, self.ver, *tail]


def canonical(body: Any) -> str:
    """JSON text that is equal for equal bodies, whatever the order of their keys."""
    return _encode(body)


def read(raw: Any, kinds: Registry = registry) -> Operation | None:
    """An Operation, or None when `raw` has not even a usable id. `kinds` is the registry in force,
    for who reads many."""
    if not isinstance(raw, dict) or not _is_id(raw.get("id")):
        return None
    body = canonical(raw)
    entity = kinds.get(raw.get("type"))
    problem = _problem(raw, body, entity)
    readable = not (problem and problem.code == "malformed")
    name = raw.get("f") if isinstance(raw.get("f"), str) else None
    if entity and raw.get("k") != "do":
        name = name_of(entity, name)
    return Operation(
        id=raw["id"],
        verb=raw["k"] if readable else "set",
        rec=raw["rec"] if _is_id(raw.get("rec")) else "",
        entity=entity,
        field=name,
        value=_value(entity, name, raw) if readable else raw.get("v"),
        delta=raw.get("d", 0) if readable else 0,
        base=raw["base"] if readable else 0,
        t=raw["t"] if readable else 0,
        group=raw.get("g") if readable else None,
        only=raw.get("if") if readable else None,
        body=body if len(body) <= LONGEST else canonical({"id": raw["id"], "size": len(body)}),
        hash=hashlib.sha256(body.encode()).hexdigest(),
        problem=problem,
    )


def _value(entity: Entity | None, name: str | None, raw: dict[str, Any]) -> Any:
    value = raw.get("v")
    if entity is None or raw["k"] in ("do", "unite", "part"):
        return value
    if isinstance(value, dict) and raw["k"] == "new":
        return values_of(entity, value)
    return value_of(entity, name, value)


def _is_id(value: Any) -> bool:
    return isinstance(value, str) and UUID.fullmatch(value) is not None


def _is_count(value: Any) -> TypeGuard[int]:
    return type(value) is int and abs(value) < SAFE


def _problem(raw: dict[str, Any], body: str, entity: Entity | None) -> Refused | None:
    """Why an operation can't be read, or None."""
    name = _malformed(raw, body)
    if name:
        return Refused("malformed", name)
    return Refused("unknown_type", "type") if entity is None else None


def _malformed(raw: dict[str, Any], body: str) -> str | None:
    """The name of what can't be read."""
    verb, base, only, group = raw.get("k"), raw.get("base"), raw.get("if"), raw.get("g")
    if not (isinstance(verb, str) and verb in VERBS):
        return "k"
    if not _is_id(raw.get("rec")):
        return "rec"
    if not (_is_count(base) and base >= 0):
        return "base"
    if not _is_count(raw.get("t")):
        return "t"
    if not (only is None or _is_count(only)):
        return "if"
    if not _is_count(raw.get("d", 0)):
        return "d"
    if not (group is None or (isinstance(group, str) and len(group) <= 100)):
        return "g"
    fine = len(body) <= LONGEST and (verb != "new" or isinstance(raw.get("v"), dict))
    return None if fine else "v"
