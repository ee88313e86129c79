"""What takes long to make, made aside: by other processes, while this one goes on.

They are forked while it is still small, and are given their work as it comes.
"""

from __future__ import annotations

import os
import pickle
import signal
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from struct import Struct
from typing import Any

from . import checkpoints

Make = Callable[[Any], Any]  # must not touch a connection
SIZE = Struct("<q")
PATIENCE = 10  # of 19
OWN = 7  # the place of the portion, out of so many, that is made here if there is a single helper


class Aside:
    """Takes portions, and gives what was made of them in the same order. A single helper takes
    longer than what goes on here meanwhile, so that some of the work is done here, too."""

    def __init__(self, make: Make, helpers: int) -> None:
        self.make = make
        self.helpers = [Helper(make) for _ in range(helpers)]
        self.given: list[Any] = []

    def put(self, portion: Any) -> None:
        helper = self._helper(len(self.given))
        if helper:
            helper.todo.put(portion)
        self.given.append(portion)

    def _helper(self, n: int) -> Helper | None:
        here = not self.helpers or (len(self.helpers) == 1 and n % OWN == OWN - 1)
        return None if here else self.helpers[n % len(self.helpers)]

    def made(self) -> Iterator[Any]:
        """Each of them once; a portion that a helper failed at is made here, where it is seen to
        fail."""
        for n, portion in enumerate(self.given):
            helper = self._helper(n)
            found = helper.done.get() if helper else None
            yield self.make(portion) if found is None else found
            self.given[n] = None  # to be let go of one by one, while there is time
        for helper in self.helpers:
            helper.stop()

    def end(self) -> None:
        for helper in self.helpers:
            helper.end()


@contextmanager
def made_aside(make: Make, at_all: bool = True) -> Iterator[Aside]:
    """A process with several threads isn't forked: another might hold a lock for ever. Then, and on
    a single processor, each portion is made when it is asked for."""
    aside = Aside(make, (os.cpu_count() or 1) - 1 if at_all and alone() else 0)
    try:
        yield aside
    finally:
        aside.end()


def alone() -> bool:
    """Is there no other thread, and another processor?"""
    checkpoints.rest()
    return threading.active_count() == 1 and (os.cpu_count() or 1) > 1


class _Channel:
    """From one process to another: things in a file, their sizes in a pipe, so that neither waits
    for the other to read."""

    def __init__(self) -> None:
        self.file = tempfile.TemporaryFile()  # noqa: SIM115
        self.sizes, self.told = os.pipe()
        self.read = self.written = 0

    def put(self, thing: Any) -> None:
        body = pickle.dumps(thing, pickle.HIGHEST_PROTOCOL)
        os.pwrite(self.file.fileno(), body, self.written)
        self.written += len(body)
        os.write(self.told, SIZE.pack(len(body)))

    def get(self) -> Any:
        """None once the other process has ended."""
        head = os.read(self.sizes, SIZE.size)
        if len(head) < SIZE.size:
            return None
        size = SIZE.unpack(head)[0]
        body = os.pread(self.file.fileno(), size, self.read)
        self.read += size
        return pickle.loads(body)  # noqa: S301 (a process of ours has written it)


class Helper:
    """Of each pipe a side keeps one end, so that it hears when the other is gone. A patient one
    leaves the processor to the others: what it makes is wanted last."""

    def __init__(self, make: Make, patient: bool = False) -> None:
        self.todo, self.done = _Channel(), _Channel()
        self.pid = os.fork()
        if self.pid == 0:
            try:
                os.nice(PATIENCE if patient else 0)
                os.close(self.todo.told)
                while (portion := self.todo.get()) is not None:
                    self.done.put(make(portion))
            finally:
                os._exit(0)
        os.close(self.done.told)

    def stop(self) -> None:
        """It has nothing more to do. What it holds in memory takes a while to be given back."""
        os.kill(self.pid, signal.SIGKILL)

    def end(self) -> None:
        self.stop()
        os.waitpid(self.pid, 0)
        for pipe_end in (self.todo.sizes, self.todo.told, self.done.sizes):
            os.close(pipe_end)
        for channel in (self.todo, self.done):
            channel.file.close()
