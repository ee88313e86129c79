"""The form of a definition: which of its fields it has, and what was typed."""

from __future__ import annotations

from typing import Any

from server.core import money
from server.core.custom.making import SOUGHT, UNFILTERED, WORDS, field_of
from server.core.i18n import _l
from server.core.identity import current
from server.core.kinds import KINDS, NUMBERS
from server.core.registry import registry
from server.core.text import clean

from .. import forms
from ..pages import Visit
from ..views import typed
from ..views.inputs import make_input
from ..views.manifest import Json, entity
from ..views.manifest import field_of as named

ASKED = _l("When it is asked for")
HELP = {
    "formula": (_l("Fields are named by their keys."), "x_price * x_count"),
    "seen_if": (_l("Empty: always."), "x_kind == 'o1'"),
    "needed_if": (None, "x_amount > 1000 || size(tags) > 0"),
}  # fmt: skip
SHOWN, USED = _l("What people see"), _l("How it is used")
FIXED = {"target", "currency", "result"}  # what can't be changed any more
UNTYPED = ("autonumber", "formula")  # what nobody types
OWN = {"ref": ["target"], "money": ["currency"], "autonumber": ["pattern"],
       "formula": ["formula", "result", "currency"]}  # fmt: skip
PATTERN = _l(
    "The zeros stand for the number. With {YYYY}, {YY} or {MM} in it, numbers begin anew with each "
    "year or month."
)
ALONE = ("text", "number", "phone", "email", "url")  # what another record may have as well
SPARE = 3  # empty lines for choices
SAYING = {"today": _l("Today"), "now": _l("Now"), "me": _l("Whoever makes the record")}


def field_owner(kind: str) -> Json:
    """The entity of field definitions with what can be said of a field of this kind."""
    owner = entity("custom_field") or {}
    seen = ["label", "help", "group", *(["low", "high"] if kind in NUMBERS else [])]
    seen += OWN.get(kind, [])
    used = ["listed"] + ([] if kind in UNFILTERED else ["filtered"])
    used += ["sole"] if kind in ALONE else []
    used += ["sought"] if kind in SOUGHT else []
    used += [] if kind in (*UNTYPED, "bool") else ["needed"]
    alone = kind in ("longtext", *UNTYPED) or KINDS[kind].is_list
    used += [] if alone else ["policy"]
    asked = [] if kind in UNTYPED else ["seen_if", *([] if kind == "bool" else ["needed_if"])]
    fields = [_under(owner, name, SHOWN) for name in seen]
    fields += [_under(owner, name, USED) for name in used]
    fields += [_under(owner, name, ASKED) for name in asked]
    return owner | {"fields": [_choosing(f, kind) for f in fields]}


def _under(owner: Json, name: str, group: str) -> Json:
    return {**(named(owner, name) or {}), "group": group}


def _choosing(field: Json, kind: str) -> Json:
    """What a link may point to and what money is counted in is chosen from a list, once."""
    name = field["name"]
    if name == "pattern":
        return field | {"required": True, "help": PATTERN, "example": "INV-{YYYY}-{0000}"}
    if name in HELP:
        about, example = HELP[name]
        told = {"help": about, "example": example}
        return field | {"kind": "longtext", "required": name == "formula"} | told
    if name == "result":
        return field | {"required": True}
    if name not in FIXED:
        return field
    choices = targets() if name == "target" else currencies()
    return field | {"kind": "choice", "choices": choices, "required": kind != "formula"}


def currencies() -> list[list[str]]:
    """That of the organisation first."""
    own = current().organisation.currency
    codes = dict.fromkeys([own, *money.CURRENCIES]) if own else money.CURRENCIES
    return [[code, f"{code} {sign}" if (sign := money.SIGNS.get(code)) else code] for code in codes]


def targets() -> list[list[str]]:
    return [[e.type, e.plural] for e in registry.entities.values() if not e.system]


def read(v: Visit, owner: Json, kind: str, record: Json | None) -> Json:
    """{values, given, errors}; what can't be changed any more is left out."""
    fixed = FIXED if record else set()
    asked = owner | {"fields": [f for f in owner["fields"] if f["name"] not in fixed]}
    found = forms.parse(asked, v.form, v.me, record)
    if kind in ("choice", "choices"):
        found["values"]["options"] = options(v.form, (record or {}).get("options") or [])
    if "default" in v.form.get("_fields", [""])[0].split():
        value, code = _default(v, kind, record)
        found["values"]["default"] = value
        found["errors"] |= {"default": code} if code else {}
    return found


def options(form: forms.Form, before: list[list[Any]]) -> list[list[Any]]:
    """[[value, label], …] of lines that have a name; a new one gets a value of its own. One whose
    line has no name any more is retired: records that have it go on showing what it was called."""
    known = {one[0]: one[1] for one in before}
    given = zip(form.get("option_value", []), form.get("option_label", []), strict=False)
    found: dict[str, list[Any]] = {}
    for value, label in given:
        name = " ".join(clean(label).split())[:80]
        if not name:
            continue
        if value not in known:
            taken = known.keys() | found.keys()
            value = next(f"o{n}" for n in range(1, 1_000) if f"o{n}" not in taken)
        found[value] = [value, name]
    back = [value for value in form.get("option_back", []) if value in known]
    found |= {value: [value, known[value]] for value in back if value not in found}
    rest = [[value, label, True] for value, label in known.items() if value not in found]
    return [*found.values(), *rest]


def _default(v: Visit, kind: str, record: Json | None) -> tuple[Any, str | None]:
    texts = v.form.get("default", [])
    if texts and texts[0] in WORDS.get(kind, ()):
        return texts[0], None
    field = _as_field(kind, record)
    value, code = typed.read(field, texts, v.me)
    return (None if value in ("", [], False) else value), code


def _as_field(kind: str, record: Json | None) -> Json:
    doc = registry["custom_field"].blank() | (record or {}) | {"kind": kind, "default": None}
    asked = {"needed": False, "label": _l("Default"), "key": "default"}
    return field_of(doc | asked).describe()


def default_input(v: Visit, kind: str, record: Json | None, given: Json) -> Json | None:
    """What a new record has in the field before anybody types; words for today and for oneself."""
    if kind in ("ref", "longtext", "choices", *UNTYPED) or (kind == "choice" and record is None):
        return None
    field = _as_field(kind, record) | {"help": None, "group": USED}
    held = {"default": (record or {}).get("default")}
    if kind in WORDS:
        words = [[word, SAYING[word]] for word in WORDS[kind]]
        field |= {"kind": "choice", "choices": words, "required": False}
    return make_input(v.store, v.me, field, held, given, None)
