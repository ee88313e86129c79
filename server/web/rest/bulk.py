"""Many changes in one request: each by itself, or all or none."""

from __future__ import annotations

from itertools import chain
from typing import Any

from flask import Response
from uuid_utils.compat import uuid7

from server.core.db import reading
from server.core.entity import Entity
from server.core.kinds import UUID
from server.core.reading import Reader
from server.core.registry import registry
from server.core.work import chunks

from .base import Bad, Json, answer, api, body, lang, signed
from .values import checked, fault
from .writing import Writing, op, refusal

MOST = 1_000  # changes in a request
MEMBERS = {"do", "type", "id", "if", "values"}


@api.post("/bulk")
def bulk() -> Response:
    sent = body()
    items, atomic = sent.get("changes"), sent.get("atomic", False)
    if not isinstance(items, list) or not 1 <= len(items) <= MOST:
        raise Bad(400, "bad_changes", f"`changes` is a list of 1 to {MOST} changes.")
    if not isinstance(atomic, bool):
        raise Bad(400, "bad_atomic", "`atomic` is true or false.")
    known = _versions(items)
    ready = [_read(item, known) for item in items]
    wrong = [one for one in ready if isinstance(one, Bad)]
    if atomic and wrong:
        return answer({"results": [_told(one) for one in ready]}, 422)
    groups = [one for one in ready if not isinstance(one, Bad)]
    written = Writing().write([list(chain.from_iterable(groups))] if atomic else groups)
    if atomic:
        return _all_or_none(groups, written[0])
    results = iter(written)
    return answer({"results": [
        _told(one) if isinstance(one, Bad) else _became(next(results)) for one in ready
    ]})  # fmt: skip


def _all_or_none(groups: list[list[Json]], told: list[Any]) -> Response:
    results, at = [], 0
    for group in groups:
        results.append(_became(told[at : at + len(group)]))
        at += len(group)
    return answer({"results": results}, 422 if refusal(told) else 200)


def _versions(items: list[Any]) -> dict[str, int]:
    """The versions of the records that are named and there for this person."""
    wanted: dict[str, list[str]] = {}
    for item in items:
        kind, id_ = (item.get("type"), item.get("id")) if isinstance(item, dict) else (None, None)
        if registry.get(kind) and isinstance(id_, str) and UUID.fullmatch(id_):
            wanted.setdefault(str(kind), []).append(id_)
    with reading() as connection:
        reader = Reader(connection, signed().viewer, lang())
        rows = [reader.many(registry[kind], some)
                for kind, ids in wanted.items() for some in chunks(ids)]  # fmt: skip
    return {f"{row['type']} {id_}": row["ver"] for many in rows for id_, row in many.items()}


def _read(item: Any, known: dict[str, int]) -> list[Json] | Bad:
    """The operations of one change, or what is wrong with it."""
    try:
        return _operations(item, known)
    except Bad as bad:
        return bad


def _operations(item: Any, known: dict[str, int]) -> list[Json]:
    """Raises Bad."""
    if not isinstance(item, dict) or not item.keys() <= MEMBERS:
        raise Bad(400, "bad_change", f"A change has {', '.join(sorted(MEMBERS))}.")
    entity = registry.get(item.get("type"))
    if entity is None or entity.system:
        raise Bad(422, "unknown_type", errors=[fault("type", "unknown_type")])
    verb, only, values = item.get("do"), item.get("if"), item.get("values", {})
    if verb == "create":
        return [op("new", entity, str(uuid7()), v=checked(entity.fields, values, whole=True))]
    if only is not None and type(only) is not int:
        raise Bad(400, "bad_if", "`if` is the `ver` of the record.")
    id_ = str(item.get("id"))
    ver = known.get(f"{entity.type} {id_}")
    if ver is None:
        raise Bad(404, "missing")
    base = ver if only is None else only
    return _about(entity, id_, base, only, verb, values)


def _about(
    entity: Entity, id_: str, base: int, only: int | None, verb: Any, values: Any
) -> list[Json]:
    if verb == "change":
        sets = checked(entity.fields, values).items()
        return [op("set", entity, id_, base, only, f=name, v=value) for name, value in sets]
    if verb == "delete":
        return [op("del", entity, id_, base, only)]
    if verb == "restore":
        return [op("set", entity, id_, base, only, f="deleted", v=False)]
    action = entity.action(verb) if isinstance(verb, str) else None
    if action is None:
        raise Bad(422, "unknown_action", errors=[fault("do", "unknown_action")])
    given = checked({f.name: f for f in action.fields}, values, whole=True)
    return [op("do", entity, id_, base, only, f=action.name, v=given)]


def _became(told: list[Any]) -> Json:
    error = refusal(told)
    if error or not told:
        return _told(error) if error else {"status": 200}
    return {"status": 200, "id": told[0].rec, "ver": max(one.result.ver for one in told)}


def _told(one: Any) -> Json:
    """What is wrong with one change; another one of the same request that was fine was not made."""
    if not isinstance(one, Bad):
        return {"status": 424, "code": "group"}
    return {"status": one.status, "code": one.code, "detail": one.detail, **one.more}
