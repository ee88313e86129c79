"""To whom a customer file is open because of work there, and who wants it on the phone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Boolean, Connection, and_, or_

from .entity import Entity
from .nearness import Span
from .registry import registry
from .scope import shared_with
from .work import Work, chunks, load_where


@dataclass(frozen=True)
class Sharing:
    """What is stored, as it will be after a transaction whose working copies are `works`.

    Many files are asked about together: a portion of an import has hundreds.
    """

    connection: Connection
    org: int
    works: dict[str, Work]
    span: Span

    def keys(self, files: list[Work]) -> dict[str, set[str]]:
        """Keys by which children open a file, by the file's id."""
        found = defaultdict[str, set[str]](set)
        for child in registry.children(files[0].entity.type):
            if child.shares is None:
                continue
            c = child.table.c
            open_ = c[child.shares.state].in_(sorted(child.shares.open))
            clause = or_(open_, c.updated_at > self.span.since)
            for file, work in self._of(child, clause, child.parent or "", files):
                if key := shared_with(child, work.doc, self.span):
                    found[file].add(key)
        return found

    def holders(self, files: list[Work]) -> dict[str, set[str]]:
        """Persons who want a file on their phones, by the file's id."""
        found = defaultdict[str, set[str]](set)
        for entity in registry.holding(files[0].entity.type):
            assert entity.holds
            reasons = entity.holds.reasons
            clause = or_(*(_is_filled(entity.table.c[one]) for one in reasons))
            for file, work in self._of(entity, clause, entity.holds.file, files):
                if any(work.doc[one] for one in reasons) and not work.doc["deleted"]:
                    found[file].add(work.doc["owner"])
        return found

    def _of(
        self, entity: Entity, clause: Any, by: str, files: list[Work]
    ) -> Iterator[tuple[str, Work]]:
        """Records whose field `by` names one of the files, with its id: those stored that satisfy
        the clause, but working copies speak for themselves."""
        live, wanted = entity.table.c.deleted.is_(False), {file.id for file in files}
        for work in within(self.connection, self.org, entity, by, files, live, clause):
            if work.id not in self.works:
                yield work.doc[by], work
        for work in list(self.works.values()):
            if work.entity is entity and work.doc[by] in wanted:
                yield work.doc[by], work


def within(
    connection: Connection, org: int, entity: Entity, by: str, files: Iterable[Work], *clauses: Any
) -> Iterator[Work]:
    """What is stored of the records whose field `by` names one of the files."""
    # Nothing can hang off a file that is not stored yet.
    for some in chunks(file.id for file in files if file.n is not None):
        yield from load_where(connection, org, entity, and_(entity.table.c[by].in_(some), *clauses))


def _is_filled(column: Any) -> Any:
    return column.is_(True) if isinstance(column.type, Boolean) else column.is_not(None)
