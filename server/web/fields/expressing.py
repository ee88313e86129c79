"""Formulas and conditions in the editor: which names there are, and where one can't be read."""

from __future__ import annotations

from typing import Any

from server.core.custom import expressing, language
from server.core.registry import registry

from ..views.manifest import Json, message


def names_of(of: str, kind: str, record: Json | None) -> list[Json]:
    """What an expression of this field may name."""
    if kind == "autonumber":
        return []
    asked = "formula" if kind == "formula" else "seen_if"
    known = expressing.others(registry[of], (record or {}).get("key"), asked)
    return [{"name": n, "label": f.label} for n, f in language.nameable(known).items()]


def places(of: str, codes: Json, given: Json, record: Json | None) -> list[Json]:
    """The first thing that is wrong with each: [{name, message, at, before, here, after}]."""
    found: list[Json] = []
    for name in expressing.EXPRESSIONS:
        text: Any = given.get(name) or ""
        known = expressing.others(registry[of], (record or {}).get("key"), name)
        if codes.get(name, "").startswith("formula_"):
            try:
                language.read(text, known)
            except language.Wrong as wrong:
                at = wrong.at - 1
                found.append({
                    "name": name, "message": message(wrong.code), "at": wrong.at,
                    "before": text[:at], "here": text[at : at + 1], "after": text[at + 1 :],
                })  # fmt: skip
    return found
