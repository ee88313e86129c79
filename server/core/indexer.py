"""What lists are sorted and searched by, made of a record's values."""

from __future__ import annotations

from typing import Any

from . import skeleton
from .entity import Entity
from .phones import search_forms
from .text import fold_again, sort_key

Row = dict[str, Any]


class Indexer:
    """Sort keys and search text as this organisation's language and country want them."""

    def __init__(self, lang: str, region: str) -> None:
        self.lang, self.region = lang, region

    def sort(self, entity: Entity, doc: Row) -> str:
        title = doc[entity.title]
        return sort_key(title if isinstance(title, str) else "", self.lang)

    def search(self, entity: Entity, doc: Row) -> str:
        """Folded text of the search fields; phone numbers in every form people type them, and how
        names sound that others may write otherwise."""
        parts: list[str] = []
        for field in entity.searched:
            value = doc[field.name]
            if not value:
                continue
            values = value if isinstance(value, list) else (value,)
            if field.kind in ("phone", "phones"):
                parts += [search_forms(number, self.region) for number in values if number]
            else:
                parts += [fold_again(str(one)) for one in values if one]
        parts += [skeleton.searched(doc[entity.title])] if entity.twins else []
        return " ".join(filter(None, parts))
