"""Files that are here already need not be sent again: by whoever can see one with that content."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection

from server.core.reading import Reader

from .arriving import Arrival, blob_of
from .entities import File


def twin(connection: Connection, arrival: Arrival) -> Any:
    """The row of content that the person has proven to have, by seeing a file of it; or None.
    A checksum alone proves nothing. How a photo's position was dealt with must be as wanted."""
    c: Any = File.spec.table.c
    clauses = [c.sha256 == arrival.record["sha256"], c.arrived_at.is_not(None)]
    reader = Reader(connection, arrival.viewer, "en")
    for file in reader.related(File.spec, clauses, [c.id], 20):
        blob = blob_of(connection, arrival.viewer.org, file["stored"])
        untouched = file["stored"] == file["sha256"]
        if blob and (untouched if arrival.keep_place else not blob.placed):
            return blob
    return None
