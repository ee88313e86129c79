"""What became of a role's rights, in words: only what differs, kind by kind."""

from __future__ import annotations

from collections.abc import Iterator

from server.core.registry import registry
from server.core.rights import ACTIONS, NONE, REST
from server.web.views.manifest import Json

from .words import DEEDS, REACH, STATES, USUALLY, YES_NO

Pair = tuple[str | None, str | None]


def differences(before: Json, after: Json) -> list[Json]:
    """Of each kind: what had been given and what is given now, as labels to be translated. None
    stands for what the row of all other kinds says."""
    found = []
    for kind in dict.fromkeys((*before, *after)):
        was, now = before.get(kind) or {}, after.get(kind) or {}
        said = [*_levels(was, now), *_fields(kind, was.get("fields", {}), now.get("fields", {}))]
        if said:
            entity = registry.get(kind)
            label = USUALLY if kind == REST else entity.plural if entity else kind
            found.append({"label": label, "said": said})
    return found


def _levels(was: Json, now: Json) -> Iterator[Json]:
    for action in ACTIONS:
        pair = was.get(action), now.get(action)
        if pair[0] != pair[1]:
            yield _line(DEEDS[action], *(_reach(action, one) for one in pair))


def _reach(action: str, level: str | None) -> str | None:
    if level is None:
        return None
    return YES_NO[level != NONE] if action == "create" else REACH.get(level, level)


def _fields(kind: str, was: Json, now: Json) -> Iterator[Json]:
    entity = registry.get(kind)
    for name in dict.fromkeys((*was, *now)):
        pair = was.get(name, ""), now.get(name, "")
        if pair[0] != pair[1]:
            field = entity.fields.get(name) if entity else None
            yield _line(field.label if field else name, *(STATES.get(one, one) for one in pair))


def _line(what: str, before: str | None, after: str | None) -> Json:
    return {"what": what, "before": before, "after": after}
