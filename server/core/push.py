"""Push: one transaction of the door. The numbers are the steps of server/sync/PROTOCOL.md."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, bindparam, select

from .ahead import Ahead
from .applying import VERBS, apply
from .batch import Batch
from .clock import now_ms
from .custom.following import follow
from .custom.scoping import scoped
from .errors import Refused
from .finishing import Known, log_change
from .guarding import guard
from .holding import trim
from .indexer import Indexer
from .ledger import Op, Organisation
from .listening import tell
from .looking import look
from .many import insert_many
from .merge import Outcome
from .nearness import span_of
from .numbering import give
from .operations import Operation, Result
from .parting import part
from .past import Entry, Past
from .permissions import Viewer
from .persisting import dumps, save
from .prepared import Among
from .reckoning import reckon
from .registry import registry
from .rekeying import Rekeying
from .retargeting import retargeted
from .text import clean
from .uniting import unite
from .versions import raise_version
from .work import Work, chunks, load

VERBS |= {"unite": unite, "part": part, "look": look}
log = logging.getLogger(__name__)
OPS: Any = Op.__table__
ORGANISATIONS: Any = Organisation.__table__
# Asked at every push: built once.
LOCKED = select(ORGANISATIONS).where(ORGANISATIONS.c.id == bindparam("org")).with_for_update()
TAKEN = select(*(OPS.c[name] for name in ("id", "hash", "status", "ver", "code", "field")))
TAKEN = TAKEN.where(OPS.c.org == bindparam("org"), Among(OPS.c.id, "ids"))


@dataclass(frozen=True)
class Author:
    """On whose behalf and from which device something is written. `web:…` devices are browsers
    without a worker. A trusted author is the server itself: rights are not asked. `road` is how it
    came: page, sync, api, import or server; `via` the name of the device or the token."""

    viewer: Viewer
    device: str
    trusted: bool = False
    road: str = "server"
    via: str = ""


@dataclass
class Push:
    """One transaction. `failed` are ids of records whose birth was refused in this request.
    `poisoned`: these operations have made a transaction fail, and can only be refused. `coming` are
    the operations of the transaction after it."""

    connection: Connection
    author: Author
    failed: set[str]
    ledger: list[dict[str, Any]] = field(default_factory=list)
    poisoned: bool = False
    ahead: Ahead = field(default_factory=Ahead)
    coming: list[Any] | None = None

    @property
    def org(self) -> int:
        return self.author.viewer.org

    def run(self, raw_ops: list[Any]) -> list[Result]:
        organisation = self._lock()  # 1
        with scoped(self.connection, self.org, organisation.shape) as kinds:
            results = self._run(organisation, raw_ops, self.ahead.read(raw_ops, kinds))
            if self.coming:
                self.ahead.begin(self.coming, kinds)
            return results

    def _run(
        self, organisation: Any, raw_ops: list[Any], ops: list[Operation | None]
    ) -> list[Result]:
        readable = retargeted(self.connection, self.org, [op for op in ops if op])
        known = self._known(readable)  # 2
        batch = self._batch(organisation, readable)
        verdicts = self._take(batch, [op for op in readable if op.id not in known])  # 3
        self._finish(batch, organisation)  # 4
        results = []
        for raw, op in zip(raw_ops, ops, strict=True):
            if op is None:
                sent = raw.get("id") if isinstance(raw, dict) else None
                results.append(Result(sent, "rejected", batch.ver, "malformed", "id"))
            else:
                results.append(self._answer(op, known, verdicts, batch.ver))
        return results

    def _lock(self) -> Any:
        return self.connection.execute(LOCKED, {"org": self.org}).one()

    def _known(self, ops: list[Operation]) -> dict[str, tuple[str, Result]]:
        """Operations taken before: id → (hash, result)."""
        found = {}
        for some in chunks(op.id for op in ops):
            asked = {"org": self.org, "ids": some}
            for id_, hash_, status, ver, code, name in self.connection.execute(TAKEN, asked):
                found[id_] = (hash_, Result(id_, status, ver, code, name))
        return found

    def _batch(self, organisation: Any, ops: list[Operation]) -> Batch:
        works: dict[str, Work] = {}
        kinds: dict[str, set[str]] = {}
        for op in ops:
            if op.entity:
                kinds.setdefault(op.entity.type, set()).add(op.rec)
        for kind, ids in kinds.items():
            works |= load(self.connection, self.org, registry[kind], ids)
        batch = Batch(
            self.author.viewer, self.author.device, now_ms(), organisation.ver + 1,
            Past(self.connection, self.org), works, lambda kind, id_: False, self.author.trusted,
        )  # fmt: skip
        batch.known = Known(self.connection, batch)
        return batch

    def _take(self, batch: Batch, ops: list[Operation]) -> dict[str, tuple[str, Result]]:
        """Step 3: every operation or group by itself; what fails leaves no trace but its row."""
        verdicts: dict[str, tuple[str, Result]] = {}
        for group in _groups(ops, verdicts):
            saved = self._snapshot(batch, group)
            told = {op.rec: len(batch.past.told.get(op.rec, ())) for op in group}
            taken: list[tuple[Operation, Outcome]] = []
            try:
                for op in group:
                    taken.append((op, self._one(batch, op)))
                for op, outcome in taken:
                    result = Result(op.id, outcome.status, batch.ver)
                    verdicts[op.id] = (op.hash, result)
            except Refused as refusal:
                self._restore(batch, saved, told)
                del self.ledger[len(self.ledger) - len(taken) :]
                for op in group:
                    verdicts[op.id] = (op.hash, self._refuse(batch, op, refusal, group, taken))
        return verdicts

    def _one(self, batch: Batch, op: Operation) -> Outcome:
        if self.poisoned:
            raise Refused("error")
        orphan = op.verb != "new" and op.rec not in batch.works
        if op.rec in self.failed or (orphan and self._was_refused(op)):
            raise Refused("depends")
        work = batch.works.get(op.rec)
        seen = len(work.changes) if work else 0
        try:
            outcome = apply(batch, op)
            guard(self.connection, batch, batch.works.get(op.rec))
        except Refused:
            raise
        except Exception:
            log.exception("operation %s failed", op.id)
            raise Refused("error") from None
        before = {name: was for name, was, _ in (work.changes[seen:] if work else [])}
        sent = {"k": op.verb, "f": op.field, "v": op.value}
        entry = Entry(batch.ver, batch.viewer.id, batch.device, before, sent)
        batch.past.tell(op.rec, entry)
        self.ledger.append(self._row(batch, op, outcome.status, before=before))
        return outcome

    def _was_refused(self, op: Operation) -> bool:
        """Was the record's birth refused in an earlier request?"""
        c = OPS.c
        query = select(c.body).where(
            c.org == self.org, c.rec == op.rec, c.status == "rejected", c.person == self._me
        )
        bodies = self.connection.execute(query).scalars()
        return any(json.loads(body).get("k") == "new" for body in bodies)

    @property
    def _me(self) -> str:
        return self.author.viewer.id

    def _refuse(
        self, batch: Batch, op: Operation, refusal: Refused, group: list[Operation],
        taken: list[tuple[Operation, Outcome]],
    ) -> Result:  # fmt: skip
        """The culprit is refused with its reason, the rest of its group with `group`."""
        culprit = op is group[len(taken)]
        code, name = (refusal.code, clean(refusal.field) or None) if culprit else ("group", None)
        if op.verb == "new" and code != "exists":
            self.failed.add(op.rec)
        self.ledger.append(self._row(batch, op, "rejected", code, name))
        return Result(op.id, "rejected", batch.ver, code, name)

    def _row(
        self, batch: Batch, op: Operation, status: str, code: str | None = None,
        name: str | None = None, before: dict[str, Any] | None = None,
    ) -> dict[str, Any]:  # fmt: skip
        return {
            "org": self.org, "id": op.id, "person": self._me, "device": batch.device,
            "road": self.author.road, "via": self.author.via[:100],
            "ver": batch.ver, "n": len(self.ledger), "status": status, "code": code,
            "field": name, "type": op.entity.type if op.entity else None, "rec": op.rec or None,
            "hash": op.hash, "body": op.body, "at": batch.now,
            "before": dumps(before) if before else None,
        }  # fmt: skip

    def _snapshot(self, batch: Batch, group: list[Operation]) -> dict[str, Any]:
        touched = {op.rec: batch.works[op.rec].snapshot() for op in group if op.rec in batch.works}
        return {"works": touched, "born": set(batch.born)}

    def _restore(self, batch: Batch, saved: dict[str, Any], told: dict[str, int]) -> None:
        for id_, state in saved["works"].items():
            batch.works[id_].restore(state)
        for id_ in set(batch.born) - saved["born"]:
            del batch.born[id_], batch.works[id_]
        for rec, length in told.items():
            del batch.past.told.get(rec, [])[length:]

    def _finish(self, batch: Batch, organisation: Any) -> None:
        """Step 4: numbers, changes, keys, listeners; then all rows in bulk, and the version."""
        if not self.ledger:
            return
        for work in [w for w in batch.works.values() if w.touched and w.n is not None]:
            log_change(batch, work)
        give(self.connection, organisation, batch.now, batch.born.values())
        reckon([w for w in batch.works.values() if w.touched], [batch.ver, batch.now, batch.device])
        trim(self.connection, batch)
        span = span_of(organisation.zone, batch.now)
        Rekeying(self.connection, self.org, batch.works, span).run()
        tell(self.connection, batch)
        indexer = Indexer(organisation.lang, organisation.region)
        save(self.connection, self.org, batch.ver, batch.works.values(), indexer)
        insert_many(self.connection, OPS, self.ledger)
        raise_version(self.connection, self.org, batch.ver)
        follow(self.connection, batch)

    def _answer(
        self, op: Operation, known: dict[str, tuple[str, Result]],
        verdicts: dict[str, tuple[str, Result]], ver: int,
    ) -> Result:  # fmt: skip
        hash_, result = known.get(op.id) or verdicts[op.id]
        return result if hash_ == op.hash else Result(op.id, "rejected", ver, "op_reused", "id")


def _groups(ops: list[Operation], taken: dict[str, Any]) -> Iterator[list[Operation]]:
    """Neighbours with the same group together, others alone; an id met before is passed over."""
    group: list[Operation] = []
    for op in ops:
        if op.id in taken or any(op.id == other.id for other in group):
            continue
        if group and not (op.group and op.group == group[-1].group):
            yield group
            group = []
            if op.id in taken:
                continue
        group.append(op)
    if group:
        yield group
