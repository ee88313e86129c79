"""What one transaction of the door works on, and whose it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from . import permissions
from .clock import clamp
from .operations import Operation
from .past import Past
from .permissions import Viewer
from .work import Work


@dataclass
class Batch:
    """Everything one transaction of the door touches."""

    viewer: Viewer
    device: str
    now: int  # ms
    ver: int
    past: Past
    works: dict[str, Work]
    known: Callable[[str, str], bool]  # (entity type, id): there, and visible to the viewer
    trusted: bool = False  # the server itself: rights are not asked
    born: dict[str, Work] = field(default_factory=dict)
    # The keys that open records, by kind, action and what they are about
    open: dict[tuple[str, str, str | None], frozenset[str] | None] = field(default_factory=dict)

    def clock(self, op: Operation) -> list[Any]:
        return [self.ver, clamp(op.t, self.now), self.device]

    def right(self, kind: str, name: str) -> str | None:
        """`hidden` or `readonly`, if this field is not for everybody to write."""
        return None if self.trusted else self.viewer.rights.fields(kind).get(name)

    def may(self, work: Work, action: str) -> bool:
        if self.trusted or work.id in self.born:
            return True
        kind = work.entity.type
        at = kind, action, permissions.about(kind, work.doc.get("of"))
        if at not in self.open:
            self.open[at] = permissions.keys(self.viewer, *at)
        found = self.open[at]
        return found is None or not found.isdisjoint(work.keys)
