"""Who was erased, beside the database: a backup that is restored knows them still.

`erased.jsonl` in the data folder has a line for each, `{"org", "type", "rec", "at"}`: ids, and
nothing of the person. No backup holds it and none replaces it.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import Connection, select

from server.core.erasing import erase
from server.core.ledger import Organisation
from server.core.registry import registry

NAME = "erased.jsonl"
ORGANISATIONS: Any = Organisation.__table__


class Erased(NamedTuple):
    org: int
    type: str
    rec: str
    at: str


def remember(data: Path, one: Erased) -> None:
    """On the disk before it is done: to erase twice does no harm."""
    with (data / NAME).open("a", encoding="ascii") as file:
        file.write(json.dumps(one._asdict()) + "\n")
        file.flush()
        os.fsync(file.fileno())


def remembered(data: Path) -> Iterator[Erased]:
    """Lines that can't be read, such as one that was cut short, are passed over."""
    try:
        lines = (data / NAME).read_text("ascii", errors="replace").splitlines()
    except FileNotFoundError:
        return
    for line in lines:
        try:
            yield Erased(**json.loads(line))
        except (ValueError, TypeError):
            continue


def erase_again(connection: Connection, data: Path) -> int:
    """Whoever a restored backup has brought back goes again; how many records that were."""
    there = set(connection.scalars(select(ORGANISATIONS.c.id)))
    return sum(
        erase(connection, one.org, one.type, one.rec)
        for one in dict.fromkeys(remembered(data))
        if one.org in there and registry.get(one.type)
    )
