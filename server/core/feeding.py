"""The feed, told of records: one latest row for each under each of its keys."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

import orjson
from sqlalchemy import Connection

from .ledger import Feed
from .many import put_many
from .work import Work

FEED: Any = Feed.__table__
FEW = 40  # rows that a single statement takes one by one
COLUMNS = ("org", "type", "ver", "gone", "key", "rec")
INSERT = f"INSERT INTO feed ({', '.join(COLUMNS)}) SELECT "
OVER = (
    " WHERE true ON CONFLICT (org, key, type, rec)"
    " DO UPDATE SET ver = excluded.ver, gone = excluded.gone"
)
LITE = "?, ?, ?, ?, k.value, r.value FROM json_each(?) AS k CROSS JOIN json_each(?) AS r"
EACH = "json_array_elements_text(%s::json)"
POSTGRES = f"%s, %s, %s, %s, k.value, r.value FROM {EACH} AS k(value) CROSS JOIN {EACH} AS r(value)"
Told = dict[tuple[str, int, tuple[str, ...]], list[str]]  # by kind, whether gone, and keys: ids


class News:
    """What one version has to tell."""

    def __init__(self, org: int, ver: int) -> None:
        self.org, self.ver = org, ver
        self.told: Told = {}

    def meet(self, work: Work, keys: list[str]) -> None:
        """Of a record under every key if it changed; else only under the keys it gained or lost."""
        before = set(work.keys) if work.n is not None else set()
        lost = before.difference(keys)
        self._note(work, 0, keys if work.touched else set(keys) - before)
        self._note(work, 1, lost)

    def _note(self, work: Work, gone: int, keys: Collection[str]) -> None:
        if keys:
            self.told.setdefault((work.entity.type, gone, tuple(sorted(keys))), []).append(work.id)

    def tell(self, connection: Connection) -> None:
        """Many in one statement for all that have the same keys."""
        if sum(len(at[2]) * len(ids) for at, ids in self.told.items()) <= FEW:
            put_many(connection, FEED, self._rows())
            return
        for (kind, gone, keys), ids in self.told.items():
            told(connection, (self.org, kind, self.ver, gone), keys, sorted(ids), over=True)

    def _rows(self) -> list[dict[str, Any]]:
        return [
            dict(zip(COLUMNS, (self.org, kind, self.ver, gone, key, id_), strict=True))
            for (kind, gone, keys), ids in self.told.items() for key in keys for id_ in ids
        ]  # fmt: skip


def told(
    connection: Connection, common: tuple[Any, ...], keys: Iterable[str], ids: Iterable[str],
    over: bool = False,
) -> None:  # fmt: skip
    """`common` are org, kind, version and whether gone. `over` what may be there already."""
    rows = LITE if connection.dialect.name == "sqlite" else POSTGRES
    lists = (orjson.dumps(list(some)).decode() for some in (keys, ids))
    connection.exec_driver_sql(INSERT + rows + (OVER if over else ""), (*common, *lists))
