"""The rows of the builder of conditions, as they were posted and after a tap. Equal to steps.js."""

from __future__ import annotations

from .addresses import Query, one
from .manifest import Json, field_of
from .operators import askable, operators

MOST = 30  # rows


def rows_of(owner: Json, query: Query) -> list[Json] | None:
    """What was posted, or None before anything was."""
    if not one(query, "c.do") and "c0.f" not in query:
        return None
    found: list[Json] = []
    for n in range(MOST + 1):
        if f"c{n}.f" in query:
            found.append(_row_read(owner, query, n))
    return found[:MOST]


def _row_read(owner: Json, query: Query, n: int) -> Json:
    field = field_of(owner, one(query, f"c{n}.f"))
    group = one(query, f"c{n}.g")[:3]
    if field is None or field not in askable(owner):
        return {"n": n, "group": group, "field": "", "op": "", "given": []}
    op, ops = one(query, f"c{n}.o"), [name for name, _ in operators(field)]
    given = query.get(f"c{n}.v", [])[:60]
    return {"n": n, "group": group, "field": field["name"], "op": op if op in ops else ops[0],
            "given": given}  # fmt: skip


def from_tree(tree: Json) -> list[Json]:
    rows: list[Json] = []
    for at, part in enumerate(tree["of"]):
        for leaf in part.get("of", [part]):
            rows.append({"n": len(rows), "group": str(at) if "of" in part else "",
                         "field": leaf["field"], "op": leaf["op"],
                         "values": leaf["values"]})  # fmt: skip
    return rows


def stepped(rows: list[Json], done: str) -> list[Json]:
    """The rows after a tap; a new one has no field yet."""
    verb, _, which = done.partition(".")
    if verb == "drop":
        return [row for row in rows if str(row["n"]) != which]
    taken = {row["group"] for row in rows}
    free = next(str(n) for n in range(MOST + 2) if str(n) not in taken)
    group = {"add": which[:3], "group": free}.get(verb)
    if (group is None and (rows or done)) or len(rows) >= MOST:
        return rows
    blank = {"n": -1, "group": group or "", "field": "", "op": "", "given": []}
    return [*rows, *([blank, blank] if verb == "group" else [blank])]
