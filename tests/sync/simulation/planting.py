"""Faults put into the product on purpose, for as long as a test lasts, to show that each promise
is really looked at."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from typing import Any
from unittest.mock import patch

from sqlalchemy.dialects import sqlite

from server.core import applying, door, merge, push
from server.core.operations import Result
from server.sync import feed, meeting, pull
from server.sync.cursor import Cursor
from server.sync.keyset import Keyset
from server.sync.pull import Pulling

Switch = tuple[Any, str, Any]


def no_dedupe() -> list[Switch]:
    """Every operation is taken as often as it comes. (SQLite)"""

    def insert_new(connection: Any, table: Any, rows: Any) -> None:
        connection.execute(sqlite.insert(table).on_conflict_do_nothing(), rows)

    return [(push.Push, "_known", lambda self, ops: {}), (push, "insert_many", insert_new)]


def no_loser() -> list[Switch]:
    """The value that lost is not kept."""
    return [(applying, "_open_conflict", lambda *given: None)]


def no_removal() -> list[Switch]:
    """What is under a key that was lost stays on the phone."""
    return [(feed, "only_under", lambda *given: [])]


def no_leaving() -> list[Switch]:
    """A record that moved away stays on the phone."""
    return [(feed, "is_under", lambda keys, carried: True)]


def no_savepoints() -> list[Switch]:
    """What is refused leaves behind what it had done until then."""
    return [(push.Push, "_restore", lambda self, *given: None)]


def own_chain_is_concurrent() -> list[Switch]:
    def is_concurrent(work: Any, write: Any) -> bool:
        ver, name = work.last(write.field.name)[0], write.field.name
        return bool(ver > write.base and work.doc[name] != write.value)

    return [(merge, "is_concurrent", is_concurrent)]


def groups_apart() -> list[Switch]:
    """Each operation of a group for itself."""
    groups = push._groups

    def apart(ops: Any, taken: Any) -> Iterator[Any]:
        for group in groups(ops, taken):
            yield from ([op] for op in group)

    return [(push, "_groups", apart)]


def rows_forgotten() -> list[Switch]:
    """The last record of an answer is left out."""
    follow = Pulling.follow

    def forgetful(self: Pulling, *given: Any) -> Any:
        told = follow(self, *given)
        del self.rows[-1:]
        return told

    return [(Pulling, "follow", forgetful)]


def refusals_hidden() -> list[Switch]:
    answer = push.Push._answer

    def kind(self: Any, *given: Any) -> Result:
        result = answer(self, *given)
        return result if result.status != "rejected" else Result(result.id, "ok", result.ver)

    return [(push.Push, "_answer", kind)]


def cursor_goes_back() -> list[Switch]:
    follow = Pulling.follow

    def back(self: Pulling, *given: Any) -> Any:
        cursor, more = follow(self, *given)
        return (cursor if more else Cursor(max(1, cursor.ver - 2), cursor.held)), more

    return [(Pulling, "follow", back)]


def poison_blocks() -> list[Switch]:
    """One operation that can't be written holds up all others."""
    return [(door, "PASSING", (Exception,))]


def sums_of_another() -> list[Switch]:
    sums = pull.sums


    def fewer(connection: Any, org: int, keys: Keyset) -> Any:
        return sums(connection, org, Keyset("", {"*": frozenset(sorted(keys.any)[:1])}))

    return [(pull, "sums", fewer)]


def deltas_counted_double() -> list[Switch]:
    def counter(work: Any, write: Any) -> Any:
        double = merge.Write(write.field, write.verb, 2 * write.value, write.base, write.clock,
                             write.past)  # fmt: skip
        return merge._counter(work, double)

    return [(merge, "POLICIES", merge.POLICIES | {"counter": counter})]


def copies_unseen() -> list[Switch]:
    """A device and its copy go on under one name."""
    note = meeting._note

    def blind(signed: Any, asked: Any, mine: Any) -> Any:
        return note(signed, replace(asked, ticket=mine and mine.ticket), mine)

    return [(meeting, "_note", blind)]


PLANTS: dict[str, tuple[Callable[[], list[Switch]], int]] = {
    "rows forgotten": (rows_forgotten, 1), "refusals hidden": (refusals_hidden, 2),
    "no dedupe, counted": (no_dedupe, 3), "deltas counted double": (deltas_counted_double, 3),
    "no loser": (no_loser, 4), "own chain is concurrent": (own_chain_is_concurrent, 5),
    "no removal": (no_removal, 6), "no leaving": (no_leaving, 6),
    "cursor goes back": (cursor_goes_back, 7), "groups apart": (groups_apart, 9),
    "no savepoints": (no_savepoints, 9), "poison blocks": (poison_blocks, 10),
    "rows forgotten, beside fresh ones": (rows_forgotten, 11),
    "sums of another": (sums_of_another, 12), "no dedupe, replayed": (no_dedupe, 13),
}  # fmt: skip
# In the phone itself, see phones.mjs: what was acknowledged leaves the view at once.
PHONE_PLANTS = {"acknowledged leaves at once": ("hasty", 8), "deltas stay": ("clinging", 8)}


@contextmanager
def planted(switches: list[Switch]) -> Iterator[None]:
    with ExitStack() as stack:
        for place, name, value in switches:
            stack.enter_context(patch.object(place, name, value))
        yield
