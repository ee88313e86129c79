"""The keys of many new records, which follow from one another: a child has those of its file, and
a file is opened by the work that is to be done in it. So they are known when all have been met."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import chain
from typing import Any

from .encoding import Encoder
from .entity import Entity
from .nearness import Span
from .persisting import dumps
from .registry import registry
from .scope import file_keys, record_keys, shared_with

Keys = tuple[str, ...]
Met = tuple[str, str, str | None, tuple[Any, ...]]  # kind, id, above, what its own keys follow from


class Kind:
    """What its keys follow from: fields, and the record above."""

    def __init__(self, entity: Entity, blank: Mapping[str, Any]) -> None:
        self.entity = entity
        self.above = "rec" if entity.attached else entity.parent
        names = dict.fromkeys([*(f.name for f in entity.granting), "owner", "team", "deleted"])
        self.facts = [(name, blank[name]) for name in names]


class Keyring:
    """Many records have the same keys: each set is made once. `keys` has those of every record, as
    JSON text; at first of records that are here already, and to which some of the new belong."""

    def __init__(self, encoder: Encoder, span: Span, above: Mapping[str, list[str]]) -> None:
        self.encoder, self.span = encoder, span
        self.kinds: dict[str, Kind] = {}
        self.met: list[Met] = []
        self.shared: dict[str, set[str]] = {}
        self.known: dict[Any, Keys] = {}
        self.texts: dict[Keys, str] = {}
        self.keys: dict[str, Keys] = {id_: tuple(keys) for id_, keys in above.items()}
        self.told: dict[tuple[Keys, str], list[str]] = {}

    def meet(self, type_: str, given: Mapping[str, Any]) -> None:
        kind = self.kinds.get(type_) or self._kind(type_)
        above = given.get(kind.above) if kind.above else None
        facts = tuple([given.get(name, usual) for name, usual in kind.facts])
        self.met.append((type_, given["id"], above, facts))
        if kind.entity.shares:
            doc = self.encoder.doc(kind.entity, dict(given))
            key = shared_with(kind.entity, doc, self.span)
            if key and above:
                self.shared.setdefault(above, set()).add(key)

    def _kind(self, type_: str) -> Kind:
        entity = registry[type_]
        kind = self.kinds[type_] = Kind(entity, self.encoder.blank(entity))
        return kind

    def settle(self) -> None:
        """Keys of all that were met, parents before their children."""
        for type_, id_, above, facts in self.met:
            kind = self.kinds[type_]
            more: Any = self.keys.get(above or "", ()) if kind.above else self.shared.get(id_, ())
            keys = self._keys(kind, facts, tuple(more))
            self.keys[id_] = keys
            told = self.told.get((keys, type_))
            if told is None:
                told = self.told[keys, type_] = []
            told.append(id_)

    def _keys(self, kind: Kind, facts: tuple[Any, ...], more: Keys) -> Keys:
        try:
            found = self.known.get((kind, facts, more))
        except TypeError:  # there is a list among the facts
            return self._made(kind, facts, more)
        if found is None:
            found = self.known[kind, facts, more] = self._made(kind, facts, more)
        return found

    def _made(self, kind: Kind, facts: tuple[Any, ...], more: Keys) -> Keys:
        doc = {name: fact for (name, _), fact in zip(kind.facts, facts, strict=True)}
        keys_of = record_keys if kind.above else file_keys
        return tuple(keys_of(kind.entity, doc, more))

    def text(self, id_: str) -> str:
        keys = self.keys[id_]
        found = self.texts.get(keys)
        if found is None:
            found = self.texts[keys] = dumps(keys)
        return found

    def by_key(self) -> list[tuple[str, str, list[str]]]:
        """Key, type, and the ids of records of this type that have it; all sorted."""
        lists: dict[tuple[str, str], list[list[str]]] = {}
        for (keys, type_), ids in self.told.items():
            ids.sort()
            for key in keys:
                lists.setdefault((key, type_), []).append(ids)
        return [(*place, sorted(chain.from_iterable(lists[place]))) for place in sorted(lists)]
