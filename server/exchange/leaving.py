"""Records on their way out: all that a person asked for, a portion at a time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import Connection

from server.core.entity import Entity, Field
from server.core.kinds import REFERENCES
from server.core.permissions import Viewer
from server.core.reading import Asked, Reader, Row
from server.core.registry import registry

PORTION = 1_000  # records in memory at once
MOST_TITLES = 50_000


@dataclass(frozen=True)
class Wish:
    """What is to be exported: which records of which kind, and which of their fields."""

    entity: Entity
    asked: Asked
    held: bool
    fields: list[Field]


@dataclass
class Leaving:
    """One export, over one connection; the titles that were looked up are kept for a while."""

    connection: Connection
    viewer: Viewer
    lang: str
    titles: dict[tuple[str, str], str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.reader = Reader(self.connection, self.viewer, self.lang)

    def records(self, wish: Wish) -> Iterator[Row]:
        asked: Asked | None = replace(wish.asked, after=None, limit=PORTION)
        while asked is not None:
            rows, after = self.reader.page(wish.entity, asked, wish.held, "export")
            self._name(wish, rows)
            yield from rows
            asked = replace(asked, after=after) if after else None

    def title(self, kind: str, id_: str) -> str:
        return self.titles.get((kind, id_), "")

    def _name(self, wish: Wish, rows: list[Row]) -> None:
        """Look up what references are called, for all rows at once."""
        if len(self.titles) > MOST_TITLES:
            self.titles.clear()
        wanted: dict[str, set[str]] = {}
        for one in wish.fields:
            if one.kind in REFERENCES and one.target:
                wanted.setdefault(one.target, set()).update(_ids(rows, one.name))
        for kind, ids in wanted.items():
            entity = registry[kind]
            missing = sorted(id_ for id_ in ids if (kind, id_) not in self.titles)
            for start in range(0, len(missing), PORTION):
                some = self.reader.many(entity, missing[start : start + PORTION], PORTION)
                self.titles |= {(kind, i): r[entity.title] or "" for i, r in some.items()}


def _ids(rows: list[Row], name: str) -> Iterator[Any]:
    for row in rows:
        value = row[name]
        yield from value if isinstance(value, list) else [value] if value else []
