"""What roles give: how far each reaches, for every kind of record and action, and the fields that
it hides. A person may have several: what any of them gives is given.

The rights of a role are one JSON object, by kind; `*` stands for all kinds without a row:

    {"*": {"see": "team", "create": "all", …},
     "account": {"see": "own", "fields": {"vat": "hidden"}}}
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any

ACTIONS = ("see", "create", "change", "delete", "export")
NONE, OWN, TEAM, BRANCH, ALL = "none", "own", "team", "branch", "all"
LEVELS = (NONE, OWN, TEAM, BRANCH, ALL)
HIDDEN, READONLY = "hidden", "readonly"
# How far a sensitive field is shown: not at all, at a tap with a connection, at a tap anywhere, or
# plainly. What roles do not speak of is tapped.
SIGHTS = MASKED, TAPPED, HELD, OPEN = ("masked", "tapped", "held", "open")
STATES = (HIDDEN, READONLY, MASKED, HELD, OPEN)  # what a role may say of a field
REST = "*"
Row = Mapping[str, Any]

# The roles that every organisation begins with, by key: how far each reaches in whatever kind of
# record, and what its phones hold of that, besides what comes with near work
BUILT_IN: Mapping[str, tuple[tuple[str, str, str, str, str], str]] = {
    "admin": ((ALL, ALL, ALL, ALL, ALL), TEAM),
    "manager": ((BRANCH, ALL, BRANCH, BRANCH, BRANCH), TEAM),
    "seller": ((TEAM, ALL, TEAM, OWN, OWN), TEAM),
    "technician": ((TEAM, ALL, TEAM, OWN, NONE), OWN),
    "office": ((ALL, ALL, ALL, OWN, ALL), TEAM),
}
ADMIN = "admin"


def rank(level: str) -> int:
    return LEVELS.index(level)


def furthest(levels: Iterable[str]) -> str:
    return max(levels, key=rank, default=NONE)


def nearest(*levels: str) -> str:
    return min(levels, key=rank)


class Role:
    """One role: what it gives."""

    def __init__(self, key: str | None, holds: str | None, rows: Mapping[str, Row]) -> None:
        self.is_admin = key == ADMIN
        self.holds, self.rows = holds or OWN, rows

    def level(self, kind: str, action: str) -> str:
        """Nobody changes, deletes, exports or adds to what they do not see."""
        if self.is_admin:
            return ALL
        given = self._given(kind, action)
        if action == "see" or given == NONE:
            return given
        seen = self._given(kind, "see")
        if action == "create":
            return ALL if seen != NONE else NONE
        return nearest(given, seen)

    def _given(self, kind: str, action: str) -> str:
        for row in (self.rows.get(kind, {}), self.rows.get(REST, {})):
            if action in row:
                return str(row[action])
        return NONE

    def fields(self, kind: str) -> Mapping[str, str]:
        """Fields with a right of their own: hidden or readonly."""
        found: Mapping[str, str] = self.rows.get(kind, {}).get("fields", {})
        return {} if self.is_admin else found


class Rights:
    """Those of a person: the union of some roles. Equal where the roles say the same."""

    def __init__(self, roles: Iterable[Role]) -> None:
        self.roles = tuple(roles)
        said = sorted(
            json.dumps([r.is_admin, r.holds, r.rows], sort_keys=True) for r in self.roles
        )
        self.hash = hashlib.sha256("\n".join(said).encode()).hexdigest()[:16]
        self._levels: dict[tuple[str, str], str] = {}
        self._fields: dict[str, dict[str, str]] = {}

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Rights) and other.hash == self.hash

    def __hash__(self) -> int:
        return hash(self.hash)

    @cached_property
    def is_admin(self) -> bool:
        return any(role.is_admin for role in self.roles)

    @cached_property
    def holds(self) -> str:
        return max((role.holds for role in self.roles), key=rank, default=OWN)

    def level(self, kind: str, action: str) -> str:
        at = (kind, action)
        if at not in self._levels:
            self._levels[at] = furthest(role.level(kind, action) for role in self.roles)
        return self._levels[at]

    def fields(self, kind: str) -> dict[str, str]:
        """A field is hidden when every role that shows the record hides it; likewise readonly."""
        if kind not in self._fields:
            showing = [r.fields(kind) for r in self.roles if r.level(kind, "see") != NONE]
            named = {name for fields in showing for name in fields}
            found = {n: {_written(fields.get(n)) for fields in showing} for n in named}
            self._fields[kind] = {
                name: HIDDEN if states == {HIDDEN} else READONLY
                for name, states in sorted(found.items()) if None not in states
            }  # fmt: skip
        return self._fields[kind]

    def sight(self, kind: str, name: str) -> str:
        """One of SIGHTS: the most that any role which shows the record gives."""
        showing = [r.fields(kind).get(name) for r in self.roles if r.level(kind, "see") != NONE]
        found = [one if one in SIGHTS else TAPPED for one in showing if one != HIDDEN]
        return max(found, key=SIGHTS.index, default=MASKED)

    def hidden(self, kind: str) -> frozenset[str]:
        """And with a field whatever is reckoned from it."""
        from .reckoning import following  # which knows the registry, as we must not

        found = frozenset(n for n, state in self.fields(kind).items() if state == HIDDEN)
        return found | following(kind, found) if found else found

    def limited(self, reads_only: bool, kinds: list[str]) -> Rights:
        """What is left of them to a token that may only read, or has to do with some kinds."""
        return Limited(self, reads_only, frozenset(kinds)) if reads_only or kinds else self

    @cached_property
    def named(self) -> frozenset[str]:
        """Kinds of which the roles say something of their own."""
        return frozenset(kind for role in self.roles for kind in role.rows if kind != REST)

    @cached_property
    def kinds_with_hidden(self) -> frozenset[str]:
        return frozenset(kind for kind in self.named if self.hidden(kind))


def _written(state: str | None) -> str | None:
    """What a role says of a field, without how far it is shown if it is sensitive."""
    return state if state in (HIDDEN, READONLY) else None


class Limited(Rights):
    """Rights within the bounds of a token. Nobody manages people by such a one."""

    def __init__(self, whole: Rights, reads_only: bool, kinds: frozenset[str]) -> None:
        super().__init__(whole.roles)
        bounds = f"{self.hash} {reads_only} {sorted(kinds)}"
        self.hash = hashlib.sha256(bounds.encode()).hexdigest()[:16]
        self.reads_only, self.kinds = reads_only, kinds

    @cached_property
    def is_admin(self) -> bool:
        return False

    def level(self, kind: str, action: str) -> str:
        if (self.kinds and kind not in self.kinds) or (
            self.reads_only and action not in ("see", "export")
        ):
            return NONE
        return super().level(kind, action)


def rows_of(key: str) -> dict[str, dict[str, str]]:
    """The rights of a built-in role as they are kept."""
    return {REST: dict(zip(ACTIONS, BUILT_IN[key][0], strict=True))}


def built_in(*keys: str) -> Rights:
    """The rights of built-in roles as every organisation begins with them."""
    return Rights(Role(key, BUILT_IN[key][1], rows_of(key)) for key in keys)


SERVER = built_in(ADMIN)  # the server itself, where it acts as somebody
