"""Open streams of this process, and the one thread that tells them of new versions.

A stream takes a thread of the server, so there are so many at most; gunicorn.py has as many
threads besides those for requests.
"""

from __future__ import annotations

import logging
import random
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

from server.core.ending import ending
from server.core.permissions import Viewer
from server.core.versions import keys_changed, versions, watching

from . import keyset

log = logging.getLogger(__name__)
ATTENTION = 0.5  # seconds after which the listening thread looks whether it is still needed
GAP = 0.3  # seconds between two events of a stream: a burst is told once
SPREAD = 0.6  # seconds over which many are told, lest all of them ask at once
SHARE = 0.005  # seconds of it for each
MOST_PATIENCE = 30.0  # seconds between tries to reach the database
Renew = Callable[[Connection], Viewer | None]


@dataclass(eq=False)
class Stream:
    """What one client is told. `renew` finds its person again, or nobody; `every`: also of changes
    to what it does not hold."""

    viewer: Viewer
    renew: Renew
    every: bool
    told: int = 0  # the versions that it was told of, and is to be told of
    mine: int = 0
    other: int = 0
    delay: float = 0.0
    ended: str | None = None
    awake: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        self.keys = keyset.of(self.viewer).any

    def tell(self, ver: int, mine: bool, delay: float) -> None:
        if mine:
            self.mine = ver
        else:
            self.other = ver
        self.delay = delay
        self.awake.set()

    def end(self, reason: str) -> None:
        self.ended = reason
        self.awake.set()


class Streams:
    """`limit` streams at most, `each` of one person; `beat` seconds between signs of life."""

    def __init__(self, engine: Engine, limit: int, each: int, beat: int) -> None:
        self.engine, self.limit, self.each, self.beat = engine, limit, each, beat
        self._lock = threading.Lock()
        self._open: list[Stream] = []  # the oldest first
        self._seen: dict[int, int] = {}  # organisation → version that was told of
        self._thread: threading.Thread | None = None

    def join(self, stream: Stream) -> bool:
        """Let it in; the oldest of its person gives way. False: there are too many of others."""
        with self._lock:
            mine = [one for one in self._open if one.viewer.id == stream.viewer.id]
            full = len(self._open) >= self.limit
            if ending.is_set() or (full and not mine):
                return False
            if mine and (full or len(mine) >= self.each):
                self._open.remove(mine[0])
                mine[0].end("full")
            self._open.append(stream)
            if self._thread is None:
                self._thread = threading.Thread(target=self._listen, name="live", daemon=True)
                self._thread.start()
        return True

    def leave(self, stream: Stream) -> None:
        with self._lock:
            if stream in self._open:
                self._open.remove(stream)

    def events(self, stream: Stream) -> Iterator[str]:
        """The text of a stream: first where its organisation is, then each new version."""
        org = stream.viewer.org
        with self.engine.connect() as connection:
            stream.told = versions(connection, [org])[org]
        yield f"event: beat\ndata: {self.beat}\n\n{said('version', stream.told)}"
        while not stream.ended:
            # The first beats come apart by chance, as those of many who came together should.
            if not stream.awake.wait(self.beat * random.uniform(0.7, 1)):  # noqa: S311
                if not self._still(stream):
                    break
                yield f"event: beat\ndata: {self.beat}\n\n"
                continue
            time.sleep(stream.delay)
            stream.awake.clear()
            yield from self._news(stream)
        if stream.ended:
            yield f"event: end\ndata: {stream.ended}\n\n"

    def _news(self, stream: Stream) -> Iterator[str]:
        mine, newest = stream.mine, max(stream.mine, stream.other)
        if newest > stream.told:
            yield said("version" if mine > stream.told else "other", newest)
            stream.told = newest
            self._still(stream)
            time.sleep(GAP)

    def _still(self, stream: Stream) -> bool:
        """Is it still somebody's? Their keys may be others by now."""
        try:
            with self.engine.connect() as connection:
                viewer = stream.renew(connection)
        except SQLAlchemyError:
            log.warning("could not look whose stream it is", exc_info=True)
            return True  # the database is away, not the person
        if viewer is None:
            stream.end("signed_out")
            return False
        stream.viewer, stream.keys = viewer, keyset.of(viewer).any
        return True

    def _listen(self) -> None:
        """Until nobody is left. What was written while nobody listened is looked at first."""
        patience = 1.0
        while self._needed():
            try:
                with watching(self.engine) as written:
                    self._look()
                    patience = 1.0
                    while self._needed():
                        if written(ATTENTION):
                            self._look()
            except Exception:
                log.warning("lost the database, trying again", exc_info=True)
                ending.wait(patience)
                patience = min(MOST_PATIENCE, patience * 2)

    def _needed(self) -> bool:
        with self._lock:
            if ending.is_set():
                for stream in self._open:
                    stream.end("restart")
                self._open.clear()
            if not self._open:
                self._thread = None
                self._seen.clear()
            return bool(self._open)

    def _look(self) -> None:
        with self._lock:
            streams = list(self._open)
        with self.engine.connect() as connection:
            now = versions(connection, {stream.viewer.org for stream in streams})
            for org, ver in now.items():
                before = self._seen.get(org)
                self._seen[org] = ver
                mine = [stream for stream in streams if stream.viewer.org == org]
                if before != ver:
                    self._tell(connection, org, (before, ver), mine)

    def _tell(
        self, connection: Connection, org: int, span: tuple[int | None, int], streams: list[Stream]
    ) -> None:
        before, ver = span
        keys = {key for stream in streams for key in stream.keys}
        changed = keys if before is None else keys_changed(connection, org, keys, before)
        concerned = [(stream, bool(stream.keys & changed)) for stream in streams]
        concerned = [(stream, mine) for stream, mine in concerned if mine or stream.every]
        spread = min(SPREAD, SHARE * len(concerned))
        for stream, mine in concerned:
            delay = random.uniform(0, spread)  # noqa: S311
            stream.tell(ver, mine, delay)


def said(event: str, ver: int) -> str:
    return f"id: {ver}\nevent: {event}\ndata: {ver}\n\n"
