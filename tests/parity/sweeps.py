"""Random changes of many records, as they are asked for and as they are told."""

from __future__ import annotations

from typing import Any

from server.core.errors import MESSAGES
from server.web.views.manifest import Json

from .halves import spec_of
from .making import NOW


def deed(make: Any, kind: str) -> Json:
    """What a form may say, mostly rightly."""
    field = make.one(spec_of(kind)["fields"])
    do = make.one(["set", "add", "rem"] if field["merge"] == "set" else ["set"])
    return {"do": do, "field": field["name"], "value": make.value(field)}


def asked(make: Any, kind: str) -> dict[str, list[str]]:
    """How far a person has come with the form."""
    field = make.one(spec_of(kind)["fields"])
    return {"_do": [make.one(["set", "add", "rem", "del", "", "x"])],
            "_field": [make.one([field["name"], field["name"], "", "odd"])]}  # fmt: skip


def typed(make: Any, kind: str) -> dict[str, list[str]]:
    """The form, sent."""
    form = asked(make, kind)
    fields = {f["name"]: f for f in spec_of(kind)["fields"]}
    name = form["_field"][0]
    return form | ({name: make.typed(fields[name])} if name in fields else {})


def sweep(make: Any, kind: str) -> Json:
    n = make.r.randrange(4)
    done = deed(make, kind) if make.maybe(0.8) else {"do": "del", "field": None, "value": None}
    names = [f["name"] for f in spec_of(kind)["fields"]]
    codes = [*MESSAGES, "changed", "gone", "no_match"]
    faults = [[make.ref(kind), make.one([None, *names]), make.one(codes)] for _ in range(n)]
    status = make.one(["running", "paused", "done", "undoing", "undone", "failed"])
    counts = {name: make.r.randrange(2000) for name in ("changed", "same", "undone", "kept")}
    return {**counts, "id": make.uuid(), "type": make.one([kind, kind, "gone_kind"]), "deed": done,
            "at": NOW, "by": make.one([None, make.ref("person")]), "status": status,
            "total": make.one([0, 7000]), "done": make.r.randrange(7000), "refused": n,
            "faults": faults, "error": make.one([None, "x"])}  # fmt: skip
