"""Pull: what a client has not seen yet, out of one snapshot. Numbers are steps of PROTOCOL.md."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection

from server.core.custom.scoping import enter
from server.core.db import reading
from server.core.permissions import Viewer

from . import feed, keyset
from .cursor import Cursor, Filling, seal, unseal
from .feed import Row
from .keyset import Keyset
from .sums import sums

MOST = 2000  # records in an answer, unless one version alone has more


@dataclass(frozen=True)
class Page:
    """One answer. `rows` are JSON texts of [id, type, ver, doc]; `cursor` is sealed; `ver` is the
    version that is reached once there is no more."""

    rows: list[str]
    gone: list[str]
    cursor: str
    more: bool
    reset: bool
    sums: dict[str, list[int]] | None = None
    ver: int | None = None


def pull(viewer: Viewer, sealed: Any, limit: int = MOST, want_sums: bool = False) -> Page:
    """Steps 5 to 11. A cursor that can't be used means a reset, never an error."""
    with reading() as connection:  # 5
        pulling = Pulling(connection, viewer)
        cursor, more = pulling.run(unseal(viewer, sealed), limit)
        checks = sums(connection, viewer.org, pulling.mine) if want_sums and not more else None
    keyset.save(pulling.unknown.values())  # 11
    texts = [row.text for row in pulling.rows]
    ver = None if more else pulling.now
    return Page(texts, pulling.gone, seal(viewer, cursor), more, pulling.reset, checks, ver)


@dataclass
class Pulling:
    """A pull under way in one snapshot; `unknown` are keysets yet to be remembered."""

    connection: Connection
    viewer: Viewer
    rows: list[Row] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    reset: bool = False
    known: dict[str, Keyset] = field(default_factory=dict)
    unknown: dict[str, Keyset] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.org = self.viewer.org
        self.now, shape = feed.state(self.connection, self.org)
        enter(self.connection, self.org, shape)  # as of the snapshot: a kind may be new
        self.mine = keyset.of(self.viewer)

    def run(self, cursor: Cursor | None, limit: int) -> tuple[Cursor, bool]:
        """A page's worth; gives the cursor to go on from, and whether there is more."""
        cursor = self.begin(cursor)
        while cursor.filling and len(self.rows) < limit:
            cursor = self.fill(cursor, cursor.filling, limit - len(self.rows))
        if len(self.rows) < limit:
            return self.follow(cursor, limit - len(self.rows))
        return cursor, True

    def begin(self, cursor: Cursor | None) -> Cursor:
        """Steps 6 to 8: the cursor to go on from, after any change of scope."""
        if cursor is None or cursor.ver > self.now:  # 6; ahead of us: a backup was restored
            return self._start_over()
        if cursor.filling is None and cursor.held == self.mine.hash:
            return cursor
        self._recall(cursor)
        held, filling = self.known.get(cursor.held), cursor.filling
        fetched = self.known.get(filling.added) if filling else self.mine.none()
        if held is None or fetched is None:
            return self._start_over()
        if filling and filling.target == self.mine.hash:
            return cursor
        return self._change_scope(cursor, held, fetched)

    def _recall(self, cursor: Cursor) -> None:
        filling = cursor.filling
        hashes = {self.mine.hash, cursor.held} | ({filling.added} if filling else set())
        self.known = keyset.find(self.connection, hashes)

    def _name(self, keys: Keyset) -> str:
        if keys.hash not in self.known:
            self.unknown[keys.hash] = keys
        return keys.hash

    def _start_over(self) -> Cursor:
        """Step 6: nothing is held, everything is to be fetched."""
        self.reset = True
        mine = self._name(self.mine)
        return Cursor(self.now, self._name(self.mine.none()), Filling(mine, mine))

    def _change_scope(self, cursor: Cursor, held: Keyset, fetched: Keyset) -> Cursor:
        """Steps 7 and 8. Half-fetched keys count as held when it comes to removals. What is held
        shrinks here, together with the removals: otherwise a key that is revoked and granted
        again would seem to be held, and its records would never return."""
        lost = (held | fetched) - self.mine
        if lost.any:
            self.gone += feed.only_under(self.connection, self.org, lost, self.mine)
        same = held.epoch == self.mine.epoch
        added = self.mine - held if same else self.mine
        left = held & self.mine
        filling = Filling(self._name(self.mine), self._name(added))
        return Cursor(cursor.ver, self._name(left), filling)

    def fill(self, cursor: Cursor, filling: Filling, room: int) -> Cursor:
        """Step 9. The version stays: following the log from it repairs what changed meanwhile."""
        after = (filling.type, filling.rec)
        found = feed.fill(self.connection, self.viewer, self.keys(filling.added), after, room)
        self.rows += found
        if len(found) < room:
            return Cursor(cursor.ver, filling.target)
        last = found[-1]
        onward = Filling(filling.target, filling.added, last.type, last.rec)
        return Cursor(cursor.ver, cursor.held, onward)

    def keys(self, hash_: str) -> Keyset:
        return self.known.get(hash_) or self.unknown[hash_]

    def follow(self, cursor: Cursor, room: int) -> tuple[Cursor, bool]:
        """Step 10: the log since the cursor's version."""
        if cursor.ver == self.now:
            return cursor, False
        keys = self.mine
        entries, more = feed.log(self.connection, self.org, keys, cursor.ver, room)
        if more and not entries:
            if self.rows or self.gone:
                return cursor, True
            entries = feed.giant(self.connection, self.org, keys, cursor.ver)
        rows, gone = feed.load(self.connection, self.viewer, keys, entries)
        self.rows += rows
        self.gone += gone
        reached = max(entry.ver for entry in entries) if more else self.now
        return Cursor(reached, cursor.held), more
