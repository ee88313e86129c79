"""Putting pages of SQLite's log in their places, beside the requests instead of in one of them.

Left to itself, SQLite makes whoever's commit fills the log wait until all of it is on the disk:
long for a phone that sends a thousand changes. Here a thread does it a moment after the writes; it
holds up neither readers nor writers. Should it not come to it, SQLite's own limit still stands.
"""

from __future__ import annotations

import logging
import os
import sqlite3
import threading
from weakref import WeakKeyDictionary, WeakSet

from sqlalchemy import Engine

MOMENT = 0.5  # seconds after a write, in which others gather
REST = 5.0  # seconds without a write after which the thread ends
BUSY_SECONDS = 1
log = logging.getLogger(__name__)


class Checkpoints:
    """Of one engine in one process."""

    def __init__(self, engine: Engine) -> None:
        self.path = engine.url.database or ""
        self.process = os.getpid()
        self._written = threading.Event()
        self._rest = threading.Event()  # who is told to rest does not wait for others
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None

    def soon(self) -> None:
        if self._written.is_set():
            return
        with self._lock:
            self._written.set()
            if self._thread is None:
                self._thread = threading.Thread(target=self._watch, name="checkpoint", daemon=True)
                self._thread.start()

    def _watch(self) -> None:
        while self._goes_on():
            self._rest.wait(MOMENT)
            self._written.clear()
            try:
                self.run()
            except sqlite3.Error:
                log.warning("could not put the log of the database in its place", exc_info=True)

    def _goes_on(self) -> bool:
        self._written.wait(0 if self._rest.is_set() else REST)
        with self._lock:
            if not self._written.is_set():
                self._thread = None
            return self._thread is not None

    def rest(self) -> None:
        """Until the next write no thread watches; what has been written is in its place."""
        self._rest.set()
        with self._lock:
            thread = self._thread
            if thread:
                self._written.set()  # wakes it
        if thread:
            thread.join()
        self._rest.clear()

    def run(self) -> None:
        """As far as nobody reads what stands in its place. Never makes a database that is gone."""
        if not os.path.exists(self.path):
            return
        connection = sqlite3.connect(self.path, timeout=BUSY_SECONDS, isolation_level=None)
        try:
            connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
        finally:
            connection.close()


_KNOWN: WeakKeyDictionary[Engine, Checkpoints] = WeakKeyDictionary()
_ABOUT: WeakSet[Checkpoints] = WeakSet()  # held by their threads when the engine is gone


def soon(engine: Engine) -> None:
    """Something has been written."""
    found = _KNOWN.get(engine)
    if found is None or found.process != os.getpid():  # threads do not survive a fork
        found = _KNOWN[engine] = Checkpoints(engine)
        _ABOUT.add(found)
    found.soon()


def rest() -> None:
    """No thread is about, until something is written again."""
    for found in [*_ABOUT]:
        if found.process == os.getpid():
            found.rest()
