"""A person's window on the records of the organisation: the `store` that views are given.

The same surface as the worker's store (docs/developer/design.md). One per request; what a list is
about to name is fetched for all its rows at once.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
from functools import cached_property
from typing import Any

from sqlalchemy import Connection

from server.core.entity import Entity
from server.core.finding import near
from server.core.identity import Signed
from server.core.kinds import REFERENCES, UUID
from server.core.reading import Asked, Reader, Row
from server.core.registry import registry
from server.core.tallying import count, tally

from .unread import Waiting, waiting

UNFIT = re.compile("[\x00\ud800-\udfff]")  # what PostgreSQL takes in no text, nor UTF-8


class Window:
    def __init__(self, connection: Connection, signed: Signed) -> None:
        lang = signed.person["lang"] or signed.organisation.lang
        self.reader = Reader(connection, signed.viewer, lang)
        self.seen: dict[tuple[str, str], Row | None] = {}
        self.pages: dict[tuple[str, str], dict[str, Any]] = {}
        self.disputed: dict[str, bool] = {}
        self.lists: dict[str, tuple[int, list[Row]]] = {}  # of related records, with their limits
        self.signed = signed

    @cached_property
    def waiting(self) -> Waiting:
        return waiting(self.reader.connection, self.signed)

    def get(self, kind: str, id_: str | None) -> Row | None:
        if not id_ or not UUID.fullmatch(id_):
            return None  # no id of ours; the database might not even take the text
        if (kind, id_) not in self.seen:
            self.seen[kind, id_] = self.reader.get(registry[kind], id_)
        return self.seen[kind, id_]

    def title(self, kind: str, id_: str | None) -> str | None:
        found = self.get(kind, id_)
        return found[registry[kind].title] if found else None

    def page(self, kind: str, asked: dict[str, Any]) -> dict[str, Any]:
        """`{rows, next}`; asked = {words, filters, where, sort: [field, "asc"|"desc"], after,
        limit, scope}."""
        known = kind, repr(asked)
        if known not in self.pages:
            entity, question = registry[kind], _question(asked)
            rows, after = self.reader.page(entity, question, held=asked.get("scope") == "mine")
            found = {"rows": self._known(entity, rows), "next": pack(after) if after else None}
            self.pages[known] = found
        return dict(self.pages[known])

    def tally(self, kind: str, asked: dict[str, Any], name: str) -> dict[str, Any]:
        """{counts: {value: n}, whole}: how many have each value of a field; no value is ""."""
        held = asked.get("scope") == "mine"
        found, whole = tally(self.reader, registry[kind], _question(asked), held, name)
        return {"counts": {value or "": n for value, n in found.items()}, "whole": whole}

    def total(self, kind: str, asked: dict[str, Any]) -> dict[str, Any]:
        """{n, whole}: how many there are, or at least are."""
        held = asked.get("scope") == "mine"
        n, whole = count(self.reader, registry[kind], _question(asked), held)
        return {"n": n, "whole": whole}

    def related(
        self, kind: str, by: str, id_: str, limit: int, order: tuple[str, str] | None = None,
        filters: dict[str, Any] | None = None,
    ) -> list[Row]:  # fmt: skip
        """Undeleted records whose field `by` names `id_`, in order of a field."""
        if "\0" in id_:
            return []  # which PostgreSQL would not take
        asked = repr((kind, by, id_, order, filters))
        most, known = self.lists.get(asked, (0, []))
        if limit <= most or len(known) < most:
            return known[:limit]
        entity = registry[kind]
        c = entity.table.c
        name, direction = order or (entity.title, "asc")
        column = self.reader.ordering(entity, name)
        ordered = [(column.desc() if direction == "desc" else column.asc()).nulls_last(), c.id]
        wanted = {by: id_, **(filters or {})}
        clauses = [self.reader.where(entity, *one) for one in wanted.items()]
        rows = self._known(entity, self.reader.related(entity, clauses, ordered, limit))
        self.lists[asked] = limit, rows
        return list(rows)

    def near(self, kind: str, words: list[str], limit: int) -> list[Row]:
        """Undeleted records whose titles are spelled much like the words."""
        entity = registry[kind]
        return self._known(entity, near(self.reader, entity, words, limit))

    def people(self) -> list[dict[str, str]]:
        """Everybody active in the organisation, in order of name."""
        entity = registry["person"]
        c = entity.table.c
        rows = self.reader.related(entity, [c.active.is_(True)], [c.sort, c.id], 1000)
        self.seen |= {("person", row["id"]): row for row in rows}
        return [{"value": row["id"], "label": row["name"]} for row in rows]

    def mark(self, record: Row) -> str | None:
        """ "conflict" where values wait to be settled. Nothing waits to be sent from here."""
        id_ = record["id"]
        if id_ not in self.disputed:
            self._disputes([id_])
        return "conflict" if self.disputed[id_] else None

    def _known(self, entity: Entity, rows: list[Row]) -> list[Row]:
        """Remember the rows, and fetch what they refer to in one go for each kind."""
        wanted: dict[str, set[str]] = {}
        for row in rows:
            row.pop("_at", None)
            self.seen[entity.type, row["id"]] = row
            for field in entity.fields.values():
                if field.kind in REFERENCES and field.target and row[field.name]:
                    value = row[field.name]
                    wanted.setdefault(field.target, set()).update(
                        value if isinstance(value, list) else [value]
                    )
        for kind, ids in wanted.items():
            missing = [i for i in ids if (kind, i) not in self.seen]
            found = self.reader.many(registry[kind], missing) if missing else {}
            self.seen |= {(kind, i): found.get(i) for i in missing}
        if rows and not entity.system:
            self._disputes([row["id"] for row in rows])
        return rows

    def _disputes(self, ids: list[str]) -> None:
        if not self.waiting.disputed:
            self.disputed |= dict.fromkeys(ids, False)
            return
        entity = registry["conflict"]
        c = entity.table.c
        clauses: Any = [c.rec.in_(ids), c.open.is_(True)]
        found = {row["rec"] for row in self.reader.related(entity, clauses, [c.id], 1000)}
        self.disputed |= {id_: id_ in found for id_ in ids}


def _question(asked: dict[str, Any]) -> Asked:
    name, direction = asked.get("sort") or ("", "asc")
    return Asked(
        words=asked.get("words") or [],
        filters=asked.get("filters") or {},
        sort=name or "",
        descending=direction == "desc",
        after=unpack(asked.get("after")),
        limit=asked.get("limit") or 50,
        where=asked.get("where"),
    )


def pack(after: list[Any]) -> str:
    """A place in a list as text for the address bar."""
    text = json.dumps(after, ensure_ascii=False, separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def unpack(text: str | None) -> list[Any] | None:
    """The place, or None for the beginning: also when somebody made the text up."""
    if not text:
        return None
    try:
        found = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    except (binascii.Error, ValueError, RecursionError):
        return None
    fine = isinstance(found, list) and len(found) == 2 and isinstance(found[1], str)
    return found if fine and all(map(_is_plain, found)) else None


def _is_plain(value: Any) -> bool:
    if type(value) is str:
        return not UNFIT.search(value)
    return value is None or (type(value) in (int, float) and abs(value) < 2**53)
