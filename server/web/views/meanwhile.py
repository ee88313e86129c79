"""What others did to a record since a form was made of it. Equal to pwa/views/meanwhile.js."""

from __future__ import annotations

import re
from typing import Any

from .addresses import Query, one
from .manifest import Json
from .timeline import changes_to

VERSION = re.compile(r"[0-9]{1,15}")


def meanwhile(store: Any, record: Json | None, query: Query, base: int | None) -> list[Json]:
    """EVENTs after the version that the person saw: `base`, or else the query's `_seen`."""
    asked = one(query, "_seen")
    seen = base if base is not None else int(asked) if VERSION.fullmatch(asked) else None
    if record is None or seen is None or record["ver"] <= seen:
        return []
    return changes_to(store, record, seen)
