"""Operations that the server refused. Equal to pwa/views/problems.js."""

from __future__ import annotations

import json
from typing import Any

from server.core.clock import instant
from server.core.i18n import comma

from .addresses import address
from .cells import NAMED, is_empty, text_of
from .manifest import Json, editable, entity, field_of, message
from .telling import page_of, sort_of, subject, what_of
from .typed import LISTS, shown


def problems_view(store: Any, me: Json, problems: list[Json]) -> tuple[str, Json]:
    """`problems` are operations with `code` and `field`, why they were refused."""
    return "problems.html", {"entries": [_problem(store, me, op) for op in problems]}


def _problem(store: Any, me: Json, op: Json) -> Json:
    owner = entity(op["type"])
    field = field_of(owner, op["field"]) if owner else None
    gone = bool(owner) and op["k"] != "new" and not store.get(op["type"], op["rec"])
    return {
        "id": op["id"],
        "at": instant(op["t"]),
        "title": subject(store, op),
        "label": sort_of(store, op),
        "href": None if gone else page_of(op),
        "gone": gone,
        "what": what_of(op),
        "code": op["code"],
        "message": message(op["code"]),
        "field": field["label"] if field else None,
        "values": _values(store, me, owner, op) if owner else [],
        "fix": _fix(store, me, owner, op) if owner else None,
    }


def _said(op: Json) -> Json:
    """What the operation would have written, by field."""
    value = op.get("v")
    if op["k"] in ("new", "do"):
        return value if isinstance(value, dict) else {}
    return {op["f"]: value} if op.get("f") else {}


def _values(store: Any, me: Json, owner: Json, op: Json) -> list[Json]:
    action = next((a for a in owner["actions"] if a["name"] == op.get("f")), None)
    declared = action if action and op["k"] == "do" else owner
    said = _said(op)
    known = [
        {"label": f["label"], "text": _text(store, me, f, said[f["name"]])}
        for f in declared["fields"]
        if not f["aside"] and f["name"] in said and not is_empty(said[f["name"]])
    ]
    names = {f["name"] for f in declared["fields"]}
    gone = sorted(name for name in said if name not in names and not is_empty(said[name]))
    return known + [{"label": name, "text": _plain(said[name], me)} for name in gone]


def _plain(value: Any, me: Json) -> str:
    """A value of a field that there is no more."""
    texts = value if isinstance(value, list) else [value]
    shown = [v if isinstance(v, str) else json.dumps(v, separators=(",", ":")) for v in texts]
    return comma(me["lang"]).join(shown)


def _text(store: Any, me: Json, field: Json, value: Any) -> str:
    named = text_of(store, field, value) if field["kind"] in NAMED else None
    whole = field["kind"] in LISTS and not isinstance(value, list)
    text = named or shown(field, [value] if whole else value, me)
    return comma(me["lang"]).join(text) if isinstance(text, list) else str(text)


def _fix(store: Any, me: Json, owner: Json, op: Json) -> str | None:
    """The form in which it can be put right."""
    if op["type"] in ("person", "conflict"):
        return page_of(op)
    if op["k"] == "new" and owner["attached"]:
        return None
    if op["k"] == "new":
        said = _said(op)
        parts = [(f["name"], one) for f in editable(owner)
                 for one in _strings(shown(f, said.get(f["name"]), me))]  # fmt: skip
        return address(f"/{owner['path']}/new", parts)
    action = next((a for a in owner["actions"] if a["name"] == op.get("f")), None)
    if not store.get(op["type"], op["rec"]):
        return None
    return f"{page_of(op)}/{action['noun'] if action and op['k'] == 'do' else 'edit'}"


def _strings(text: Any) -> list[str]:
    return text if isinstance(text, list) else [text]
