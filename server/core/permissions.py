"""Who may do what: levels, and the scope keys that a level opens.

A record carries keys (see scope.py); a person's level for a kind and action opens some (see
rights.py). What a person may see is a clause over those keys in the SQL. What the phone holds is
less: what is theirs or their team's, by role, and the files that they want on it; all of it out of
what they may see.

Records about other records (their history, what is attached to them) are opened kind by kind of
what they are about: `of`.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from functools import lru_cache

from .rights import ACTIONS, ALL, BRANCH, NONE, OWN, REST, TEAM, Rights, furthest, nearest
from .scope import ANY, hold_key

# What the server keeps for everybody: to be seen, and changed by administrators only
KEPT = {"person", "team", "branch", "role", "custom_field", "custom_entity", "custom_layout",
        "custom_link", "field_mark"}  # fmt: skip
LOG = {"change", "merger"}  # nobody writes the log
HISTORY = {"change", "conflict", "merger"}
# By the registry: kinds whose records are their owner's alone, and whether the owner makes them;
# kinds of records that hang on others; and all the others that are not the server's
PERSONAL: dict[str, bool] = {}
ATTACHED: set[str] = set()
BEARING: set[str] = set()
SHARED: set[str] = set()  # kinds whose records say themselves who sees them; by the registry


@dataclass(frozen=True)
class Viewer:
    """A person as permissions see one. `reports` are all persons below, at any depth, `direct`
    those next below. `far`: kinds of record seen because of work that is not near."""

    id: str
    org: int
    rights: Rights
    team: str | None = None
    branch_teams: frozenset[str] = frozenset()
    reports: frozenset[str] = field(default_factory=frozenset)
    direct: frozenset[str] = field(default_factory=frozenset)
    far: frozenset[str] = field(default_factory=frozenset)


# What somebody may see: pairs of kinds that the records are about, None for any, and keys of which
# they must carry one, None for any
Opened = tuple[tuple[frozenset[str] | None, frozenset[str] | None], ...]


def level(rights: Rights, kind: str, action: str, of: str | None = None) -> str:
    """How far rights reach: none, own, team, branch or all. `of`: what a record of history, or one
    that is attached, is about; without it, the furthest for whatever they may be about."""
    if kind in HISTORY:
        return _of_history(rights, kind, action, of)
    if kind in PERSONAL:
        return OWN if action in ("see", "change", "export") or PERSONAL[kind] else NONE
    if kind in SHARED:
        return OWN if action in ("change", "delete") and not rights.is_admin else ALL
    if kind in KEPT and not rights.is_admin:
        return ALL if action == "see" else NONE
    given = rights.level(kind, action)
    if kind in ATTACHED and of is not None:
        return nearest(given, level(rights, of, "see"))
    return given


def _of_history(rights: Rights, kind: str, action: str, of: str | None) -> str:
    if kind in LOG and action not in ("see", "export"):
        return NONE
    if kind == "conflict" and action in ("create", "delete"):
        return NONE
    if of is None:
        return furthest(_of_history(rights, kind, action, one) for one in (*_bearing(rights), REST))
    if of in KEPT and kind in LOG:
        return ALL if rights.is_admin else NONE
    if of in ATTACHED:
        return nearest(*(level(rights, of, action, one) for one in (*_bearing(rights), REST)))
    return level(rights, of, action)


def keys(viewer: Viewer, kind: str, action: str, of: str | None = None) -> frozenset[str] | None:
    """The keys that open records of a kind to a person; None: all of the organisation's."""
    reach = level(viewer.rights, kind, action, of)
    if kind in SHARED:
        return frozenset({f"p:{viewer.id}"} | (_audiences(viewer) if reach == ALL else set()))
    if reach == ALL:
        return None
    if reach == NONE:
        return frozenset()
    if kind in PERSONAL:
        return frozenset({f"p:{viewer.id}"})
    return _reach(viewer, reach)


def _abouts(kind: str, rights: Rights) -> Collection[str]:
    """What records of a kind may be about: kinds of the product, and those that roles speak of."""
    if kind in HISTORY:
        return {*_bearing(rights), *ATTACHED, *KEPT}
    return _bearing(rights) if kind in ATTACHED else ()


def _bearing(rights: Rights) -> set[str]:
    return BEARING | (rights.named - ATTACHED - KEPT)


