"""Sensitive fields: how far somebody is shown what stands in them; see decision 045.

Whoever sees the record sees that something is there. The value comes at a tap, which is logged; or,
as roles say, never, at a tap offline as well, or plainly like any other."""

from __future__ import annotations

from .entity import Entity, Field
from .formulas import names_of
from .registry import registry
from .rights import HELD, OPEN, SIGHTS, Rights

NOBODY: frozenset[str] = frozenset()


def sight(rights: Rights, entity: Entity, field: Field) -> str:
    """How far this field is shown: no further than the sensitive ones that it follows from."""
    given = [rights.sight(entity.type, field.name)]
    for name in names_of(field) if field.formula else ():
        source = entity.fields[name]
        given += [sight(rights, entity, source)] if source.sensitive else []
    return min(given, key=SIGHTS.index)


def masked(rights: Rights, kind: str) -> frozenset[str]:
    """Fields whose values leave the server only at a tap, or not at all."""
    return _below(registry.get(kind), rights, OPEN)


def unheld(rights: Rights, kind: str) -> frozenset[str]:
    """Fields whose values phones are not given."""
    return _below(registry.get(kind), rights, HELD)


def _below(entity: Entity | None, rights: Rights, least: str) -> frozenset[str]:
    if entity is None or not entity.sensitive:
        return NOBODY
    at, rank = ("masked", rights.hash, least), SIGHTS.index(least)
    if at not in entity.prepared:
        shown = {f.name: sight(rights, entity, f) for f in entity.sensitive}
        below = frozenset(n for n, one in shown.items() if SIGHTS.index(one) < rank)
        entity.prepared[at] = below
    found: frozenset[str] = entity.prepared[at]
    return found
