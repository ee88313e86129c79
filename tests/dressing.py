"""What an organisation makes for itself: a field of every kind on every entity, and an entity with
the same. Tests over the whole registry run with them."""

from __future__ import annotations

from typing import Any

from flask import g
from uuid_utils.compat import uuid7

from server.core.custom.making import SOUGHT, registry_of
from server.core.custom.tables import KINDS, CustomEntity, CustomField
from server.core.registry import CODE, Registry
from tests.people import Stage

Doc = dict[str, Any]
OPTIONS = [["one", "The first"], ["two", "The second"], ["three", "The third"]]
SITE = "x_site"


def field(of: str, kind: str, **more: Any) -> Doc:
    """The values of a definition."""
    made: Doc = {
        "of": of, "key": f"x_{kind}", "kind": kind, "label": f"Own {kind}", "listed": True,
        "filtered": True, "sought": kind in SOUGHT,
    }  # fmt: skip
    made |= {"options": OPTIONS} if kind in ("choice", "choices") else {}
    made |= {"target": "account"} if kind == "ref" else {}
    own = {"money": {"currency": "ILS"}, "autonumber": {"pattern": "N-{YYYY}-{000}"},
           "formula": {"formula": "x_number * 2 + 0.5", "result": "number"}}
    made |= own.get(kind, {})
    return made | more


def site(**more: Any) -> Doc:
    """The values of an entity's definition."""
    return {"key": SITE, "label": "Site", "plural": "Sites", "new": "New site", "icon": "map-pin",
            "belongs": True, "in_menu": True, **more}  # fmt: skip


ENTITIES = [site()]
OF = [e.type for e in CODE.entities.values() if not e.system and not e.attached] + [SITE]
FIELDS = [field(of, kind) for of in OF for kind, _ in KINDS]
FIELDS = [one for one in FIELDS if one["of"] != "account" or one["kind"] != "ref"]


def dressed() -> Registry:
    fields, entities = CustomField.spec, CustomEntity.spec
    return registry_of(
        [fields.blank() | one for one in FIELDS], [entities.blank() | one for one in ENTITIES]
    )


DRESSED = dressed()


def dress(stage: Stage) -> Stage:
    """Both organisations have made these; what the tests themselves read knows them too."""
    rows = [("custom_entity", {"id": str(uuid7()), **one}) for one in ENTITIES]
    for name in ("ada", "zed"):
        stage.bulk(name, rows)
        stage.bulk(name, [("custom_field", {"id": str(uuid7()), **one}) for one in FIELDS])
    g.registry = DRESSED
    return stage
