"""Who is told of what a transaction of the door changed. `server/app.py` fills the one list.

A listener is called once for each transaction, inside it: scope keys are known, rows are not
written yet. It may write rows of its own, and put records that come of the change into the batch.
"""

from __future__ import annotations

import logging
from collections.abc import Callable

from sqlalchemy import Connection
from sqlalchemy.exc import InterfaceError, OperationalError

from .batch import Batch
from .db import nested

Listener = Callable[[Connection, Batch], None]
listeners: list[Listener] = []
log = logging.getLogger(__name__)


def tell(connection: Connection, batch: Batch) -> None:
    """Call every listener. One that fails leaves nothing behind, and never costs a person the work
    that it was told of. Where one does, each is called anew by itself."""
    if not _called(connection, batch, listeners):
        for listener in listeners:
            _called(connection, batch, [listener])


def _called(connection: Connection, batch: Batch, some: list[Listener]) -> bool:
    works, born = dict(batch.works), dict(batch.born)
    try:
        with nested(connection):
            for listener in some:
                listener(connection, batch)
    except (InterfaceError, OperationalError):
        raise  # the database's trouble: the caller tries again
    except Exception:
        log.exception("%s failed", listener.__qualname__)
        batch.works, batch.born = works, born
        return False
    return True
