"""Working copies of records while the door holds its lock."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import orjson
from sqlalchemy import Connection, select

from .entity import Entity
from .prepared import by_ids

CHUNK = 500  # ids in one IN clause
NEVER = [0, 0, ""]
LOADED = ("n", "id", "ver", "doc", "clk", "keys")
ERASED = "erased"  # the device by which erasing.py deletes


@dataclass
class Work:
    """A record being written. `keys` are those it had when it was loaded."""

    entity: Entity
    id: str
    doc: dict[str, Any]
    clk: dict[str, Any]
    keys: list[str]
    ver: int = 0
    n: int | None = None  # None for a record that is born in this transaction
    touched: bool = False
    new_keys: list[str] | None = None
    changes: list[list[Any]] = field(default_factory=list)  # [field, before, after]
    what: str = "set"
    note: str | None = None
    at: int = 0  # ms: when its writer did it
    by: str | None = None

    @property
    def parent(self) -> str | None:
        return self.doc[self.entity.parent] if self.entity.parent else None

    @property
    def above(self) -> str | None:
        """The record whose keys this one carries as well: its file, or what it is attached to."""
        return self.doc["rec"] if self.entity.attached else self.parent

    @property
    def file(self) -> str | None:
        """The customer file this record belongs to; an account is its own. To look for what
        happened to the attachments of an account, the account counts as theirs."""
        if self.entity.attached:
            return self.above
        return self.parent if self.entity.parent else self.id

    @property
    def keys_after(self) -> list[str]:
        """The keys it has once this transaction is through; there may be none."""
        return self.keys if self.new_keys is None else self.new_keys

    def last(self, name: str) -> list[Any]:
        """[ver, hlc, device] of the field's last write."""
        found: list[Any] = self.clk.get(name) or self.clk.get("*") or NEVER
        return found

    @property
    def erased(self) -> bool:
        """Nothing may be written into it ever again."""
        return bool(self.doc.get("deleted")) and self.last("deleted")[2] == ERASED

    def put(self, name: str, value: Any, clock: list[Any]) -> None:
        """Set a field, remembering the change and who wrote it when."""
        before = self.doc[name]
        self.clk[name] = clock
        self.touched = True
        if before != value:
            self.changes.append([name, before, value])
            self.doc[name] = value

    def snapshot(self) -> dict[str, Any]:
        """Values are replaced, never changed in place, so a copy of the containers will do."""
        copies = {"doc": dict(self.doc), "clk": dict(self.clk), "changes": list(self.changes)}
        return self.__dict__ | copies

    def restore(self, saved: dict[str, Any]) -> None:
        self.__dict__.update(saved)


def chunks(ids: Iterable[str]) -> Iterator[list[str]]:
    found = sorted(set(ids))
    for start in range(0, len(found), CHUNK):
        yield found[start : start + CHUNK]


def load(connection: Connection, org: int, entity: Entity, ids: Iterable[str]) -> dict[str, Work]:
    """The records of one kind with these ids, deleted ones included."""
    query, found = by_ids(entity, *LOADED), {}
    for some in chunks(ids):
        for row in connection.execute(query, {"org": org, "ids": some}).all():
            found[row[1]] = _work(entity, *row)
    return found


def load_where(connection: Connection, org: int, entity: Entity, clause: Any) -> Iterator[Work]:
    c = entity.table.c
    query = select(*(c[name] for name in LOADED)).where(*entity.here(org), clause)
    for row in connection.execute(query).all():
        yield _work(entity, *row)


def _work(entity: Entity, n: int, id_: str, ver: int, doc: str, clk: str, keys: str) -> Work:
    values = entity.blank() | orjson.loads(doc)
    return Work(entity, id_, values, orjson.loads(clk), orjson.loads(keys), ver, n)