@lru_cache(maxsize=4000)
def opened(viewer: Viewer, kind: str, action: str = "see") -> Opened:
    """Which records of a kind are open to a person."""
    groups: dict[frozenset[str] | None, set[str]] = {}
    for of in _abouts(kind, viewer.rights):
        groups.setdefault(keys(viewer, kind, action, of), set()).add(of)
    if len(groups) < 2:
        return ((None, next(iter(groups), keys(viewer, kind, action))),)
    return tuple((frozenset(ofs), found) for found, ofs in groups.items() if found != frozenset())


def is_open(
    viewer: Viewer, kind: str, action: str, of: str | None, carried: Collection[str]
) -> bool:
    """Is a record with these keys open to a person? `of`: what it is about, if it is."""
    found = keys(viewer, kind, action, about(kind, of))
    return found is None or not found.isdisjoint(carried)


def about(kind: str, of: str | None) -> str | None:
    """What a record of a kind is about, if rights ask for it."""
    return of if kind in HISTORY or kind in ATTACHED else None


def _audiences(viewer: Viewer) -> set[str]:
    return {"all"} | ({f"v:{viewer.team}"} if viewer.team else set())


@lru_cache(maxsize=1000)
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
    return frozenset(_teams(viewer, viewer.rights.holds))


@lru_cache(maxsize=4000)
def held_keys(viewer: Viewer, kind: str = REST, of: str | None = None) -> frozenset[str]:
    """The keys whose records a person's phone holds, of one kind or of those without rules of their
    own: what is theirs or their team's, and what they want held, as far as they may see it."""
    seen = keys(viewer, kind, "see", of)
    found = {f"{key}:{p}" for p in held_people(viewer) for key in "us"}
    always = _audiences(viewer) | {f"p:{viewer.id}"}
    found |= {f"t:{team}" for team in held_teams(viewer)} | always
    if seen is None:
        return frozenset(found | {hold_key(viewer.id, ANY)})
    wanted = {hold_key(viewer.id, key) for key in seen}
    return frozenset(found & (seen | always) | wanted)


@lru_cache(maxsize=1000)
def held(viewer: Viewer) -> dict[str, frozenset[str]]:
    """`held_keys` for `*`, and for each kind, and `kind:of`, where they are others."""
    found = {REST: held_keys(viewer)}
    for kind in (*_bearing(viewer.rights), *ATTACHED, *HISTORY):
        own = held_keys(viewer, kind)
        if kind not in HISTORY and own != found[REST]:
            found[kind] = own
        usual = found.get(kind, found[REST])
        for of in {*_abouts(kind, viewer.rights)} - KEPT:
            if (about := held_keys(viewer, kind, of)) != usual:
                found[f"{kind}:{of}"] = about
    return found


def opened_on_phones(viewer: Viewer, kind: str, action: str = "see") -> Opened:
    """Which records of a kind a person's phone holds, of those to which they may do this."""
    found = []
    abouts: Collection[str | None] = _abouts(kind, viewer.rights) or (None,)
    for of in abouts:
        near, reach = held_keys(viewer, kind, of), keys(viewer, kind, action, of)
        same = reach is None or reach == keys(viewer, kind, "see", of)
        found.append((of, near if same or reach is None else near & reach))
    if len({near for _, near in found}) == 1:
        return ((None, found[0][1]),)
    return tuple((frozenset({of or ""}), near) for of, near in found)


@lru_cache(maxsize=1000)
def abilities(rights: Rights, kinds: tuple[str, ...]) -> dict[str, dict[str, str]]:
    """`me.can`: type → action → level. Asked at every request, so nobody may change it."""
    return {kind: {a: level(rights, kind, a) for a in ACTIONS} for kind in kinds}


@lru_cache(maxsize=1000)
def complete(viewer: Viewer, kinds: tuple[str, ...]) -> list[str]:
    """Kinds of which the phone holds everything that its person may see."""
    reference = [kind for kind in kinds if kind in KEPT]
    return reference + [kind for kind in kinds if kind not in KEPT and _is_complete(viewer, kind)]


def _is_complete(viewer: Viewer, kind: str) -> bool:
    abouts: set[str | None] = {one for one in _abouts(kind, viewer.rights) if one not in KEPT}
    for of in abouts or {None}:
        seen = keys(viewer, kind, "see", of)
        beyond = None if seen is None else seen - held_keys(viewer, kind, of)
        if beyond is None or any(not key.startswith("f:") for key in beyond):
            return False
    return kind not in viewer.far
