"""To whom a customer file is open because of work there, and who wants it on the phone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Boolean, Connection, and_, or_

from .entity import Entity
from .nearness import Span
from .registry import registry
from .scope import shared_with
from .work import Work, load_where


@dataclass(frozen=True)
class Sharing:
    """What is stored, as it will be after a transaction whose working copies are `works`."""

    connection: Connection
    org: int
    works: dict[str, Work]
    span: Span

    def keys(self, child: Entity, file: str) -> Iterator[str]:
        """Keys by which children open the file, as stored; but working copies speak for
        themselves."""
        if child.shares is None:
            return
        c = child.table.c
        open_ = c[child.shares.state].in_(sorted(child.shares.open))
        lately = c.updated_at > self.span.since
        clause = and_(c[child.parent or ""] == file, c.deleted.is_(False), or_(open_, lately))
        for work in self._of(child, clause, child.parent or "", file):
            key = shared_with(child, work.doc, self.span)
            if key:
                yield key

    def holders(self, file: Work) -> set[str]:
        """Persons who want the file on their phones."""
        found: set[str] = set()
        for entity in registry.holding(file.entity.type):
            assert entity.holds
            name, c = entity.holds.file, entity.table.c
            reasons = or_(*(_is_filled(c[one]) for one in entity.holds.reasons))
            clause = and_(c[name] == file.id, c.deleted.is_(False), reasons)
            for work in self._of(entity, clause, name, file.id):
                wanted = any(work.doc[one] for one in entity.holds.reasons)
                if wanted and not work.doc["deleted"]:
                    found.add(work.doc["owner"])
        return found

    def _of(self, entity: Entity, clause: Any, by: str, file: str) -> Iterator[Work]:
        """Records whose field `by` names the file: those stored that satisfy the clause, but
        working copies in their place."""
        for work in load_where(self.connection, self.org, entity, clause):
            if work.id not in self.works:
                yield work
        for work in list(self.works.values()):
            if work.entity is entity and work.doc[by] == file:
                yield work


def _is_filled(column: Any) -> Any:
    return column.is_(True) if isinstance(column.type, Boolean) else column.is_not(None)
