"""What the server's tables say after a run: the ledger, the records, and each field's history."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sqlalchemy import select

from server.core.clock import now_ms
from server.core.db import reading
from server.core.ledger import Op
from server.core.nearness import span_of
from server.core.registry import registry
from server.core.scope import own_keys

TOKEN = re.compile(r"x\d+y")
OPS: Any = Op.__table__


@dataclass(frozen=True)
class Taken:
    """A row of the ledger."""

    id: str
    device: str
    ver: int
    n: int
    rec: str
    status: str
    body: dict[str, Any]
    before: dict[str, Any]

    @property
    def verb(self) -> Any:
        return self.body.get("k")

    @property
    def base(self) -> int:
        return int(self.body.get("base", 0))

    @property
    def tokens(self) -> list[str]:
        return TOKEN.findall(json.dumps(self.body.get("v")))

    def saw(self, other: Taken) -> bool:
        return self.base >= other.ver or self.device == other.device


@dataclass(frozen=True)
class Held:
    type: str
    ver: int
    doc: dict[str, Any]
    keys: set[str]


@dataclass(frozen=True)
class Move:
    """One change of a field's value."""

    op: Taken
    before: Any
    after: Any


class Accounts:
    def __init__(self, org: int) -> None:
        self.span = span_of("UTC", now_ms())
        with reading() as connection:
            c = OPS.c
            query = select(c.id, c.device, c.ver, c.n, c.rec, c.status, c.body, c.before)
            query = query.where(c.org == org).order_by(c.ver, c.n)
            self.ops = [
                Taken(*row[:6], json.loads(row.body), json.loads(row.before or "{}"))
                for row in connection.execute(query)
            ]
            self.records: dict[str, Held] = {}
            for kind, spec in registry.entities.items():
                c = spec.table.c
                rows = select(c.id, c.ver, c.doc, c["keys"]).where(c.org == org)
                for id_, ver, doc, keys in connection.execute(rows):
                    self.records[id_] = Held(kind, ver, json.loads(doc), set(json.loads(keys)))

    @cached_property
    def by_id(self) -> dict[str, Taken]:
        return {op.id: op for op in self.ops}

    @cached_property
    def accepted(self) -> list[Taken]:
        return [op for op in self.ops if op.status != "rejected"]

    @cached_property
    def moves(self) -> dict[tuple[str, str], list[Move]]:
        """By (record, field): every change of its value, in order."""
        changed: dict[tuple[str, str], list[Taken]] = {}
        for op in self.accepted:
            for name in op.before:
                changed.setdefault((op.rec, name), []).append(op)
        found = {}
        for (rec, name), ops in changed.items():
            values = [op.before[name] for op in ops] + [self.records[rec].doc[name]]
            found[rec, name] = [Move(op, *values[i : i + 2]) for i, op in enumerate(ops)]
        return found

    @cached_property
    def conflicts(self) -> dict[tuple[str, str], list[dict[str, Any]]]:
        found: dict[tuple[str, str], list[dict[str, Any]]] = {}
        for held in self.records.values():
            if held.type == "conflict":
                found.setdefault((held.doc["rec"], held.doc["field"]), []).append(held.doc)
        return found

    def lost(self, rec: str, name: str) -> list[Any]:
        return [conflict["lost"] for conflict in self.conflicts.get((rec, name), [])]

    @cached_property
    def keys(self) -> dict[str, set[str]]:
        """Keys by id, worked out from nothing but the records: who owns them, to whose file they
        belong, and who has a task there that is near."""
        found = {i: own_keys(registry[r.type], r.doc) for i, r in self.records.items()
                 if r.type not in ("change", "conflict")}  # fmt: skip
        children = [(i, r.doc["account"]) for i, r in self.records.items()
                    if r.type in ("contact", "task", "activity") and r.doc["account"]]  # fmt: skip
        for id_, file in children:
            task = self.records[id_]
            if task.type != "task" or task.doc["deleted"] or file not in found:
                continue
            open_, who = task.doc["status"] in ("open", "in_progress"), task.doc["assignee"]
            near = open_ and (task.doc["due"] or "") <= self.span.last
            if who and (near or (not open_ and task.doc["updated_at"] > self.span.since)):
                found[file].add(f"s:{who}")
        for id_, file in children:
            found[id_] |= found.get(file, set())
        for id_, held in self.records.items():
            if held.type in ("change", "conflict"):
                found[id_] = found[held.doc["rec"]]
        return found

    def under(self, keys: frozenset[str]) -> dict[str, Held]:
        """The records that have one of these keys."""
        return {i: held for i, held in self.records.items() if keys & self.keys[i]}

    def groups(self) -> Iterator[list[Taken]]:
        """Operations that belong together, as the ledger has them."""
        found: dict[tuple[str, str], list[Taken]] = {}
        for op in self.ops:
            if op.body.get("g"):
                found.setdefault((op.device, op.body["g"]), []).append(op)
        yield from found.values()
