"""Sets of scope keys, remembered under a hash so that a cursor can name what a client holds.

They go by kind of record, where a person's roles say so: `*` stands for every kind, and `kind`,
or `kind:of` for records about one kind of record, for those that have other keys.

The hash also covers the shape of the records, fields that are hidden from the person included (the
epoch): a new field is a new keyset, and what is held is fetched again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sqlalchemy import Connection, select

from server.core.db import writing
from server.core.ledger import Keyset as Table
from server.core.many import upsert
from server.core.permissions import Viewer, held
from server.core.registry import registry
from server.core.rights import REST, Rights
from server.core.sights import unheld

KEYSETS: Any = Table.__table__


@dataclass(frozen=True)
class Keyset:
    epoch: str
    parts: Mapping[str, frozenset[str]]

    @cached_property
    def any(self) -> frozenset[str]:
        """The keys of whatever kind."""
        return frozenset().union(*self.parts.values())

    @cached_property
    def by_kind(self) -> bool:
        return len(self.parts) > 1

    def of(self, kind: str, about: str | None = None) -> frozenset[str]:
        """The keys under which records of a kind are held. `about`: the kind of record that
        records of history, or attached ones, are about."""
        for part in (f"{kind}:{about}", kind, REST):
            if part in self.parts:
                return self.parts[part]
        return frozenset()

    def abouts(self, kind: str) -> list[str]:
        """What records of a kind may be about that gives them keys of their own."""
        parts = (part.partition(":") for part in self.parts)
        return sorted(about for one, _, about in parts if one == kind and about)

    @cached_property
    def text(self) -> str:
        parts = {part: sorted(keys) for part, keys in self.parts.items()}
        return json.dumps([self.epoch, parts], separators=(",", ":"), sort_keys=True)

    @cached_property
    def hash(self) -> str:
        return hashlib.sha256(self.text.encode()).hexdigest()[:24]

    def none(self) -> Keyset:
        """No keys, of the same epoch."""
        return Keyset(self.epoch, {REST: frozenset()})

    def _with(self, other: Keyset, work: Callable[[Any, Any], frozenset[str]]) -> Keyset:
        found = {}
        for part in {REST, *self.parts, *other.parts}:
            kind, _, about = part.partition(":")
            found[part] = work(self.of(kind, about), other.of(kind, about))
        return Keyset(self.epoch, _terse(found))

    def __or__(self, other: Keyset) -> Keyset:
        return self._with(other, frozenset.union)

    def __and__(self, other: Keyset) -> Keyset:
        return self._with(other, frozenset.intersection)

    def __sub__(self, other: Keyset) -> Keyset:
        return self._with(other, frozenset.difference)


def _terse(parts: dict[str, frozenset[str]]) -> dict[str, frozenset[str]]:
    """Without the parts that say what is said without them."""
    kinds = {p: keys for p, keys in parts.items() if ":" not in p}
    kinds = {p: keys for p, keys in kinds.items() if p == REST or keys != parts[REST]}
    usual = {p: kinds.get(p.partition(":")[0], parts[REST]) for p in parts if ":" in p}
    return kinds | {p: parts[p] for p, keys in usual.items() if parts[p] != keys}


def of(viewer: Viewer) -> Keyset:
    """What this person's phone holds as of now."""
    return Keyset(f"{shape()}{_veil(viewer.rights)}", held(viewer))


def _veil(rights: Rights) -> str:
    """Another text for other fields that are hidden, or sensitive and not for phones."""
    kinds = {*rights.kinds_with_hidden, *(registry.entities if registry.has_sensitive else ())}
    found = {kind: sorted(rights.hidden(kind) | unheld(rights, kind)) for kind in sorted(kinds)}
    hidden = {kind: names for kind, names in found.items() if names}
    if not hidden:
        return ""
    return "." + hashlib.sha256(json.dumps(hidden).encode()).hexdigest()[:12]


def shape() -> str:
    return registry.shape


def find(connection: Connection, hashes: Iterable[str]) -> dict[str, Keyset]:
    """The remembered ones among these, by hash."""
    query = select(KEYSETS.c.hash, KEYSETS.c["keys"]).where(KEYSETS.c.hash.in_(set(hashes)))
    found = {}
    for hash_, text in connection.execute(query):
        epoch, parts = json.loads(text)
        found[hash_] = Keyset(epoch, {part: frozenset(keys) for part, keys in parts.items()})
    return found


def save(keysets: Iterable[Keyset]) -> None:
    """Remember keysets; must happen before a cursor that names them is given out."""
    rows = [{"hash": keyset.hash, "keys": keyset.text} for keyset in keysets]
    if rows:
        with writing() as connection:
            connection.execute(upsert(connection, KEYSETS).on_conflict_do_nothing(), rows)
