"""A kind of record that only tests have, for merge policies that no other record uses."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from server.core.db import Base, db
from server.core.entity import Entity, Record, field
from server.core.registry import registry


class Gauge(Record):
    __tablename__ = "gauge"
    spec = Entity(
        "gauge", path="gauges", label="Gauge", plural="Gauges", new="New gauge", icon="x",
        title="name",
    )  # fmt: skip
    name = field("text", "Name", required=True)
    stock = field("integer", "Stock", merge="counter", min=0, max=100)
    arrived = field("instant", "Arrived", merge="device")
    price = field("money", "Price", merge="office")
    seal = field("text", "Seal", merge="append")


GAUGE = Base.metadata.tables["gauge"]
Base.metadata.remove(GAUGE)  # lest a migration is missed for it


@contextmanager
def registered() -> Iterator[None]:
    """The kind of record exists while this lasts; needs an app context."""
    GAUGE.create(db.engine)
    registry.register(Gauge)
    try:
        yield
    finally:
        registry.withdraw("gauge")
