"""Conditions put so that indexes can serve them: what all records of a list must be, as filters and
words. It asks for the same records."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from .conditions import STRETCHES
from .criteria import Tree
from .entity import Entity
from .text import fold

if TYPE_CHECKING:
    from .reading import Asked

MOST = 8  # values of a filter, each of which may become a query of its own
WORDED = ("text", "longtext", "email", "url", "autonumber")


def eased(entity: Entity, asked: Asked) -> Asked:
    where = asked.where
    asked = replace(asked, words=[*asked.words, *_tagged(entity, asked)])
    if not where or not where["of"] or where["join"] != "and":
        return asked
    words, filters, rest = list(asked.words), dict(asked.filters), list[Tree]()
    for one in where["of"]:
        if _is_filter(entity, one) and one["field"] not in filters:
            values = one["values"]
            filters[one["field"]] = values[0] if len(values) == 1 else values
        else:
            rest.append(one)
            words += _implied(entity, one)
    return replace(asked, words=words, filters=filters, where={"join": "and", "of": rest})


def empties(where: Tree | None) -> set[str]:
    """Fields that must be without a value."""
    of = where["of"] if where and where["join"] == "and" else []
    return {one["field"] for one in of if one.get("op") == "empty"}


def _tagged(entity: Entity, asked: Asked) -> list[str]:
    """Words of the tags that a record must have: those are looked for as words are."""
    wanted = [asked.filters.get(f.name) for f in entity.searched if f.kind == "tags"]
    return [word for one in wanted if isinstance(one, str) for word in fold(one).split(" ") if word]


def _is_filter(entity: Entity, one: Tree) -> bool:
    if one.get("op") != "is" or not 1 <= len(one["values"]) <= MOST:
        return False
    # Of overlapping stretches a record would be found in each.
    return len(one["values"]) == 1 or entity.fields[one["field"]].kind not in STRETCHES


def _implied(entity: Entity, one: Tree) -> list[str]:
    """Words that the search text of a record must have for it to fit."""
    field = entity.fields[one["field"]] if one.get("op") in ("has", "starts") else None
    fits = field and field in entity.searched and field.kind in WORDED
    return [word for word in fold(one["values"][0]).split(" ") if word] if fits else []
