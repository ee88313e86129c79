"""Operations of programs through the door, each request once.

With an `Idempotency-Key` the operations' ids are made from the key: the ledger itself knows that
they were taken, so a repetition is told what became of them, even of a request that died half-way.
"""

from __future__ import annotations

import hashlib
import json
import re
from typing import Any, NamedTuple
from uuid import UUID, uuid5

from flask import request
from sqlalchemy import select
from uuid_utils.compat import uuid7

from server.core import door
from server.core.clock import now_ms
from server.core.db import reading
from server.core.entity import Entity
from server.core.ledger import Op
from server.core.operations import Result

from .base import Bad, Json, signed
from .values import fault, unfit

SPACE = UUID("6b657368-6572-5000-8000-61706900f001")  # of ids that are made from keys
KEY = re.compile(r"[\x21-\x7e]{1,200}")
ETAG = re.compile(r'(?:W/)?"([0-9]{1,15})"')
OPS: Any = Op.__table__
STATUS = {"missing": 404, "forbidden": 403, "stale": 412, "exists": 409, "error": 503}


class Told(NamedTuple):
    """What became of an operation about a record."""

    rec: str
    result: Result


def expected() -> int | None:
    """The version that `If-Match` insists on. Raises Bad."""
    given = request.headers.get("If-Match", "*").strip()
    found = ETAG.fullmatch(given)
    if given != "*" and not found:
        raise Bad(400, "bad_if_match", 'Send the `ETag` of the record, such as `"17"`.')
    return int(found[1]) if found else None


def op(
    k: str, entity: Entity, rec: str, base: int = 0, only: int | None = None, **more: Any
) -> Json:
    """An operation without its id. `only`: refused unless the record has this version."""
    found = {"k": k, "type": entity.type, "rec": rec, "base": base, **more}
    return found if only is None else found | {"if": only}


class Writing:
    """One request that writes."""

    def __init__(self) -> None:
        self.viewer = signed().viewer
        self.key = request.headers.get("Idempotency-Key")
        if self.key is not None and not KEY.fullmatch(self.key):
            raise Bad(400, "bad_idempotency_key", "It is up to 200 ASCII characters, no spaces.")
        sent = (request.method, request.full_path, request.headers.get("If-Match", ""))
        self.print = hashlib.sha256("\n".join(sent).encode() + request.get_data()).hexdigest()

    def write(self, groups: list[list[Json]]) -> list[list[Told]]:
        """What became of each operation; those of one group are taken all or none."""
        now, n = now_ms(), 0
        ready: list[list[Json]] = []
        for group in groups:
            together = {"g": str(uuid7())} if len(group) > 1 else {}
            ready.append(
                [one | together | {"t": now, "id": self._id(n + i)} for i, one in enumerate(group)]
            )
            n += len(group)
        ops = [one | self._mark() for group in ready for one in group]
        told = self._taken([one["id"] for one in ops])
        device = f"web:api@{self.viewer.id[-12:]}"
        fresh = [one for one in ops if one["id"] not in told]
        author = signed().author("api", device)
        for one, result in zip(fresh, door.write(author, fresh), strict=True):
            told[one["id"]] = Told(one["rec"], result)
        if any(found.result.code == "op_reused" for found in told.values()):
            told |= self._taken(list(told))  # the same request came twice at once
        return [[told[one["id"]] for one in group] for group in ready]

    def _id(self, n: int) -> str:
        if self.key is None:
            return str(uuid7())
        return str(uuid5(SPACE, f"{self.viewer.org}/{self.viewer.id}/{self.key}/{n}"))

    def _mark(self) -> Json:
        return {} if self.key is None else {"key": self.print}

    def _taken(self, ids: list[str]) -> dict[str, Told]:
        """What became of operations with these ids in an earlier request. Raises Bad if that was
        another one under the same key."""
        if self.key is None or not ids:
            return {}
        c = OPS.c
        query = select(c.id, c.rec, c.status, c.ver, c.code, c.field, c.body)
        query = query.where(c.org == self.viewer.org, c.id.in_(ids))
        with reading() as connection:
            rows = connection.execute(query).all()
        if any(json.loads(row.body).get("key") != self.print for row in rows):
            raise Bad(409, "key_reused", "This Idempotency-Key belongs to another request.")
        return {row.id: Told(row.rec, Result(row.id, row.status, row.ver, row.code, row.field))
                for row in rows}  # fmt: skip


def refusal(told: list[Told]) -> Bad | None:
    """Why a group was not taken."""
    refused = [one.result for one in told if one.result.status == "rejected"]
    if not refused:
        return None
    culprit = next((one for one in refused if one.code != "group"), refused[0])
    code = culprit.code or "error"
    if code in STATUS:
        return Bad(STATUS[code], code, errors=[fault(culprit.field, code)])
    return unfit({culprit.field or "": code})
