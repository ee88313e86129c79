"""Random conditions on records, as addresses say them and as the builder posts them."""

from __future__ import annotations

from typing import Any

from server.core import criteria
from server.core.text import clean
from server.web.views.manifest import Json
from server.web.views.operators import ONESELF, SINGLE, askable, operators
from server.web.views.ranges import all_ranges

DATES = ["2025-03-20", "1403/12/30", "۱۴۰۴/۰۱/۰۱", "20.3.2025", "2025-02-30", "x"]


def condition(make: Any, owner: Json) -> Json:
    """One that may be asked, mostly."""
    field = make.one(askable(owner))
    op = make.one([name for name, _ in operators(field)])
    kind, values = field["kind"], [make.words() or "x"]
    if op in ("empty", "filled"):
        values = []
    elif op in ("last", "next"):
        values = [make.one(["1", "7", "400", "0"])]
    elif kind in ("date", "instant"):
        values = ["2026-11-01..2026-11-22", "..2026-11-20"]
        names = [o["value"] for o in all_ranges(field)]
        values = [make.one(values if op == "between" else [*names, *values, make.day()])]
    elif kind in ("integer", "money"):
        values = [make.one(["5..", "..700", "30..300"] if op == "between" else ["5", "x"])]
    elif kind == "bool":
        values = [make.one(["true", "false", "maybe"])]
    elif kind in ONESELF and make.maybe(0.4):
        values = [ONESELF[kind]]
    elif kind != "text" or make.maybe():
        values = [str(make.scalar(field)) for _ in range(1 if op in SINGLE else 2)]
    return {"field": field["name"], "op": op, "values": [v for v in map(clean, values) if v]}


def where(make: Any, owner: Json) -> str:
    """Conditions as an address says them, now and then such as nobody can read."""
    if make.maybe(0.1):
        return make.words()
    some: list[Json] = [condition(make, owner) for _ in range(make.r.randrange(4))]
    if make.maybe(0.4):
        of = [condition(make, owner) for _ in range(2)]
        some.append({"join": make.one(["and", "or"]), "of": of})
    return criteria.write({"join": make.one(["and", "or"]), "of": some})


def built(make: Any, owner: Json) -> dict[str, list[str]]:
    """What the builder of conditions posts."""
    found = {"c.join": [make.one(["and", "or", "x"])],
             "c.do": [make.one(["add", "group", "add.1", "drop.0", "go", "go", ""])]}
    for n in range(make.r.randrange(4)):
        field = make.one(askable(owner))
        op = make.one([*(name for name, _ in operators(field)), "odd"])
        found |= {f"c{n}.f": [make.one([field["name"], field["name"], "", "odd"])],
                  f"c{n}.o": [op], f"c{n}.g": [make.one(["", "0", "1"])],
                  f"c{n}.v": [*make.typed(field), *make.one([[], make.typed(field)])]}
        if field["kind"] in ("date", "instant"):
            found[f"c{n}.v"] = [make.one(["", "this-week"]), make.one(DATES)]
    return found
