"""Two records side by side, field by field; and what was chosen of them."""

from __future__ import annotations

from typing import Any

from werkzeug.datastructures import MultiDict

from server.core.kinds import KINDS
from server.web.views.cells import cell, is_empty
from server.web.views.manifest import Json, editable
from server.web.views.may import may

LEFT, RIGHT, BOTH = "a", "b", "both"


def compared(store: Any, me: Json, owner: Json, a: Json, b: Json) -> Json:
    """`rows`: the fields that differ, with what is offered; `same`: those that do not."""
    rows, same = [], []
    for field in editable(owner):
        left, right = a[field["name"]], b[field["name"]]
        if left == right:
            if not is_empty(left) and left is not False:
                same.append(cell(store, field, left))
            continue
        rows.append({
            "name": field["name"], "label": field["label"], "a": cell(store, field, left),
            "b": cell(store, field, right), "both": _can_both(field, left, right),
            "chosen": _usual(field, left, right),
        })  # fmt: skip
    asked = [(one, what) for one in (a, b) for what in ("change", "delete")]
    return {"rows": rows, "same": same, "may": all(may(me, store, *one) for one in asked)}


def _can_both(field: Json, left: Any, right: Any) -> bool:
    if is_empty(left) or is_empty(right):
        return False
    return KINDS[field["kind"]].is_list or field["kind"] == "longtext"


def _usual(field: Json, left: Any, right: Any) -> str:
    """What there is; all of it, where that can be."""
    if _can_both(field, left, right):
        return BOTH
    return RIGHT if is_empty(left) or left is False else LEFT


def chosen(owner: Json, form: MultiDict[str, str], a: Json, b: Json, keep: Json) -> Json:
    """Values by field that the record which stays is to take."""
    found: Json = {}
    for field in editable(owner):
        name = field["name"]
        picked = form.get(f"f-{name}")
        value = {LEFT: a[name], RIGHT: b[name], BOTH: _both(field, a[name], b[name])}.get(
            picked or "", keep[name]
        )
        if value != keep[name]:
            found[name] = value
    return found


def _both(field: Json, left: Any, right: Any) -> Any:
    if KINDS[field["kind"]].is_list:
        return [*left, *(one for one in right if one not in left)]
    parts = [one for one in (left, right) if isinstance(one, str)]
    return "\n\n".join(parts) or None
