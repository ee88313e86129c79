"""Who may do what: one table, and the scope keys that a level opens.

A record carries keys (see scope.py); a person's level for an entity and action opens some. What a
person may see is a clause over those keys in the SQL; what the phone may hold is a subset of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

ACTIONS = ("see", "create", "change", "delete")
NONE, OWN, TEAM, BRANCH, ALL = "none", "own", "team", "branch", "all"

# role → entity (or * for the rest) → (see, create, change, delete)
TABLE: Mapping[str, Mapping[str, tuple[str, str, str, str]]] = {
    "admin": {"*": (ALL, ALL, ALL, ALL)},
    "manager": {"*": (BRANCH, ALL, BRANCH, BRANCH)},
    "seller": {"*": (TEAM, ALL, TEAM, OWN)},
    "technician": {"*": (TEAM, ALL, TEAM, OWN)},
    "office": {"*": (ALL, ALL, ALL, OWN)},
}
# What the server keeps for everybody: to be seen, and changed by administrators only
KEPT: Mapping[str, tuple[str, str, str, str]] = {
    "person": (ALL, NONE, NONE, NONE),
    "team": (ALL, NONE, NONE, NONE),
    "branch": (ALL, NONE, NONE, NONE),
}
LOG = {"change"}  # nobody writes the log
PERSONAL: set[str] = set()  # kinds whose records are their owner's alone; the registry fills it


@dataclass(frozen=True)
class Viewer:
    """A person as permissions see one. `reports` are all persons below, at any depth."""

    id: str
    org: int
    role: str
    team: str | None = None
    branch_teams: frozenset[str] = frozenset()
    reports: frozenset[str] = field(default_factory=frozenset)


def level(role: str, kind: str, action: str) -> str:
    """How far a role reaches: none, own, team, branch or all."""
    at = ACTIONS.index(action)
    if kind in LOG and action != "see":
        return NONE
    if kind in PERSONAL:
        return OWN if action in ("see", "change") else NONE
    if kind == "conflict" and action in ("create", "delete"):
        return NONE
    if kind in KEPT and role != "admin":
        return KEPT[kind][at]
    rows = TABLE.get(role, {})
    return rows.get(kind, rows.get("*", (NONE,) * 4))[at]


def keys(viewer: Viewer, kind: str, action: str) -> frozenset[str] | None:
    """The keys that open records of a kind to a person; None: all of the organisation's."""
    reach = level(viewer.role, kind, action)
    if reach == ALL:
        return None
    if reach == NONE:
        return frozenset()
    if kind in PERSONAL:
        return frozenset({f"p:{viewer.id}"})
    return _reach(viewer, reach)


def _reach(viewer: Viewer, reach: str) -> frozenset[str]:
    people = {viewer.id, *viewer.reports}
    found = {f"u:{p}" for p in people} | {f"s:{p}" for p in people} | {"all"}
    if reach in (TEAM, BRANCH) and viewer.team:
        found.add(f"t:{viewer.team}")
    if reach == BRANCH:
        found |= {f"t:{team}" for team in viewer.branch_teams}
    return frozenset(found)


def held_keys(viewer: Viewer) -> frozenset[str]:
    """The keys whose records a person's phone holds: own, shared, the team's or branch's, and
    what is theirs alone."""
    reach = level(viewer.role, "*", "see")
    return _reach(viewer, TEAM if reach == ALL else reach) | {f"p:{viewer.id}"}


def abilities(viewer: Viewer, kinds: list[str]) -> dict[str, dict[str, str]]:
    """`me.can`: type → action → level."""
    return {kind: {a: level(viewer.role, kind, a) for a in ACTIONS} for kind in kinds}


def complete(viewer: Viewer, kinds: list[str]) -> list[str]:
    """Kinds of which the phone holds everything that its person may see."""
    held = held_keys(viewer)
    reference = [kind for kind in kinds if kind in KEPT]
    reach = {kind: keys(viewer, kind, "see") for kind in kinds}
    return reference + [
        kind for kind, found in reach.items()
        if kind not in KEPT and found is not None and found <= held
    ]  # fmt: skip
