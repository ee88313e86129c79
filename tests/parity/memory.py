"""Records in memory behind the surface of a store; views.mjs has the same for the phone's half."""

from __future__ import annotations

from typing import Any

from server.core.finding import mistakes
from server.core.skeleton import searched
from server.core.text import fold, soft, sort_key
from server.web.views.manifest import Json, entity


class Memory:
    def __init__(self, records: list[Json], marks: dict[str, str]) -> None:
        self.records, self.marks = records, marks
        self.by_id = {(r["type"], r["id"]): r for r in records}

    def get(self, kind: str, id_: str | None) -> Json | None:
        return self.by_id.get((kind, id_ or ""))

    def title(self, kind: str, id_: str | None) -> str | None:
        record = self.get(kind, id_)
        return _title(record) if record else None

    def page(self, kind: str, asked: Json) -> Json:
        found = [r for r in self.records if r["type"] == kind and not r["deleted"]]
        for word in asked["words"]:
            found = [r for r in found if word in _words(r)]
        for name, value in asked["filters"].items():
            found = [r for r in found if _fits(r, name, value)]
        if asked.get("where"):
            found = [r for r in found if _holds(r, asked["where"])]
        found = _ordered(found, asked["sort"])
        start, limit = int(asked["after"] or 0), asked["limit"]
        more = start + limit < len(found)
        return {"rows": found[start : start + limit], "next": str(start + limit) if more else None}

    def near(self, kind: str, asked: list[str], limit: int) -> list[Json]:
        alive = [r for r in self.records if r["type"] == kind and not r["deleted"]]
        wrong = [(mistakes(asked, _title(r)), r["id"], r) for r in alive]
        found = [one for one in wrong if one[0] is not None]
        return [r for _, _, r in sorted(found, key=lambda one: one[:2])][:limit]

    def tally(self, kind: str, asked: Json, name: str) -> Json:
        found = self.page(kind, asked | {"after": None, "limit": 10**6})["rows"]
        counts: dict[str, int] = {}
        for row in found:
            counts[row[name] or ""] = counts.get(row[name] or "", 0) + 1
        return {"counts": counts, "whole": True}

    def total(self, kind: str, asked: Json) -> Json:
        found = self.page(kind, asked | {"after": None, "limit": 10**6})["rows"]
        return {"n": len(found), "whole": True}

    def related(
        self, kind: str, by: str, id_: str, limit: int, order: Any, filters: Json | None = None
    ) -> list[Json]:
        alive = [r for r in self.records if r["type"] == kind and not r["deleted"]]
        found = [r for r in alive if r[by] == id_]
        for name, value in (filters or {}).items():
            found = [r for r in found if _fits(r, name, value)]
        return _ordered(found, order)[:limit]

    def mark(self, record: Json) -> str | None:
        return self.marks.get(record["id"])

    def people(self) -> list[Json]:
        return [
            {"value": r["id"], "label": r["name"]} for r in self.records if r["type"] == "person"
        ]


def _holds(record: Json, node: Json) -> bool:
    """A tree of conditions, as plainly as it can be said."""
    if "of" in node:
        each = [_holds(record, one) for one in node["of"]]
        return any(each) if node["join"] == "or" else all(each)
    value, op, values = record[node["field"]], node["op"], node["values"]
    empty = value is None or value == []
    words = "" if empty or isinstance(value, list) else str(soft(str(value)))
    found = {
        "is": lambda: not empty and any(_fits(record, node["field"], one) for one in values),
        "has": lambda: not empty and str(soft(values[0])) in words,
        "starts": lambda: not empty and words.startswith(str(soft(values[0]))),
        "empty": lambda: empty,
    }
    turned = {"not": "is", "lacks": "has", "filled": "empty"}
    return not found[turned[op]]() if op in turned else found[op]()


def _title(record: Json) -> str | None:
    owner = entity(record["type"])
    title: str | None = record[owner["title"]] if owner else None
    return title


def _words(record: Json) -> str:
    owner, title = entity(record["type"]), _title(record)
    return f"{fold(title)} {searched(title) if owner and owner['twins'] else ''}"


def _fits(record: Json, name: str, wanted: Any) -> bool:
    """One of the wanted values, or within `a..b`."""
    if isinstance(wanted, str) and ".." in wanted:
        low, _, high = wanted.partition("..")
        value = record[name]
        if isinstance(value, int):
            return (not low or value >= int(low)) and (not high or value <= int(high))
        return value is not None and low <= value and (not high or value <= f"{high}~")
    return any(
        one in _texts(record[name]) for one in ([wanted] if isinstance(wanted, str) else wanted)
    )


def _texts(value: Any) -> list[str]:
    """As JavaScript's String() writes them."""
    values = value if isinstance(value, list) else [value]
    return [str(v).lower() if isinstance(v, bool) else str(v) for v in values]


def _ordered(records: list[Json], order: Any) -> list[Json]:
    by, direction = order
    keyed = [(_key(r, by), r) for r in sorted(records, key=lambda r: str(r["id"]))]
    some = [pair for pair in keyed if pair[0] is not None]
    some.sort(key=lambda pair: pair[0], reverse=direction == "desc")
    return [r for _, r in some] + [r for key, r in keyed if key is None]


def _key(record: Json, by: str) -> Any:
    owner = entity(record["type"])
    if owner and by == owner["title"]:
        return sort_key(record[by] or "", "fa")
    return record[by]
