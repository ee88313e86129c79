"""Conditions on records as one readable line for the address bar, and back. Equal to
pwa/views/criteria.js.

    relation.is.customer|partner,or(city.has."Tel Aviv",city.empty),due.is.this-month

A comma is "and"; around it all, `or(…)` is "or"; `and(…)` and `or(…)` inside go no deeper. What has
one of the signs `,()|"\\` stands in quotes, where a backslash goes before `"` and `\\`.

A tree is `{join: "and"|"or", of: [LEAF or {join, of: [LEAF]}]}`, LEAF = `{field, op, values}`.
"""

from __future__ import annotations

import re
from typing import Any

from .text import clean

Tree = dict[str, Any]
LONGEST, MOST_LEAVES, MOST_VALUES = 4000, 40, 50
NAME = re.compile(r"([A-Za-z_][A-Za-z0-9_-]*)\.([a-z]+)")
VALUE = re.compile(r'[.|](?:"((?:[^"\\]|\\["\\])*)"|([^,()|"\\]+))')
OPENING = re.compile(r"(and|or)\(")
SIGNS = re.compile(r'[,()|"\\]')


def read(text: str) -> Tree | None:
    """The tree, with no condition for an empty text; None for what is none."""
    if len(text) > LONGEST:
        return None
    if not text:
        return {"join": "and", "of": []}
    reader = _Reader(text)
    found = reader.top()
    fits = found and reader.at == len(text) and reader.leaves <= MOST_LEAVES
    return tidy(found) if found and fits else None


class _Reader:
    """Where reading stands; each of the methods gives None for what is not there."""

    def __init__(self, text: str) -> None:
        self.text, self.at, self.leaves = text, 0, 0

    def top(self) -> Tree | None:
        if self.text.startswith("or(") and self.text.endswith(")"):
            whole = self.group(nested=True)
            if whole and self.at == len(self.text):
                return whole
            self.at = self.leaves = 0
        of = self.items(nested=True)
        return {"join": "and", "of": of} if of else None

    def items(self, nested: bool) -> list[Tree] | None:
        found: list[Tree] = []
        while True:
            one = (self.group(nested=False) if nested else None) or self.leaf()
            if one is None:
                return None
            found.append(one)
            if not self.takes(","):
                return found

    def group(self, nested: bool) -> Tree | None:
        opening = OPENING.match(self.text, self.at)
        if not opening:
            return None
        self.at = opening.end()
        of = self.items(nested)
        return {"join": opening[1], "of": of} if of and self.takes(")") else None

    def leaf(self) -> Tree | None:
        name = NAME.match(self.text, self.at)
        if not name:
            return None
        self.at = name.end()
        self.leaves += 1
        values = self.values()
        return None if values is None else {"field": name[1], "op": name[2], "values": values}

    def values(self) -> list[str] | None:
        found: list[str] = []
        while self.text[self.at : self.at + 1] == ("|" if found else "."):
            value = VALUE.match(self.text, self.at)
            plain = value and clean(value[2] or re.sub(r"\\(.)", r"\1", value[1]))
            if not value or not plain or len(found) == MOST_VALUES:
                return None
            found.append(plain)
            self.at = value.end()
        return found

    def takes(self, sign: str) -> bool:
        taken = self.text.startswith(sign, self.at)
        self.at += len(sign) if taken else 0
        return taken


def tidy(tree: Tree) -> Tree:
    """The same without groups that say nothing of their own."""
    of = []
    for one in tree["of"]:
        inner = one.get("of")
        if inner is None or (len(inner) > 1 and one["join"] != tree["join"]):
            of.append(one)
        else:
            of += inner
    if len(of) == 1:
        return of[0] if "of" in of[0] else {"join": "and", "of": of}
    return {"join": tree["join"] if of else "and", "of": of}


def write(tree: Tree) -> str:
    """The line of a tree."""
    tree = tidy(tree)
    line = ",".join(_written(one) for one in tree["of"])
    return f"or({line})" if tree["join"] == "or" else line


def _written(one: Tree) -> str:
    if "of" in one:
        return f"{one['join']}({','.join(_written(leaf) for leaf in one['of'])})"
    values = "|".join(_quoted(value) for value in one["values"])
    return f"{one['field']}.{one['op']}" + (f".{values}" if values else "")


def _quoted(value: str) -> str:
    return '"' + re.sub(r'(["\\])', r"\\\1", value) + '"' if SIGNS.search(value) else value


def leaves(tree: Tree) -> list[Tree]:
    """Every condition of a tree."""
    return [leaf for one in tree["of"] for leaf in one.get("of", [one])]


def named(tree: Tree | None) -> set[str]:
    """The fields that a tree asks about."""
    return {leaf["field"] for leaf in leaves(tree)} if tree else set()
