"""Taking an import back, from its last row to its first: what it made is deleted, what it changed
is as before. What somebody else has changed or used since is kept, and told; so is what its person
may no longer see or change."""

from __future__ import annotations

from collections import Counter
from typing import Any

import orjson
from sqlalchemy import Connection, func, select
from uuid_utils.compat import uuid7

from server.core.clock import now_ms
from server.core.custom.values import V
from server.core.db import writing
from server.core.entity import Entity
from server.core.errors import Refused
from server.core.jobs import job
from server.core.many import put_many
from server.core.permissions import Viewer
from server.core.push import Author, Push
from server.core.reading import Reader
from server.core.registry import registry
from server.core.rights import SERVER
from server.core.work import Work, chunks, load

from . import keeping
from .portion import CHANGED, MADE
from .tables import IMPORTING, ROWS
from .taken import KEPT, UNDONE, taken_back, writers
from .whose import ORGANISATIONS, device, now_of

JOB = "undo-import"
PORTION = 500  # rows of one transaction
C = IMPORTING.c
Reasons = list[list[str | None]]


@job(JOB)
def undo(import_: str, turn: int) -> None:
    while _step(import_, turn):
        pass


def _step(import_: str, turn: int) -> bool:
    """One transaction; whether there may be more to do."""
    with writing() as connection:
        whose = select(C.org).where(C.id == import_).scalar_subquery()
        connection.execute(select(ORGANISATIONS.c.id).where(ORGANISATIONS.c.id == whose)
                           .with_for_update())  # fmt: skip
        row = connection.execute(select(IMPORTING).where(C.id == import_).with_for_update()).first()
        if row is None or (row.status, row.turn) != (keeping.UNDOING, turn):
            return False
        r = ROWS.c
        query = select(ROWS).where(r.importing == import_, r.status.in_((MADE, CHANGED)))
        rows = connection.execute(query.order_by(r.n.desc()).limit(PORTION)).all()
        if not rows:
            keeping.put(connection, import_, status=keeping.UNDONE)
            return False
        try:
            results = _Taking(connection, row).all(list(rows))
        except Refused as fault:
            keeping.put(connection, import_, status=keeping.FAILED, error=fault.code)
            return False
        put_many(connection, ROWS, [
            {"importing": import_, "n": one.n, "status": KEPT if why else UNDONE, "rec": one.rec,
             "what": orjson.dumps(why).decode() if why else None}
            for one, why in zip(rows, results, strict=True)
        ])  # fmt: skip
        counts = Counter(KEPT if why else UNDONE for why in results)
        keeping.put(connection, import_, undone=row.undone + counts[UNDONE],
                    kept=row.kept + counts[KEPT])  # fmt: skip
    return True


class _Taking:
    def __init__(self, connection: Connection, row: Any) -> None:
        self.connection, self.row, self.entity = connection, row, registry[row.type]
        self.device, self.viewer = device(row.id), now_of(connection, row)
        self.ops: list[dict[str, Any]] = []  # as the person
        self.dels: list[dict[str, Any]] = []  # of what it made

    def all(self, rows: list[Any]) -> list[Reasons]:
        """Why a row was kept, or nothing, for each."""
        ids = self._seen({one.rec for one in rows})
        works = load(self.connection, self.row.org, self.entity, ids)
        used = used_by_others(self.connection, self.row.org, self.entity, ids)
        self.left = taken_back(self.connection, works.values(), self.row.id)
        found, of = list[Reasons](), dict[str, Reasons]()
        for one in rows:
            found.append(self._one(one, works.get(one.rec), used, one.rec in ids))
            of |= {op["id"]: found[-1] for op in self.ops if op["id"] not in of}
        author = Author(self.viewer, self.device, road="import")
        for result in Push(self.connection, author, set()).run(self.ops) if self.ops else []:
            if result.status == "rejected":
                of[result.id].append([result.field, result.code])
        if self.dels:
            # Whoever could bring it in can take it back, also where they may delete nothing else.
            server = Viewer(self.row.person, self.row.org, SERVER)
            Push(self.connection, Author(server, self.device, trusted=True), set()).run(self.dels)
        return found

    def _seen(self, ids: set[str]) -> set[str]:
        """Those that are still there for the person, deleted or not."""
        reader, found = Reader(self.connection, self.viewer, ""), set[str]()
        for some in chunks(ids):
            found |= reader.many(self.entity, some, len(some)).keys()
        return found

    def _one(self, one: Any, work: Work | None, used: set[str], seen: bool) -> Reasons:
        if not seen:
            return [[None, "no_match"]]
        changes = orjson.loads(one.what or "{}") if one.status == CHANGED else {}
        if work is None or (work.doc["deleted"] and "deleted" not in changes):
            return [] if one.status == MADE else [[None, "gone"]]
        if changes:
            return self._back(work, changes)
        if self._is_foreign(work):
            return [[None, "changed"]]
        if work.id in used:
            return [[None, "used"]]
        work.doc = work.doc | {"deleted": True}
        self.dels.append(self._op(work, k="del"))
        return []

    def _back(self, work: Work, changes: dict[str, list[Any]]) -> Reasons:
        kept: Reasons = []
        hidden = self.viewer.rights.hidden(self.entity.type)
        for name, (before, after) in changes.items():
            if name in hidden:
                kept.append([name, "forbidden"])
                continue
            if self.entity.fields[name].merge == "set":
                self._elements(work, name, before, after)
                continue
            if work.doc.get(name) != after:
                kept.append([name, "changed"])
                continue
            work.doc = work.doc | {name: before}
            self.ops.append(self._op(work, k="set", f=name, v=before))
        return kept

    def _elements(self, work: Work, name: str, before: list[Any], after: list[Any]) -> None:
        """One by one, so that what others have added since stays."""
        now = work.doc[name]
        added = [value for value in after if value not in before and value in now]
        taken = [value for value in before if value not in after and value not in now]
        for k, values in (("rem", added), ("add", taken)):
            if values:
                self.ops.append(self._op(work, k=k, f=name, v=values))
        work.doc = work.doc | {name: [value for value in now if value not in added] + taken}

    def _op(self, work: Work, **more: Any) -> dict[str, Any]:
        op = {"id": str(uuid7()), "type": self.entity.type, "rec": work.id, "base": work.ver}
        return op | {"t": now_ms(), **more}

    def _is_foreign(self, work: Work) -> bool:
        """Has anybody else written to it what is still there?"""
        return not writers(work) <= {self.device, *self.left.get(work.id, ())}


def used_by_others(connection: Connection, org: int, entity: Entity, ids: set[str]) -> set[str]:
    """Those of the records that something undeleted names."""
    found: set[str] = set()
    for other in registry.entities.values():
        if other.system:
            continue
        c = other.table.c
        names = ["rec"] if other.attached else [
            f.name for f in other.fields.values() if f.kind == "ref" and f.target == entity.type
        ]  # fmt: skip
        for name in names:
            living = func.coalesce(c.deleted, False).is_(False)
            custom = name in other.custom
            query = select(V.text if custom else c[name]).distinct().where(*other.here(org), living)
            if custom:
                query = query.where(V.org == org, V.rec == c.id, V.field == name, V.text.in_(ids))
            else:
                query = query.where(c[name].in_(ids))
            found |= set(connection.execute(query).scalars())
    return found
