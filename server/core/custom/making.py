"""From an organisation's definitions to its registry: what the code declares, and theirs."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from .. import money
from ..entity import Entity, Field, Related, make_field
from ..i18n import _l
from ..kinds import KINDS, NUMBERS
from ..registry import CODE, SYSTEM, Registry
from .expressing import expressed
from .marks import mark
from .showing import look

Doc = dict[str, Any]
HEBREW = re.compile("[\u0590-\u05ff]")
WORDS = {
    "date": ("today",), "instant": ("now",), "person": ("me",),
}  # fmt: skip
SOUGHT = ("text", "longtext", "phone", "email", "url", "autonumber")  # kinds that search looks into
UNFILTERED = ("longtext", "url")
SORTED = ("text", "number", "money", "date", "instant", "choice", "email", "phone", "autonumber")
DETAILS = _l("Details")


def shown(label: str | None) -> str:
    """A name as templates take it: as our own words, which are HTML."""
    text = label or ""
    quote = "״" if HEBREW.search(text) else "”"
    return text.replace('"', quote).replace("<", "‹").replace(">", "›")


def registry_of(
    fields: list[Doc], entities: list[Doc], layouts: list[Doc] | None = None,
    links: list[Doc] | None = None, marks: list[Doc] | None = None,
) -> Registry:  # fmt: skip
    """The registry of an organisation with these definitions, retired ones left out."""
    found = Registry()
    found.models, found.nav = CODE.models, list(CODE.nav)
    found.entities = dict(CODE.entities)
    for doc in sorted(entities, key=_place):
        made = entity_of(doc)
        found.entities[made.type] = made
        if doc["in_menu"] and not doc["deleted"]:
            href = f"/{made.path}/"
            found.nav.append({"href": href, "label": made.plural, "icon": made.icon, "key": "",
                              "type": made.type, "new": made.new})  # fmt: skip
    there = [doc for doc in sorted(fields, key=_place) if not doc["deleted"]]
    for kind in {doc["of"] for doc in there} & found.entities.keys():
        mine = [doc for doc in there if doc["of"] == kind]
        found.entities[kind] = with_fields(found.entities[kind], mine)
    _relate(found)
    mark(found, marks or [])
    look(found, layouts or [], links or [], shown)
    return found


def _place(doc: Doc) -> tuple[int, str, str]:
    return doc["place"] or 0, doc["created_at"] or "", doc["key"]


def field_of(doc: Doc) -> Field:
    """The declaration that a definition stands for, but for its expressions."""
    kind = doc["result"] if doc["kind"] == "formula" else doc["kind"]
    options: Doc = {
        "name": doc["key"], "required": bool(doc["needed"]), "help": shown(doc["help"]) or None,
        "group": shown(doc["group"]) or DETAILS, "default": doc["default"], "custom": True,
        "search": bool(doc["sought"]) and kind in SOUGHT, "sole": bool(doc["sole"]),
    }  # fmt: skip
    if kind in ("choice", "choices"):
        options |= _choices(doc["options"])
    if kind == "ref":
        options["target"] = doc["target"]
    if kind in NUMBERS:
        unit = 10 ** money.decimals(doc["currency"]) if kind == "money" else 1
        ends = {"min": doc["low"], "max": doc["high"]}
        options |= {end: value and value * unit for end, value in ends.items()}
        options["currency"] = doc["currency"]
    if doc["kind"] == "formula":
        options |= {"readonly": True, "in_form": False, "required": False, "default": None}
        options["formula"] = [kind, 0, ["lit", None]]  # until it is read
    if kind == "autonumber":
        options |= {"pattern": doc["pattern"], "readonly": True, "in_form": False}
    if doc["policy"] and not KINDS[kind].is_list and kind != "longtext":
        options["merge"] = doc["policy"]
    return make_field(kind, shown(doc["label"]), **options)


def _choices(options: list[list[Any]]) -> Doc:
    """Those that are offered, and those that only records of before have."""
    pairs = [((one[0], shown(one[1])), len(one) > 2) for one in options]
    return {"choices": tuple(pair for pair, gone in pairs if not gone),
            "retired": tuple(pair for pair, gone in pairs if gone)}  # fmt: skip


def with_fields(entity: Entity, docs: list[Doc]) -> Entity:
    """An entity with more fields, before those of every record."""
    made = {doc["key"]: field_of(doc) for doc in docs}
    made = expressed(entity, made, docs)
    own = {name: f for name, f in entity.fields.items() if name not in SYSTEM}
    system = {name: entity.fields[name] for name in SYSTEM}
    listed = [doc["key"] for doc in docs if doc["listed"]]
    filtered = [d["key"] for d in docs if d["filtered"] and made[d["key"]].kind not in UNFILTERED]
    sorts = [name for name, f in made.items() if f.kind in SORTED]
    return replace(
        entity, fields=own | made | system, columns=(*entity.columns, *listed),
        filters=(*entity.filters, *filtered), sorts=(*entity.sorts, *sorts),
    )  # fmt: skip


def entity_of(doc: Doc) -> Entity:
    """The entity that a definition stands for. A retired one is kept, but has no pages."""
    from .tables import OwnRecord

    fields = dict(OwnRecord.spec.fields)
    fields["name"] = replace(fields["name"], label=shown(doc["heading"]) or fields["name"].label)
    if not doc["belongs"]:
        del fields["account"]
    with_account = ("account",) if doc["belongs"] else ()
    return Entity(
        doc["key"], path=doc["key"].replace("_", "-"), label=shown(doc["label"]),
        plural=shown(doc["plural"]), new=shown(doc["new"]) or shown(doc["label"]),
        icon=doc["icon"] or "file-text", title="name",
        parent="account" if doc["belongs"] else None, columns=("name", *with_account),
        filters=(*with_account, "owner", "team"), sorts=("name", "created_at"),
        order=("name", "asc"), sub=with_account, system=bool(doc["deleted"]), own=True, twins=True,
        fields=fields, table=OwnRecord.__table__,  # type: ignore[arg-type]
    )  # fmt: skip


def _relate(found: Registry) -> None:
    """Whatever is pointed to by an own field or entity lists what points to it."""
    for entity in [e for e in found.entities.values() if not e.system]:
        for field in entity.fields.values():
            target = found.get(field.target) if field.kind == "ref" else None
            if target and not target.system and (field.custom or entity.own):
                related = Related(entity.type, field.name, entity.plural)
                found.entities[target.type] = replace(target, related=(*target.related, related))
