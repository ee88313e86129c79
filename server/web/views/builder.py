"""The builder of a list's conditions: a form that is read and shown again at each step. Equal to
pwa/views/builder.js.

Its row n posts `c<n>.f` field, `c<n>.o` operator, `c<n>.v` values and `c<n>.g` group, which is
empty for a row of its own. `c.join` joins all; within a group the other word does. `c.do` is what
was tapped: add, group, add.<group>, drop.<row> or go.
"""

from __future__ import annotations

from typing import Any

from server.core import criteria
from server.core.i18n import _l

from . import asking
from .addresses import Query, address, one
from .built import typed_values, value_inputs
from .manifest import Json, field_of
from .operators import askable, fault, operators, problem
from .steps import MOST, from_tree, rows_of, stepped

OTHER = {"and": "or", "or": "and"}


def builder_view(
    store: Any, me: Json, owner: Json, query: Query, default_scope: str = "all"
) -> tuple[str, Json]:
    """Beside the template's context it tells in `go` the address of the list, once asked for and
    nothing is wrong."""
    asked = asking.read(owner, me, query, default_scope)
    done, rows = one(query, "c.do"), rows_of(owner, query)
    join = one(query, "c.join")
    join = join if join in OTHER else asked["tree"]["join"]
    if rows is None:
        rows = from_tree(asked["tree"])
    rows = stepped(rows, done)
    tree, faults = _tree(owner, join, rows, me)
    wrong = done == "go" and any(faults)
    go = asking.link(owner, asked, where=criteria.write(tree), after=None)
    return "entity/builder.html", {
        "entity": owner,
        "title": _l("Filter"),
        "join": join,
        "other": OTHER[join],
        "groups": _groups(store, me, owner, rows, faults if wrong else [None] * len(rows)),
        "fields": [{"value": f["name"], "label": f["label"]} for f in askable(owner)],
        "hidden": asking.hidden({**asked, "where": ""}),
        "fault": asked["fault"] if rows == [] else None,
        "most": len(rows) >= MOST,
        "list": asking.link(owner, asked, where="", after=None),
        "go": go if done == "go" and not wrong else None,
    }


def _tree(owner: Json, join: str, rows: list[Json], me: Json) -> tuple[Json, list[str | None]]:
    """The tree of the rows, and for each the code of what is wrong with it."""
    parts: dict[str, Json] = {}
    faults: list[str | None] = []
    for at, row in enumerate(rows):
        field = field_of(owner, row["field"])
        if field is None:
            faults.append(None)
            continue
        values, code = _values(field, row, me)
        faults.append(code or fault(field, row["op"], values))
        leaf = {"field": row["field"], "op": row["op"], "values": values}
        part = parts.setdefault(row["group"] or f"-{at}", {"join": OTHER[join], "of": []})
        part["of"].append(leaf)
    tree = criteria.tidy({"join": join, "of": list(parts.values())})
    return (asking.NOTHING if problem(owner, tree) else tree), faults


def _values(field: Json, row: Json, me: Json) -> tuple[list[str], str | None]:
    if "values" in row:
        return row["values"], None
    return typed_values(field, row["op"], row["given"], me)


def _groups(
    store: Any, me: Json, owner: Json, rows: list[Json], faults: list[str | None]
) -> list[Json]:
    """Rows in their groups; one of its own stands in a group without a key."""
    found: dict[str, Json] = {}
    for at, row in enumerate(rows):
        made = _row(store, me, owner, row, at, faults[at])
        key = row["group"]
        found.setdefault(key or f"-{at}", {"key": key, "rows": []})["rows"].append(made)
    return list(found.values())


def _row(store: Any, me: Json, owner: Json, row: Json, n: int, code: str | None) -> Json:
    field = field_of(owner, row["field"])
    ops = operators(field) if field else []
    return {
        "n": n,
        "field": row["field"],
        "label": field["label"] if field else "",
        "group": row["group"],
        "op": row["op"],
        "ops": [{"value": op, "label": label} for op, label in ops],
        **value_inputs(store, me, field, row, code),
    }


def filter_address(owner: Json, asked: Json) -> str:
    """Where the builder of a list is."""
    return address(f"/{owner['path']}/filter", asking.parts({**asked, "after": None}))
