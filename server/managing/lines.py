"""A line of the audit log in words: what was done to what, what stood there and what does now."""

from __future__ import annotations

import json
from typing import Any

from server.core.auditing import WHATS, Line
from server.core.entity import Entity, Field
from server.core.i18n import _l
from server.core.registry import registry
from server.web.pages import Visit
from server.web.templating import said
from server.web.views.manifest import Json

from .telling import differences
from .words import YES_NO

LONGEST = 200  # characters of a value on the page
VERBS = {
    "new": _l("Made"), "set": _l("Changed"), "inc": _l("Changed"), "add": _l("Added to"),
    "rem": _l("Removed from"), "del": _l("Deleted"), "do": _l("Did"),
    "look": _l("Looked at"),
}  # fmt: skip
ROADS = {
    "page": _l("Page"), "sync": _l("Phone (sync)"), "api": _l("API"), "import": _l("Import"),
    "server": _l("Server"),
}  # fmt: skip


def shown(v: Visit, line: Line) -> Json:
    entity = registry.get(line.kind)
    linked = entity is not None and (not entity.system or line.kind in ("person", "role"))
    return {
        "at": line.when, "by": v.store.title("person", line.person) if line.person else None,
        "did": VERBS.get(line.did) or WHATS.get(line.did) or line.did,
        "kind": entity.label if entity else None, "field": _named(entity, line),
        "title": _title(v, entity, line.rec) if entity and line.rec else line.about,
        "href": f"/{entity.path}/{line.rec}" if entity and linked else None, "rec": line.rec,
        **_values(v, entity, line), "road": ROADS.get(line.road, _l("Server")),
        "via": line.via, "address": line.address, "refused": line.refused,
    }  # fmt: skip


def _title(v: Visit, entity: Entity, rec: str) -> str | None:
    """What people know the record by: built-in roles and fields in their own language."""
    title: str | None = v.store.title(entity.type, rec)
    if entity.type == "field_mark":
        of = registry.get((v.store.get(entity.type, rec) or {}).get("of"))
        field = of.fields.get(title or "") if of else None
        return said(v.me["lang"], field.label) if field else title
    return said(v.me["lang"], title) if entity.type == "role" and title else title


def _named(entity: Entity | None, line: Line) -> str | None:
    """The label of the field, or of what was done."""
    spec = entity.fields.get(line.field or "") if entity else None
    action = entity.action(line.field) if entity and line.field and line.did == "do" else None
    return spec.label if spec else action.label if action else line.field


def _values(v: Visit, entity: Entity | None, line: Line) -> Json:
    """Before and after; of something new each value; of a role's rights what differs."""
    found: Json = {"before": None, "value": None, "values": [], "was": [], "rights": []}
    spec = entity.fields.get(line.field or "") if entity else None
    if spec is not None and spec.kind == "rights":
        before, after = ({} if one is None else one for one in (line.before, line.value))
        return found | {"rights": differences(_dict(before), _dict(after))}
    if entity is not None and spec is None:
        given = _dict(line.value)
        was = {name: one for name, one in _dict(line.before).items() if name != "deleted"}
        rights = differences({}, _dict(given.get("rights")))
        return found | {"was": _each(v, entity, was), "values": _each(v, entity, given),
                        "rights": rights}  # fmt: skip
    return found | {"before": _brief(v, spec, line.before), "value": _brief(v, spec, line.value)}


def _each(v: Visit, entity: Entity, values: Json) -> list[Json]:
    pairs = [(entity.fields.get(name), value) for name, value in values.items()]
    return [
        {"label": one.label, **text} for one, value in pairs
        if one and one.kind != "rights" and (text := _brief(v, one, value))
    ]  # fmt: skip


def _dict(value: Any) -> Json:
    return value if isinstance(value, dict) else {}


def _brief(v: Visit, spec: Field | None, value: Any) -> Json | None:
    """A value in words, `said` if it is to be translated; ids as the names of what they mean."""
    if value is None or value == {} or value == [] or value == "":
        return None
    if isinstance(value, bool):
        return {"text": YES_NO[value], "said": True}
    if spec is not None and spec.target:
        ids = value if isinstance(value, list) else [value]
        names = [v.store.title(spec.target, str(one)) or str(one) for one in ids]
        return {"text": ", ".join(names)[:LONGEST], "said": False}
    if spec is not None and spec.choices and value in (labels := dict(spec.choices)):
        return {"text": labels[value], "said": True}
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        value = ", ".join(value)
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return {"text": text[:LONGEST] + ("…" if len(text) > LONGEST else ""), "said": False}
