"""INPUT: one field of a form. Equal to pwa/views/inputs.js."""

from __future__ import annotations

from typing import Any

from server.core import money
from server.core.kinds import NUMBERS

from .cells import is_veiled, label_of
from .manifest import Json, entity, field_of, message
from .options import choices, listed, named
from .typed import LISTS, shown

LTR = ("phone", "phones", "email", "url", "integer", "money", "number", "date",
       "instant")  # fmt: skip
INPUTMODE = {"phone": "tel", "phones": "tel", "email": "email", "url": "url", "integer": "numeric",
             "number": "decimal", "money": "decimal"}  # fmt: skip


def groups(
    store: Any, me: Json, fields: list[Json], record: Json, given: Json, errors: Json
) -> list[Json]:
    """Inputs under the headings of their fields. `record` holds the values (of a new one what is
    known of it), `given` what was typed in vain, `errors` codes by name."""
    found: dict[str, list[Json]] = {}
    columns: dict[str, int] = {}
    for field in fields:
        one = make_input(store, me, field, record, given, errors.get(field["name"]))
        found.setdefault(field["group"], []).append(one)
        columns.setdefault(field["group"], field.get("columns", 2))
    return [{"label": label, "inputs": inputs, "columns": columns[label]}
            for label, inputs in found.items()]  # fmt: skip


def error_list(fields: list[Json], errors: Json) -> list[Json]:
    """What is wrong, in the order of the form; what is not about one of its fields comes last."""
    labels = {f["name"]: f["label"] for f in fields}
    own = [name for name in labels if name in errors]
    others = sorted(name for name in errors if name not in labels)
    return [
        {"name": name if name in labels else None, "label": labels.get(name),
         "message": message(errors[name])}
        for name in own + others
    ]  # fmt: skip


def make_input(
    store: Any, me: Json, field: Json, record: Json, given: Json, code: str | None
) -> Json:
    name, kind = field["name"], field["kind"]
    held = record.get(name)
    value = given[name] if name in given else shown(field, held, me)
    target = entity(field["target"]) if kind == "ref" else None
    return {
        "name": name,
        "label": field["label"],
        "kind": kind,
        "required": field["required"],
        "value": value,
        "options": _options(store, field, record, value),
        "error": message(code) if code else None,
        "help": field["help"],
        "example": field.get("example"),
        "max": field["max"] if kind not in NUMBERS else None,
        "dir": "ltr" if kind in LTR else "auto",
        "autocomplete": "off",
        "inputmode": INPUTMODE.get(kind),
        "lookup": f"/{target['path']}/" if target else None,
        "text": store.title(field["target"], value) if target and value else None,
        "masked": is_veiled(field, record),
        "secret": bool(field["sensitive"]),
        "unit": money.sign(field["currency"], me["lang"]) if kind == "money" else None,
    }


def _options(store: Any, field: Json, record: Json, value: Any) -> list[Json] | None:
    kind = field["kind"]
    offered = _near(store, field, record) if kind == "ref" else choices(store, field)
    if offered is None:
        return None
    chosen = value if kind in LISTS else [value]
    offered = _lacking(store, field, offered, chosen) + offered
    if kind == "state" and record.get("id"):
        offered = [o for o in offered if o["value"] in _reachable(field, record)]
    return [{**o, "selected": o["value"] in chosen} for o in offered]


def _lacking(store: Any, field: Json, offered: list[Json], chosen: list[str]) -> list[Json]:
    """What is chosen and no longer offered (who has left, what is not held here): a form without
    it would take it away."""
    known = {o["value"] for o in offered}
    lacking = [value for value in chosen if value and value not in known]
    return [{"value": v, "label": _known_as(store, field, v) or v} for v in lacking]


def _known_as(store: Any, field: Json, value: str) -> str | None:
    title: str | None = store.title(field["target"], value) if field["target"] else None
    return title or label_of(field, value)


def _reachable(field: Json, record: Json) -> list[Any]:
    now = record[field["name"]]
    return [now, *(field["states"] or {}).get(now, [])]


def _near(store: Any, field: Json, record: Json) -> list[Json]:
    """Records that a reference may mean: of the same customer file where there is one, the first
    few otherwise. The rest is found by typing."""
    target = entity(field["target"])
    if target is None:
        return []
    by = target["parent"]
    file = record.get(by) if by else None
    if not file:
        return listed(store, target["type"])
    return named(target, store.related(target["type"], by, file, 50, target["order"]))


def fill_parent(store: Any, owner: Json, values: Json) -> Json:
    """With a contact comes its account: what a chosen record belongs to is chosen too."""
    by = owner["parent"]
    if not by or values.get(by):
        return values
    for field in owner["fields"]:
        chosen = values.get(field["name"]) if field["kind"] == "ref" else None
        target = entity(field["target"]) if chosen else None
        if target and target["parent"] and field_of(owner, target["parent"]):
            found = store.get(target["type"], chosen)
            return {**values, by: found[target["parent"]]} if found else values
    return values
