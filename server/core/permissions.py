"""Who may do what: one table, and the scope keys that a level opens.

A record carries keys (see scope.py); a person's level for an entity and action opens some. What a
person may see is a clause over those keys in the SQL. What the phone holds is less: what is theirs
or their team's, by role, and the files that they want on it; all of it out of what they may see.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from .scope import ANY, hold_key

ACTIONS = ("see", "create", "change", "delete", "export")
NONE, OWN, TEAM, BRANCH, ALL = "none", "own", "team", "branch", "all"

Levels = tuple[str, str, str, str, str]  # one for each action
# role → entity (or * for the rest) → levels
TABLE: Mapping[str, Mapping[str, Levels]] = {
    "admin": {"*": (ALL, ALL, ALL, ALL, ALL)},
    "manager": {"*": (BRANCH, ALL, BRANCH, BRANCH, BRANCH)},
    "seller": {"*": (TEAM, ALL, TEAM, OWN, OWN)},
    "technician": {"*": (TEAM, ALL, TEAM, OWN, NONE)},
    "office": {"*": (ALL, ALL, ALL, OWN, ALL)},
}
# What the server keeps for everybody: to be seen, and changed by administrators only
KEPT: Mapping[str, Levels] = {
    "person": (ALL, NONE, NONE, NONE, NONE),
    "team": (ALL, NONE, NONE, NONE, NONE),
    "branch": (ALL, NONE, NONE, NONE, NONE),
    "custom_field": (ALL, NONE, NONE, NONE, NONE),
    "custom_entity": (ALL, NONE, NONE, NONE, NONE),
}
LOG = {"change", "merger"}  # nobody writes the log
# Kinds whose records are their owner's alone, and whether the owner makes them; by the registry
PERSONAL: dict[str, bool] = {}
# role → what its phones hold of what it may see, besides what comes with near work
HELD: Mapping[str, str] = {
    "admin": TEAM, "manager": TEAM, "seller": TEAM, "technician": OWN, "office": TEAM,
}  # fmt: skip


@dataclass(frozen=True)
class Viewer:
    """A person as permissions see one. `reports` are all persons below, at any depth, `direct`
    those next below. `far`: kinds of record seen because of work that is not near."""

    id: str
    org: int
    role: str
    team: str | None = None
    branch_teams: frozenset[str] = frozenset()
    reports: frozenset[str] = field(default_factory=frozenset)
    direct: frozenset[str] = field(default_factory=frozenset)
    far: frozenset[str] = field(default_factory=frozenset)


def level(role: str, kind: str, action: str) -> str:
    """How far a role reaches: none, own, team, branch or all."""
    at = ACTIONS.index(action)
    if kind in LOG and action not in ("see", "export"):
        return NONE
    if kind in PERSONAL:
        return OWN if action in ("see", "change", "export") or PERSONAL[kind] else NONE
    if kind == "conflict" and action in ("create", "delete"):
        return NONE
    if kind in KEPT and role != "admin":
        return KEPT[kind][at]
    rows = TABLE.get(role, {})
    return rows.get(kind, rows.get("*", (NONE,) * 5))[at]


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
    found = {f"{key}:{p}" for p in (viewer.id, *viewer.reports) for key in "usf"} | {"all"}
    return frozenset(found | {f"t:{team}" for team in _teams(viewer, reach)})


def _teams(viewer: Viewer, reach: str) -> set[str]:
    teams = {viewer.team} if reach in (TEAM, BRANCH) else set()
    return {team for team in teams | (viewer.branch_teams if reach == BRANCH else set()) if team}


def held_people(viewer: Viewer) -> frozenset[str]:
    """The persons whose records this one's phone holds."""
    return viewer.direct | {viewer.id}


def held_teams(viewer: Viewer) -> frozenset[str]:
    """The teams whose records a person's phone holds."""
    return frozenset(_teams(viewer, HELD.get(viewer.role, OWN)))


@lru_cache(maxsize=1000)
def held_keys(viewer: Viewer, kind: str = "*") -> frozenset[str]:
    """The keys whose records a person's phone holds, of one kind or of those without rules of their
    own: what is theirs or their team's, and what they want held, as far as they may see it."""
    seen = keys(viewer, kind, "see")
    found = {f"{key}:{p}" for p in held_people(viewer) for key in "us"}
    found |= {f"t:{team}" for team in held_teams(viewer)} | {"all", f"p:{viewer.id}"}
    if seen is None:
        return frozenset(found | {hold_key(viewer.id, ANY)})
    wanted = {hold_key(viewer.id, key) for key in seen}
    return frozenset(found & (seen | {f"p:{viewer.id}"}) | wanted)


def abilities(viewer: Viewer, kinds: list[str]) -> dict[str, dict[str, str]]:
    """`me.can`: type → action → level."""
    return {kind: {a: level(viewer.role, kind, a) for a in ACTIONS} for kind in kinds}


def complete(viewer: Viewer, kinds: list[str]) -> list[str]:
    """Kinds of which the phone holds everything that its person may see."""
    reference = [kind for kind in kinds if kind in KEPT]
    return reference + [kind for kind in kinds if kind not in KEPT and _is_complete(viewer, kind)]


def _is_complete(viewer: Viewer, kind: str) -> bool:
    seen = keys(viewer, kind, "see")
    beyond = None if seen is None else seen - held_keys(viewer, kind)
    if beyond is None or any(not key.startswith("f:") for key in beyond):
        return False
    return kind not in viewer.far
