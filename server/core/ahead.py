"""Operations are read while the transaction before theirs is committed: one takes the processor,
the other the disk."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from contextvars import copy_context
from types import TracebackType
from typing import Any

from .operations import Operation, read
from .registry import Registry

Read = list[Operation | None]


def read_all(raw_ops: list[Any], kinds: Registry) -> Read:
    return [read(raw, kinds) for raw in raw_ops]


class Ahead:
    """For one request; a thread is there only if it has several transactions."""

    def __init__(self) -> None:
        self.pool: ThreadPoolExecutor | None = None
        self.begun: tuple[list[Any], Registry, Future[Read]] | None = None

    def __enter__(self) -> Ahead:
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        if self.pool:
            self.pool.shutdown(cancel_futures=True)

    def begin(self, raw_ops: list[Any], kinds: Registry) -> None:
        """These come next."""
        self.pool = self.pool or ThreadPoolExecutor(1, "ahead")
        future = self.pool.submit(copy_context().run, read_all, raw_ops, kinds)
        self.begun = raw_ops, kinds, future

    def read(self, raw_ops: list[Any], kinds: Registry) -> Read:
        """By the registry in force; what was read by another is read again."""
        begun, self.begun = self.begun, None
        if begun and begun[0] is raw_ops and begun[1] is kinds:
            return begun[2].result()
        return read_all(raw_ops, kinds)
