"""Fields that a person's roles hide, taken out of what is on its way to them: the values, what the
history says of them, and the search words that only they would have."""

from __future__ import annotations

from typing import Any

import orjson

from .entity import Entity
from .indexer import Indexer
from .permissions import HISTORY
from .registry import registry
from .rights import Rights

Row = dict[str, Any]
HUSHED = ("kept", "lost", "before")  # of a conflict


def veiled(rights: Rights, kind: str, doc: Row) -> Row:
    """The record without what is hidden: an empty value stands in its place."""
    if not rights.kinds_with_hidden:
        return doc
    if kind in HISTORY:
        return _history(rights, doc)
    names, entity = rights.hidden(kind), registry.get(kind)
    if not names or entity is None:
        return doc
    return doc | {n: entity.empty[n] for n in names & entity.empty.keys()}


def veiled_text(rights: Rights, kind: str, doc: str) -> str:
    """The same of JSON text."""
    if not rights.kinds_with_hidden or not (kind in HISTORY or kind in rights.kinds_with_hidden):
        return doc
    return orjson.dumps(veiled(rights, kind, orjson.loads(doc))).decode()


def _history(rights: Rights, doc: Row) -> Row:
    names = rights.hidden(str(doc.get("of")))
    if not names:
        return doc
    if "kept" in doc:
        return doc | dict.fromkeys(HUSHED) if doc.get("field") in names else doc
    if "fields" not in doc:
        return doc
    return doc | {"fields": [one for one in doc.get("fields") or [] if one[0] not in names]}


def hides_search(rights: Rights, entity: Entity) -> bool:
    """Would a search find records by words that the person may not read?"""
    names = rights.hidden(entity.type)
    return any(field.name in names for field in entity.searched)


def has_words(entity: Entity, row: Row, words: list[str], region: str) -> bool:
    """Are the words in what the person may read? `row` is veiled."""
    text = Indexer("", region).search(entity, row)
    return all(word in text for word in words)
