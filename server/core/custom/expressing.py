"""Formulas and conditions of fields: from texts of definitions to the trees that fields carry."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from .. import money
from ..entity import Entity, Field
from ..formulas import in_order, names_in, names_of
from .language import Wrong, read

Doc = dict[str, Any]
EXPRESSIONS = ("formula", "seen_if", "needed_if")


def others(entity: Entity, key: str | None, expression: str) -> dict[str, Field]:
    """The fields that one's expressions may name: all but itself. Only a formula names what is
    reckoned, whose value in a form is that of before, and what is sensitive, as it then is too."""
    return {
        name: field for name, field in entity.fields.items()
        if name != key and (expression == "formula" or not (field.formula or field.sensitive))
    }  # fmt: skip


def needs_itself(entity: Entity, key: str, tree: Any) -> bool:
    """Does a formula, by way of others, name its own field?"""
    waiting, seen = names_in(tree), {key}
    while waiting:
        name = waiting.pop()
        field = entity.fields.get(name)
        if field is None or not field.formula or name in seen:
            continue
        seen.add(name)
        waiting += names_of(field)
        if key in waiting:
            return True
    return False


def _tree(text: str | None, known: dict[str, Field]) -> Any:
    """None of a text that can't be read: what it names may be gone."""
    try:
        return read(text, known) if text else None
    except Wrong:
        return None


def expressed(entity: Entity, made: dict[str, Field], docs: list[Doc]) -> dict[str, Field]:
    """An entity's new fields with what is written of them. Formulas that need each other, as two
    that were written at the same time may, come to nothing."""
    known = replace(entity, fields=entity.fields | made)
    found = {doc["key"]: _expressed(made[doc["key"]], doc, known) for doc in docs}
    fine = {field.name for field in in_order(found.values())}
    return {
        name: replace(field, formula=None) if field.formula and name not in fine else field
        for name, field in found.items()
    }  # fmt: skip


def _expressed(field: Field, doc: Doc, entity: Entity) -> Field:
    trees = {name: _tree(doc[name], others(entity, field.name, name)) for name in EXPRESSIONS}
    if trees["formula"]:
        trees["formula"] = [field.kind, money.decimals(field.currency), trees["formula"]]
    return replace(field, **trees)
