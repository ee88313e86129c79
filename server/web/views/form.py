"""Forms of a record and of a named action. Equal to pwa/views/form.js."""

from __future__ import annotations

import json
import re
from typing import Any

from server.core.i18n import _l

from .addresses import Query, back_to, one
from .alike import asking_alike
from .cells import title_of
from .defaults import defaults
from .inputs import error_list, fill_parent, groups
from .layouts import arranged
from .manifest import Json, editable
from .meanwhile import meanwhile
from .revealing import asking
from .typed import raw, read

LONE = re.compile("[\ud800-\udfff]")  # halves of a pair of surrogates


def form_view(
    store: Any, me: Json, now: str, owner: Json, rec: str | None, query: Query,
    posted: Json | None = None, errors: Json | None = None, base: int | None = None,
    was: Json | None = None,
) -> tuple[str, Json] | None:  # fmt: skip
    """A new record (`rec` None, the query fills fields) or one to change. After a refusal: what was
    typed, the codes, and the version and values that the first form was made of."""
    record = store.get(owner["type"], rec) if rec else None
    if not record and (rec or owner["attached"]):
        return None
    fields = arranged(owner, me, editable(owner))
    held = record or _prefilled(store, me, now, owner, query)
    list_, own = f"/{owner['path']}/", f"/{owner['path']}/{rec}"
    back, given = back_to(query), _mended(fields, query) if posted is None else posted
    values = was if was is not None else {f["name"]: held[f["name"]] for f in fields if record}
    return "entity/form.html", {
        "entity": owner,
        "record": record,
        "title": title_of(owner, record) if record else owner["new"],
        "action": own if rec else list_,
        "base": base if base is not None else record["ver"] if record else 0,
        "was": as_json(values),
        "meanwhile": meanwhile(store, record, query, base),
        "groups": groups(store, me, fields, held, given, errors or {}),
        "errors": error_list(fields, errors or {}),
        "cancel": back or (own if rec else list_),
        "back": back,
        "fix": one(query, "_fix") or None,
        "submit": _l("Save"),
        "alike": asking_alike(owner, rec),
        "revealing": asking(owner, rec, _known(fields, held, given, me)),
    }


def _mended(fields: list[Json], query: Query) -> Json:
    """What was refused, when it is to be put right: as if it had just been typed."""
    named = [f for f in fields if one(query, "_fix") and f["name"] in query]
    return {f["name"]: raw(f, query[f["name"]]) for f in named}


def _known(fields: list[Json], held: Json, given: Json, me: Json) -> Json:
    """What the form says, as far as it can be read."""
    typed = {f["name"]: given[f["name"]] for f in fields if f["name"] in given}
    lists = {n: v if isinstance(v, list) else [v] for n, v in typed.items()}
    told = {f["name"]: read(f, lists[f["name"]], me) for f in fields if f["name"] in lists}
    return held | {name: None if code else value for name, (value, code) in told.items()}


def _prefilled(store: Any, me: Json, now: str, owner: Json, query: Query) -> Json:
    """What a new record is made of before anybody types."""
    known = defaults(owner, me, now)
    fields = editable(owner)
    asked = {f["name"]: read(f, query[f["name"]], me) for f in fields if f["name"] in query}
    asked_for = {name: value for name, (value, code) in asked.items() if not code}
    blank = {f["name"]: None for f in fields}
    return fill_parent(store, owner, blank | known | asked_for)


def action_view(
    store: Any, me: Json, now: str, owner: Json, rec: str, action: Json, query: Query,
    posted: Json | None = None, errors: Json | None = None, base: int | None = None,
) -> tuple[str, Json] | None:  # fmt: skip
    """The form of a named action (one of the entity's `actions`)."""
    record = store.get(owner["type"], rec)
    if not record:
        return None
    own = f"/{owner['path']}/{rec}"
    back = back_to(query)
    fields = editable(action)
    given = _mended(fields, query) if posted is None else posted
    blank = {f["name"]: None for f in fields} | defaults(action, me, now)
    return "action.html", {
        "entity": owner,
        "record": record,
        "title": title_of(owner, record),
        "action": f"{own}/{action['noun']}",
        "base": base if base is not None else record["ver"],
        "was": "{}",
        "meanwhile": meanwhile(store, record, query, base),
        "groups": groups(store, me, fields, blank, given, errors or {}),
        "errors": error_list(fields, errors or {}),
        "cancel": back or own,
        "back": back,
        "fix": one(query, "_fix") or None,
        "submit": action["label"],
    }


def as_json(value: Any) -> str:
    """As JSON.stringify writes it."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return LONE.sub(lambda half: f"\\u{ord(half[0]):x}", text)
