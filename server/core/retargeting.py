"""Work that comes for a record which has been merged into another reaches the other one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, bindparam, select

from .errors import Refused
from .history import Merger
from .kinds import UUID
from .operations import SAFE, Operation
from .prepared import Among
from .work import chunks, load

TABLE: Any = Merger.__table__
C = TABLE.c
WINNERS = select(C.loser, C.rec).where(
    C.org == bindparam("org"), C.deleted.is_(False), Among(C.loser, "ids")
)  # asked at every push: built once
LATEST = SAFE - 1  # as who has seen every version


def retargeted(connection: Connection, org: int, ops: list[Operation]) -> list[Operation]:
    """The operations, those on losers and those that name them pointed at the winners."""
    ids = {id_ for op in ops for id_ in (op.rec, *_ids(op.value))}
    winners: dict[str, str] = {}
    for some in chunks(ids):
        asked = {"org": org, "ids": some}
        winners |= {row.loser: row.rec for row in connection.execute(WINNERS, asked)}
    if not winners:
        return ops
    return [_aimed(_based(connection, org, op, winners), winners) for op in ops]


def _based(
    connection: Connection, org: int, op: Operation, winners: dict[str, str]
) -> Operation:
    """Where the winner took over what the loser had, whoever changes that has met nobody else's
    word."""
    winner = winners.get(op.rec)
    if winner is None or op.verb != "set" or op.entity is None:
        return op
    works = load(connection, org, op.entity, [op.rec, winner])
    values = [work.doc.get(op.field or "") for work in works.values()]
    return op._replace(base=LATEST) if len(values) == 2 and values[0] == values[1] else op


def _aimed(op: Operation, winners: dict[str, str]) -> Operation:
    if op.problem or op.verb in ("unite", "part"):
        return op
    if op.rec in winners and op.verb == "set" and op.field == "deleted" and not op.value:
        return op._replace(problem=Refused("merged"))
    gone = op.rec in winners and (op.verb in ("new", "del") or op.field == "deleted")
    rec = op.rec if gone else winners.get(op.rec, op.rec)
    return op._replace(rec=rec, value=_named(op.value, winners))


def _ids(value: Any) -> Iterator[str]:
    """Ids in a value, in a list of them, or in the values of a new record."""
    if isinstance(value, str):
        if UUID.fullmatch(value):
            yield value
    elif isinstance(value, list | dict):
        for one in value if isinstance(value, list) else value.values():
            if isinstance(one, str | list):
                yield from _ids(one)


def _named(value: Any, winners: dict[str, str]) -> Any:
    if isinstance(value, str):
        return winners.get(value, value)
    if isinstance(value, list):
        return [_named(one, winners) if isinstance(one, str | list) else one for one in value]
    if isinstance(value, dict):
        return {name: _named(one, winners) if isinstance(one, str | list) else one
                for name, one in value.items()}  # fmt: skip
    return value
