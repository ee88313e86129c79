"""Sets of scope keys, remembered under a hash so that a cursor can name what a client holds.

The hash also covers the shape of the records and the person's role (the epoch): a new field or
another role is a new keyset, and what is held is fetched again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sqlalchemy import Connection, select

from server.core.db import writing
from server.core.ledger import Keyset as Table
from server.core.many import upsert
from server.core.permissions import Viewer, held_keys
from server.core.registry import registry

KEYSETS: Any = Table.__table__


@dataclass(frozen=True)
class Keyset:
    epoch: str
    keys: frozenset[str]

    @cached_property
    def text(self) -> str:
        return json.dumps([self.epoch, sorted(self.keys)], separators=(",", ":"))

    @cached_property
    def hash(self) -> str:
        return hashlib.sha256(self.text.encode()).hexdigest()[:24]

    def only(self, keys: Iterable[str]) -> Keyset:
        """Other keys of the same epoch."""
        return Keyset(self.epoch, frozenset(keys))


def of(viewer: Viewer) -> Keyset:
    """What this person's phone holds as of now."""
    return Keyset(f"{shape()}.{viewer.role}", held_keys(viewer))


def shape() -> str:
    return registry.shape


def find(connection: Connection, hashes: Iterable[str]) -> dict[str, Keyset]:
    """The remembered ones among these, by hash."""
    query = select(KEYSETS.c.hash, KEYSETS.c["keys"]).where(KEYSETS.c.hash.in_(set(hashes)))
    found = {}
    for hash_, text in connection.execute(query):
        epoch, keys = json.loads(text)
        found[hash_] = Keyset(epoch, frozenset(keys))
    return found


def save(keysets: Iterable[Keyset]) -> None:
    """Remember keysets; must happen before a cursor that names them is given out."""
    rows = [{"hash": keyset.hash, "keys": keyset.text} for keyset in keysets]
    if rows:
        with writing() as connection:
            connection.execute(upsert(connection, KEYSETS).on_conflict_do_nothing(), rows)
