"""One portion of an import: what is new in bulk, what is there through the door, all in one
transaction with the account of what became of each row."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import orjson
from sqlalchemy import Connection, select
from uuid_utils.compat import uuid7

from server.core.bulk import bulk
from server.core.clock import instant, now_ms
from server.core.ledger import Organisation
from server.core.permissions import Viewer
from server.core.push import Author, Push
from server.core.reading import Reader, Row
from server.core.registry import registry
from server.core.sights import masked
from server.core.work import chunks

from .ahead import Ahead
from .matching import Known
from .plan import Plan
from .preparing import Fault, Line
from .referring import refer

ORGANISATIONS: Any = Organisation.__table__
MADE, CHANGED, SAME, REFUSED = "made", "changed", "same", "refused"


@dataclass
class Outcome:
    """What became of a row; `changes` are {field: [before, after]}."""

    line: Line
    status: str
    rec: str | None = None
    faults: list[Fault] = field(default_factory=list)
    changes: dict[str, list[Any]] = field(default_factory=dict)


class Portion:
    """`teams` are of the people to whom records may be given; `defaults` stand where nothing does
    in the file; `ahead` knows what the lines are about, if anybody has looked."""

    def __init__(
        self, connection: Connection, viewer: Viewer, plan: Plan, defaults: Row,
        teams: dict[str, str | None], device: str, ahead: Ahead | None = None,
    ) -> None:  # fmt: skip
        self.connection, self.viewer, self.plan, self.device = connection, viewer, plan, device
        self.defaults, self.teams, self.entity = defaults, teams, plan.entity
        query = select(ORGANISATIONS).where(ORGANISATIONS.c.id == viewer.org)
        self.unread = masked(viewer.rights, plan.entity.type)
        self.organisation = connection.execute(query).one()
        self.reader = Reader(connection, viewer, self.organisation.lang)
        self.now, self.ahead = instant(now_ms()), ahead
        self.born: dict[str, Row] = {}
        self.ops: list[dict[str, Any]] = []

    def prepare(self, lines: list[Line]) -> list[Outcome]:
        """What would become of each."""
        lang = self.organisation.lang
        refer(self.reader, lang, self.entity, lines)
        self.ahead = self.ahead or Ahead(self.plan, lang, lines)
        self.ahead.look(self.reader, self.organisation.ver)
        self.known = self.ahead.known(self.reader, lines)
        return [self._one(line, self.known) for line in lines]

    def _one(self, line: Line, known: Known) -> Outcome:
        if line.faults:
            return Outcome(line, REFUSED, faults=line.faults)
        ids = known.record(line)
        if len(ids) > 1:
            return Outcome(line, REFUSED, faults=[(None, "twice")])
        if self.plan.mode == "update" and not any(known.tokens(line)):
            return Outcome(line, REFUSED, faults=[(None, "no_key")])
        if ids:
            return self._change(line, next(iter(ids)), known)
        return self._make(line, known)

    def _make(self, line: Line, known: Known) -> Outcome:
        if self.plan.mode == "update":
            return Outcome(line, REFUSED, faults=[(None, "no_match")])
        doc = self._usual(line) | self.defaults | line.values
        missing: list[Fault] = [
            (f.name, "required") for f in self.entity.fields.values()
            if f.required and not f.readonly and doc.get(f.name) in (None, "", [])
        ]  # fmt: skip
        if missing:
            return Outcome(line, REFUSED, faults=missing)
        id_ = str(uuid7())
        self.born[id_] = doc
        known.add(id_, self.entity.blank() | doc | {"id": id_}, line)
        return Outcome(line, MADE, id_)

    def _usual(self, line: Line) -> Row:
        """Defaults as the door gives them; the team is that of the owner."""
        owner = self._owner(line)
        words = {"me": self.viewer.id, "now": self.now, "today": self.now[:10]}
        found = {
            name: words[one.default] for name, one in self.entity.fields.items()
            if isinstance(one.default, str) and one.default in words and not one.readonly
        }  # fmt: skip
        team = self.teams.get(owner, self.viewer.team)
        return self.entity.usual() | found | {"owner": owner, "team": team}

    def _owner(self, line: Line) -> str:
        people = self.plan.people
        if self.plan.owner in ("fixed", "round") and people:
            return people[(line.n - 1) % len(people)] if self.plan.owner == "round" else people[0]
        return str(line.values.get("owner") or self.viewer.id)

    def _change(self, line: Line, id_: str, known: Known) -> Outcome:
        if self.plan.mode == "create":
            return Outcome(line, REFUSED, id_, faults=[(None, "is_there")])
        doc = known.docs[id_]
        line.values = {n: v for n, v in line.values.items() if n not in self.unread}
        changes = {n: [doc[n], v] for n, v in line.values.items() if doc[n] != v}
        if not changes:
            return Outcome(line, SAME, id_)
        known.docs[id_] = doc | {name: after for name, (_, after) in changes.items()}
        if id_ in self.born:
            self.born[id_] |= {name: after for name, (_, after) in changes.items()}
        else:
            self.ops += self._operations(id_, doc["ver"], changes, f"row {line.n}")
        return Outcome(line, CHANGED, id_, changes=changes)

    def _operations(self, id_: str, ver: int, changes: Row, group: str) -> list[dict[str, Any]]:
        return [
            {"id": str(uuid7()), "g": group, "k": "set", "type": self.entity.type, "rec": id_,
             "f": name, "v": after, "base": ver, "t": now_ms()}
            for name, (_, after) in changes.items()
        ]  # fmt: skip

    def write(self, outcomes: list[Outcome]) -> set[str]:
        """Into the tables. Files that may have to be opened to somebody, to be looked at after."""
        if self.born:
            rows = [(self.entity.type, {"id": id_, **doc}) for id_, doc in self.born.items()]
            above = self._above()
            bulk(self.connection, self.viewer.org, rows, self.viewer.id, self.device, above)
        if self.ops:
            author = Author(self.viewer, self.device, road="import")
            results = Push(self.connection, author, set()).run(self.ops)
            self._refuse(outcomes, [r for r in results if r.status == "rejected"])
        if self.ahead:
            self._noted(self.ahead, {one.rec for one in outcomes})
        return self._opened()

    def _noted(self, ahead: Ahead, recs: set[str | None]) -> None:
        mine = ORGANISATIONS.c.id == self.viewer.org
        ver = self.connection.execute(select(ORGANISATIONS.c.ver).where(mine)).scalar_one()
        ahead.wrote((doc for id_, doc in self.known.docs.items() if id_ in recs), ver)

    def _refuse(self, outcomes: list[Outcome], refused: list[Any]) -> None:
        """What the door did not take, with its reason; of a row all or nothing was taken."""
        groups = {op["id"]: op["g"] for op in self.ops}
        reasons: dict[str, list[Fault]] = {}
        for one in refused:
            if one.code != "group":
                reasons.setdefault(groups[one.id], []).append((one.field, one.code))
        for outcome in outcomes:
            faults = reasons.get(f"row {outcome.line.n}")
            if faults:
                outcome.status, outcome.faults, outcome.changes = REFUSED, faults, {}

    def _above(self) -> dict[str, list[str]]:
        """The keys of files that are here already, which new records carry as well."""
        parent = self.entity.parent
        if not parent:
            return {}
        target = registry[self.entity.fields[parent].target or ""]
        table = target.table
        found: dict[str, list[str]] = {}
        for some in chunks(doc[parent] for doc in self.born.values() if doc.get(parent)):
            query = select(table.c.id, table.c["keys"])
            query = query.where(*target.here(self.viewer.org), table.c.id.in_(some))
            found |= {id_: orjson.loads(keys) for id_, keys in self.connection.execute(query)}
        return found

    def _opened(self) -> set[str]:
        parent = self.entity.parent
        if not (self.entity.shares and parent):
            return set()
        return {doc[parent] for doc in self.born.values() if doc.get(parent)}
