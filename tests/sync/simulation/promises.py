"""The invariants that can be seen at any time: at each answer, and after each step."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any

from sqlalchemy import TextClause, select, text

from server.core.db import reading

from .accounts import OPS
from .network import Request
from .world import Broken, Machine, Noted, World

Told = dict[str, Any]
SHOWN = ("name", "title", "city", "notes")


def watch_scope(world: World, request: Request, told: Told) -> None:
    """6, as it leaves the server: no record that its person may not hold."""
    mine = world.keys(request.person) if told["rows"] else frozenset[str]()
    kinds: dict[str, list[str]] = {}
    for id_, kind, *_ in told["rows"]:
        kinds.setdefault(kind, []).append(id_)
    with reading() as connection:
        for kind, ids in kinds.items():
            for id_, keys in connection.execute(_keys_of(kind, ids), {"org": world.house.org}):
                if not mine & set(json.loads(keys)):
                    raise Broken(6, f"{request.person} was sent {kind} {id_}")


def _keys_of(kind: str, ids: list[str]) -> TextClause:
    """Asked for every answer: as text, since building a query takes longer than running it."""
    quoted = ", ".join(f"'{id_}'" for id_ in ids)
    return text(f'SELECT id, keys FROM "{kind}" WHERE org = :org AND id IN ({quoted})')


def watch_cursor(world: World, request: Request, asked: Told, told: Told) -> None:
    """7, at the server."""
    before = world.cursor(request.person, asked["cursor"])
    after = world.cursor(request.person, told["cursor"])
    if before and not told.get("reset") and (after is None or after.ver < before.ver):
        raise Broken(7, f"{request.person}'s cursor went from {before} to {after}")


def watch_replay(world: World, request: Request, version: Callable[[], int]) -> None:
    """13: what the server has seen it answers as it did, and stays as it is."""
    ids = [op["id"] for op in json.loads(request.body)["ops"]]
    known = _known(world, ids)
    before = version()
    answer = world.network.deliver(request)
    if len(known) < len(set(ids)):
        return  # it was killed over it, so this is the first time
    if answer.status == 200:
        first = answer.body.splitlines()[0] if "ndjson" in answer.kind else answer.body
        for id_, status, ver, *_ in json.loads(first)["results"]:
            if known[id_] != (status, ver):
                raise Broken(13, f"{id_} was {known[id_]}, then {status, ver}")
    if version() != before:
        raise Broken(13, f"{len(ids)} operations that were known made version {version()}")


def _known(world: World, ids: list[str]) -> dict[str, tuple[str, int]]:
    c = OPS.c
    query = select(c.id, c.status, c.ver).where(c.org == world.house.org, c.id.in_(ids))
    with reading() as connection:
        return {id_: (status, ver) for id_, status, ver in connection.execute(query)}


def look_closely(world: World, machine: Machine) -> None:
    """7 and 8, on the device."""
    world.look(machine)
    _cursor_grows(world, machine)
    if not machine.cloned and machine.seen["shown"]:
        _own_writes_stay(world, machine)


def _cursor_grows(world: World, machine: Machine) -> None:
    cursor = world.cursor(machine.person, machine.seen["cursor"])
    now = (machine.seen["gen"], cursor.ver if cursor else 0)
    if cursor and now < machine.reached:
        raise Broken(7, f"{machine.name} went back from {machine.reached} to {now}")
    machine.reached = now if cursor else machine.reached


def _own_writes_stay(world: World, machine: Machine) -> None:
    """8: what was written here is seen here until the server's word has come; a delta counts
    once."""
    mine = [n for n in world.noted.values() if n.machine is machine and _stands(machine, n)]
    ledger = _known(world, [n.op["id"] for n in mine])
    cursor = world.cursor(machine.person, machine.seen["cursor"])
    told = cursor.ver if cursor and not cursor.filling else 0
    for rec, shown in machine.seen["shown"].items():
        view, base = shown["view"], shown["base"]
        ops = [n.op for n in mine if n.op["rec"] == rec]
        reached = max(told, base["ver"] if base else 0)
        news = [op for op in ops if not _has_come(ledger.get(op["id"]), reached)]
        if view is None:
            if any(op["k"] == "new" for op in news):
                raise Broken(8, f"{machine.name} no longer shows {rec}, which it made")
            continue
        _shows(machine, rec, view, news)
        _counts(machine, rec, shown, ops, ledger)


def _stands(machine: Machine, noted: Noted) -> bool:
    return noted.fate == "queued" and noted.op["id"] not in machine.seen["problems"]


def _has_come(known: tuple[str, int] | None, reached: int) -> bool:
    return known is not None and known[1] <= reached


def _shows(machine: Machine, rec: str, view: Told, news: Iterable[Told]) -> None:
    last: Told = {}
    tags: Told = {}
    for op in news:
        if op["k"] == "set" and op["f"] in SHOWN:
            last[op["f"]] = op["v"]
        if op["k"] == "inc":
            last.pop(op["f"], None)  # nonsense that will be refused, and until then is shown
        if op["k"] in ("add", "rem"):
            tags[op["v"]] = op["k"] == "add"
    for tag, there in tags.items():
        if (tag in (view["tags"] or [])) != there:
            raise Broken(8, f"{machine.name} shows {view['tags']} on {rec}, and {tag}: {there}")
    for name, value in last.items():
        if view[name] != value:
            raise Broken(8, f"{machine.name} shows {view[name]!r} on {rec}, not {value!r}")


def _counts(machine: Machine, rec: str, shown: Told, ops: list[Told], ledger: Told) -> None:
    base = shown["base"] or {"ver": 0, "stock": None}
    if base["stock"] is None:
        return
    deltas = [
        op["d"] for op in ops if op["k"] == "inc" and op["f"] == "stock"
        and not _has_come(ledger.get(op["id"]), base["ver"])
    ]  # fmt: skip
    if shown["view"]["stock"] != base["stock"] + sum(deltas):
        told = f"{base['stock']} and {deltas}, not {shown['view']['stock']}"
        raise Broken(8, f"{machine.name} should show {told} on {rec}")
