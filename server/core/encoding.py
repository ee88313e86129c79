"""Given values into the rows of tables, for many records at once: as the driver takes them, so that
nothing is left to be done to each. Touches no connection: may be done in another process."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain

from .custom import values
from .entity import Entity
from .indexer import Indexer
from .many import Packed, Row, packed
from .numbering import Reserved, texts
from .persisting import columns_of
from .reckoning import reckoned
from .registry import registry

Given = list[tuple[str, Row]]
Numbers = dict[str, list[tuple[str, Reserved]]]  # by kind, of each field that has some
Made = tuple[dict[str, Packed], Packed | None]  # by kind; what lists find by of custom fields


class Encoder:
    """`by` and `at` stand where values don't say who made a record and when."""

    def __init__(self, org: int, index: Indexer, by: str | None, at: str, lite: bool) -> None:
        self.org, self.index, self.lite = org, index, lite
        self.stamps = {"created_at": at, "created_by": by}
        self.blanks: dict[str, Row] = {}

    def blank(self, entity: Entity) -> Row:
        """What a record has where nothing else was given."""
        found = self.blanks.get(entity.type)
        if found is None:
            found = self.blanks[entity.type] = entity.blank() | entity.usual() | self.stamps
        return found

    def doc(self, entity: Entity, given: Row) -> Row:
        doc = self.blank(entity) | given
        del doc["id"]
        doc["updated_at"] = doc["updated_at"] or doc["created_at"]
        doc["updated_by"] = doc["updated_by"] or doc["created_by"]
        return doc

    def __call__(self, given: tuple[Given, Numbers]) -> Made:
        """Rows without what all have in common, and without their keys, which are known last."""
        portion, numbers = given
        kinds: dict[str, list[Row]] = {}
        for kind, one in portion:
            kinds.setdefault(kind, []).append(one)
        docs = {kind: self.docs(registry[kind], kinds[kind], numbers) for kind in kinds}
        rows = {kind: packed(self.rows(registry[kind], docs[kind]), self.lite) for kind in docs}
        found = [*chain.from_iterable(self.found(registry[kind], docs[kind]) for kind in docs)]
        return rows, packed(found, self.lite) if found else None

    def docs(self, entity: Entity, given: list[Row], numbers: Numbers) -> dict[str, Row]:
        docs = {one["id"]: self.doc(entity, one) for one in given}
        for name, reserved in numbers.get(entity.type, ()):
            for doc, text in zip(docs.values(), texts(reserved), strict=False):
                doc[name] = text
        if entity.reckoned:
            for doc in docs.values():
                doc.update(reckoned(entity, doc))
        return docs

    def rows(self, entity: Entity, docs: dict[str, Row]) -> list[Row]:
        return [columns_of(entity, id_, doc, self.index) for id_, doc in docs.items()]

    def found(self, entity: Entity, docs: dict[str, Row]) -> Iterable[Row]:
        names = sorted(entity.custom)
        if names:
            for id_, doc in docs.items():
                yield from values.rows(self.org, entity, id_, doc, names)
