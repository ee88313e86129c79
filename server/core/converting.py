"""Operations of apps that were built before a declaration changed: in the words of today.

A phone may have been away for months, and what it has waiting names fields and choices as they were
called when it was written. `Entity.former` and `Field.former` say what became of them. A field that
is gone, and not renamed, is refused as unknown, and its value stays readable in the app.
"""

from __future__ import annotations

from typing import Any

from .entity import Entity, Field


def name_of(entity: Entity, name: Any) -> Any:
    """The field's name of today."""
    return entity.former.get(name, name) if isinstance(name, str) else name


def value_of(entity: Entity, name: Any, value: Any) -> Any:
    """The value as the field takes it today."""
    field = entity.fields.get(name) if isinstance(name, str) else None
    return value if field is None or not field.former else _chosen(field, value)


def values_of(entity: Entity, values: dict[Any, Any]) -> dict[Any, Any]:
    """The same for all that a new record is given; what is said under today's name comes first."""
    found = {}
    for name, value in values.items():
        today = name_of(entity, name)
        if today == name or today not in values:
            found[today] = value_of(entity, today, value)
    return found


def _chosen(field: Field, value: Any) -> Any:
    if isinstance(value, list):
        return [_chosen(field, one) for one in value]
    return field.former.get(value, value) if isinstance(value, str) else value
