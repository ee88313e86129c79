"""Operations that the server refused. Equal to pwa/views/problems.js."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from server.core.clock import instant
from server.core.i18n import comma

from .addresses import address
from .cells import NAMED, is_empty, text_of
from .manifest import Json, entity, field_of, message
from .telling import page_of, sort_of, subject, what_of
from .typed import LISTS, shown

ALONE = ("do", "del", "look")
FALLEN = ("group", "depends")  # with something else


def problems_view(store: Any, me: Json, problems: list[Json]) -> tuple[str, Json]:
    """`problems` are operations with `code` and `field`, why they were refused."""
    found: dict[str, list[Json]] = {}
    name = together(problems)
    for op in problems:
        found.setdefault(name(op), []).append(op)
    return "problems.html", {"entries": [_problem(store, me, ops) for ops in found.values()]}


def together(refused: list[Json]) -> Callable[[Json], str]:
    """The name of what an operation stands and falls with. Equal to pwa/views/refused.js."""
    unmade = {op["rec"] for op in refused if op["k"] == "new"}
    return lambda op: op["id"] if op["k"] in ALONE and op["rec"] not in unmade else op["rec"]


def _problem(store: Any, me: Json, ops: list[Json]) -> Json:
    """All that was refused of a record, or one deed."""
    op = next((one for one in ops if one["k"] == "new"), ops[0])
    owner = entity(op["type"])
    gone = bool(owner) and op["k"] != "new" and not store.get(op["type"], op["rec"])
    values = [v for one in ops for v in _values(store, me, owner, one)] if owner else []
    return {
        "id": op["id"],
        "at": instant(op["t"]),
        "title": subject(store, op),
        "label": sort_of(store, op),
        "href": None if gone else page_of(op),
        "gone": gone,
        "what": what_of(op),
        "reasons": _reasons(owner, ops),
        "values": _unique(values),
        "fix": _fix(store, owner, op) if owner else None,
    }


def _reasons(owner: Json | None, ops: list[Json]) -> list[Json]:
    """Why, each reason once; what only fell with the others has none of its own."""
    own = [op for op in ops if op["code"] not in FALLEN]
    found = []
    for op in own or ops:
        name = op["field"] if op["field"] is not None else op.get("f")
        field = field_of(owner, name) if owner else None
        found.append({"code": op["code"], "field": field["label"] if field else None,
                      "message": message(op["code"])})  # fmt: skip
    return _unique(found)


def _unique(found: list[Json]) -> list[Json]:
    return [one for n, one in enumerate(found) if one not in found[:n]]


def _said(op: Json) -> Json:
    """What the operation would have written, by field."""
    value = op.get("v")
    if op["k"] in ("new", "do"):
        return value if isinstance(value, dict) else {}
    return {op["f"]: value} if op.get("f") else {}


def _values(store: Any, me: Json, owner: Json, op: Json) -> list[Json]:
    declared = _action(owner, op) or owner
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


def _fix(store: Any, owner: Json, op: Json) -> str | None:
    """The form in which it can be put right; the worker fills it with what was refused."""
    if op["type"] in ("person", "conflict"):
        return page_of(op)
    made = op["k"] != "new"
    if not store.get(op["type"], op["rec"]) if made else owner["attached"]:
        return None
    action = _action(owner, op)
    own = f"{page_of(op)}/{action['noun'] if action else 'edit'}"
    return address(own if made else f"/{owner['path']}/new", [("_fix", op["id"])])


def _action(owner: Json, op: Json) -> Json | None:
    return next((a for a in owner["actions"] if op["k"] == "do" and a["name"] == op.get("f")), None)
