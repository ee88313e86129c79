"""The pages of an import: what each step shows, and what the form of the mapping says."""

from __future__ import annotations

from typing import Any

from werkzeug.datastructures import MultiDict

from server.core.entity import Entity, Field
from server.core.errors import Refused
from server.core.i18n import _l
from server.core.kinds import REFERENCES
from server.core.permissions import Viewer
from server.core.text import clean

from .hearing import Ear
from .plan import ERRORS, MODES, ORDERS, OWNERS, Plan, keyed, plan_of, problems
from .preparing import Reading
from .rights import columns, targets
from .saying import ID
from .sources.csv_in import SEPARATORS
from .sources.encodings import OFFERED

Json = dict[str, Any]
EXAMPLES = 3  # values of a column that are shown
MOST_ROUND = 50
NAMES = {",": _l("Comma"), ";": _l("Semicolon"), "\t": _l("Tab"), "|": _l("Vertical line")}


def mapping(
    row: Any, entity: Entity, people: list[Json], errors: list[Json], viewer: Viewer
) -> Json:
    plan = plan_of(entity, row.plan, viewer)
    return {
        "id": row.id, "name": row.name, "total": row.total, "errors": errors,
        "reading": _reading(row), "columns": _columns(row, plan),
        "keys": [{"value": n, "label": label, "on": n in plan.keys} for n, label in _keys(plan)],
        "modes": _picks(MODES, plan.mode), "owners": _owners(entity, plan),
        "people": [{**one, "on": one["value"] in plan.people} for one in people],
        "person": plan.people[0] if plan.people else "",
        "orders": _picks(ORDERS, plan.dates) if _has_dates(entity, plan) else [],
        "defaults": [_default(one, plan) for one in targets(entity, viewer) if _may_default(one)],
    }  # fmt: skip


def _picks(offered: tuple[tuple[str, str], ...], chosen: str) -> list[Json]:
    return [{"value": v, "label": label, "on": v == chosen} for v, label in offered]


def _owners(entity: Entity, plan: Plan) -> list[Json]:
    return _picks(OWNERS, plan.owner) if "owner" in entity.fields else []


def _has_dates(entity: Entity, plan: Plan) -> bool:
    return any(entity.fields[name].kind in ("date", "instant")
               for name in plan.targets if name in entity.fields)  # fmt: skip


def _reading(row: Any) -> Json:
    """What was taken for granted about the file, and may be chosen otherwise."""
    said = row.options
    return {
        "encodings": _picks(OFFERED, said["encoding"]) if "encoding" in said else [],
        "separators": [{"value": sign, "label": NAMES[sign], "on": sign == said["separator"]}
                       for sign in SEPARATORS] if "separator" in said else [],
        "sheets": [{"value": one, "label": one, "on": one == said.get("sheet", row.sheets[0])}
                   for one in row.sheets] if len(row.sheets) > 1 else [],
    }  # fmt: skip


def _columns(row: Any, plan: Plan) -> list[Json]:
    entity, viewer = plan.entity, plan.viewer
    offered = [("id", ID), *((f.name, f.label) for f in targets(entity, viewer))]
    offered += [(f.name, f.label) for f in keyed(entity, viewer) if f.kind == "autonumber"]
    found = []
    for at, head in enumerate(row.columns):
        values = [one[at] for one in row.sample if at < len(one) and one[at].strip()]
        to = plan.targets[at] if at < len(plan.targets) else ""
        options = [{"value": v, "label": label, "on": v == to} for v, label in offered]
        found.append({"at": at, "head": head, "options": options, "to": to,
                      "examples": [value[:60] for value in values[:EXAMPLES]]})  # fmt: skip
    return found


def _keys(plan: Plan) -> list[tuple[str, str]]:
    return [("id", ID), *((f.name, f.label) for f in keyed(plan.entity, plan.viewer))]


def _may_default(field: Field) -> bool:
    return field.kind not in REFERENCES and field.kind not in ("phone", "phones", "email", "bool")


def _default(field: Field, plan: Plan) -> Json:
    text = plan.defaults.get(field.name, "")
    choices = [{"value": v, "label": label, "on": v == text} for v, label in field.choices or ()]
    return {"name": field.name, "label": field.label, "value": text, "choices": choices}


def plan_from(
    entity: Entity, form: MultiDict[str, str], width: int, people: set[str], viewer: Viewer
) -> Json:
    """The body of a plan as the form says; what was not offered is passed over."""
    rule = _one_of(form.get("owner", ""), OWNERS)
    chosen = form.getlist("people") if rule == "round" else [form.get("person", "")]
    defaults = {f.name: clean(form.get(f"default-{f.name}")) for f in targets(entity, viewer)}
    plan = plan_of(entity, {
        "targets": [form.get(f"to-{at}", "") for at in range(width)],
        "keys": form.getlist("keys"), "mode": _one_of(form.get("mode", ""), MODES), "owner": rule,
        "people": [one for one in chosen if one in people][:MOST_ROUND],
        "defaults": {name: text[:500] for name, text in defaults.items() if text},
        "dates": _one_of(form.get("dates", ""), ORDERS),
    }, viewer)  # fmt: skip
    return plan.body()


def _one_of(value: str, offered: tuple[tuple[str, str], ...]) -> str:
    return value if value in dict(offered) else offered[0][0]


def wrong(plan: Plan, me: Json, say: Any) -> list[Json]:
    """What keeps the plan from being carried out, in words."""
    found = [(code, label) for code, label in problems(plan)]
    try:
        Reading(plan, Ear(me))
    except Refused as refusal:
        found.append(("default", plan.entity.fields[refusal.field or ""].label))
    return [{"text": say(ERRORS[code]) % {"field": say(label) if label else ""}}
            for code, label in found]  # fmt: skip


def labels(entity: Entity, plan: Plan) -> list[tuple[str, str]]:
    """The fields that the file fills, in the order of the entity."""
    filled = {*plan.targets}
    known = [*columns(entity, plan.viewer), *targets(entity, plan.viewer)]
    named = {field.name: field.label for field in known if field.name in filled}
    return [(name, named[name]) for name in entity.fields if name in named]
