"""Formulas and conditions of fields: from texts of definitions to the trees that fields carry."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from .. import money
from ..entity import Entity, Field
from .language import Wrong, read

Doc = dict[str, Any]
EXPRESSIONS = ("formula", "seen_if", "needed_if")


def others(entity: Entity, key: str | None) -> dict[str, Field]:
    """The fields that one's expressions may name: all but itself."""
    return {name: field for name, field in entity.fields.items() if name != key}


def _tree(text: str | None, known: dict[str, Field]) -> Any:
    """None of a text that can't be read: what it names may be gone."""
    try:
        return read(text, known) if text else None
    except Wrong:
        return None


def expressed(entity: Entity, made: dict[str, Field], docs: list[Doc]) -> dict[str, Field]:
    """An entity's new fields with what is written of them. None names what is reckoned itself."""
    reckoned = {doc["key"] for doc in docs if doc["kind"] == "formula"}
    known = entity.fields | {name: f for name, f in made.items() if name not in reckoned}
    return {doc["key"]: _expressed(made[doc["key"]], doc, known) for doc in docs}


def _expressed(field: Field, doc: Doc, known: dict[str, Field]) -> Field:
    known = {name: other for name, other in known.items() if name != field.name}
    trees = {name: _tree(doc[name], known) for name in EXPRESSIONS}
    if trees["formula"]:
        trees["formula"] = [field.kind, money.decimals(field.currency), trees["formula"]]
    return replace(field, **trees)
