"""Fields that a person's roles hide, taken out of what is on its way to them: the values, what the
history says of them, and the search words that only they would have. Of what is sensitive they are
told that it is there: `_veiled` of a record has the names."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import orjson

from .entity import Entity
from .indexer import Indexer
from .permissions import HISTORY
from .registry import registry
from .rights import Rights
from .sights import masked, unheld

Row = dict[str, Any]
Covered = Callable[[Rights, str], frozenset[str]]
HUSHED = ("kept", "lost", "before")  # of a conflict


def veiled(rights: Rights, kind: str, doc: Row, covered: Covered = masked) -> Row:
    """The record without what is hidden or `covered`: an empty value stands in its place."""
    if not (rights.kinds_with_hidden or registry.has_sensitive):
        return doc
    if kind in HISTORY:
        return _history(rights, doc, covered)
    entity = registry.get(kind)
    if entity is None or not (entity.sensitive or kind in rights.kinds_with_hidden):
        return doc
    hidden = rights.hidden(kind)
    secret = covered(rights, kind) - hidden
    found = doc | {n: entity.empty[n] for n in (hidden | secret) & entity.empty.keys()}
    there = sorted(n for n in secret if is_told(entity.fields[n].kind, doc.get(n)))
    return found | {"_veiled": there} if there else found


def plainly(rights: Rights, kind: str) -> frozenset[str]:
    """Nothing is covered: for who has been noted down as looking."""
    return frozenset()


def is_told(kind: str, value: Any) -> bool:
    """Does a mask stand for the value? For yes and no alike, or it would tell which."""
    return kind == "bool" or value not in (None, [], "")


def is_covered(rights: Rights, kind: str) -> bool:
    """May anything in records of a kind be kept from these rights?"""
    if not (rights.kinds_with_hidden or registry.has_sensitive):
        return False
    entity = registry.get(kind)
    own = kind in rights.kinds_with_hidden or (entity is not None and bool(entity.sensitive))
    return own or kind in HISTORY


def veiled_text(rights: Rights, kind: str, doc: str) -> str:
    """`veiled` of JSON text on its way to a phone, which may hold more than pages show."""
    return orjson.dumps(veiled(rights, kind, orjson.loads(doc), unheld)).decode()


def _history(rights: Rights, doc: Row, covered: Covered) -> Row:
    kind = str(doc.get("of"))
    names, secret = rights.hidden(kind), covered(rights, kind)
    if not names and not secret:
        return doc
    if "kept" in doc:
        return doc | dict.fromkeys(HUSHED) if doc.get("field") in names | secret else doc
    if "fields" not in doc:
        return doc
    told = [one for one in doc.get("fields") or [] if one[0] not in names]
    return doc | {"fields": [[one[0], None, None] if one[0] in secret else one for one in told]}


def hides_search(rights: Rights, entity: Entity) -> bool:
    """Would a search find records by words that the person may not read?"""
    names = rights.hidden(entity.type)
    return any(field.name in names for field in entity.searched)


def has_words(entity: Entity, row: Row, words: list[str], region: str) -> bool:
    """Are the words in what the person may read? `row` is veiled."""
    text = Indexer("", region).search(entity, row)
    return all(word in text for word in words)
