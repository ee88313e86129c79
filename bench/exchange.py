"""Files in and out: how long a hundred thousand rows take, and how much memory."""

from __future__ import annotations

import csv
import io
import resource
import tempfile
import time
from typing import Any

from sqlalchemy import select
from werkzeug.datastructures import FileStorage

from bench.data import Population
from server.app import create_app
from server.core.config import Settings
from server.core.db import db, reading, writing
from server.core.identity import Signed, by_token
from server.core.oneself import me
from server.core.reading import Asked
from server.core.registry import registry
from server.exchange import keeping, running, taking, turning, undoing
from server.exchange.leaving import Wish
from server.exchange.producing import PRODUCERS, Export, Leaving, Voice
from server.exchange.rights import columns
from server.exchange.tables import IMPORTING

GOAL = 120.0  # seconds for 100,000 rows
Spent = tuple[float, float, float]  # seconds, of them of our processor, and most MB
MANY = 100_000  # accounts, beyond which one kind of file tells enough
CITIES = ("Haifa", "Jaffa", "Acre", "Lod")


def measure(settings: Settings, people: Population, rows: int, engine: str) -> None:
    with create_app(settings).app_context():
        print(f"\n{engine}, {len(people.accounts):,} accounts, files of {rows:,} rows")
        print(f"{'':46}{'s':>9}{'cpu s':>9}{'MB':>9}")
        with reading() as connection:
            signed = by_token(connection, people.seller_token)
        assert signed is not None
        many = len(people.accounts) > MANY
        for form in ("csv",) if many else ("csv", "xlsx", "json", "vcf"):
            _say(f"export of all, {form}", _timed(lambda form=form: _export(signed, form)))
        goal, ids = GOAL * rows / 100_000, list[str]()
        _say("import, reading the file", _timed(lambda: ids.append(_take(signed, _file(rows)))))
        _say("import, new records", _timed(lambda: _carry(ids[0], keeping.RUNNING)), goal)
        _say("undoing that", _timed(lambda: _carry(ids[0], keeping.UNDOING)), goal)
        _carry(_take(signed, _file(rows)), keeping.RUNNING)  # again, to be changed
        ids.append(_take(signed, _file(rows, "Ramla")))
        _say("import, changing them", _timed(lambda: _carry(ids[1], keeping.RUNNING)), goal)
        _say("undoing that", _timed(lambda: _carry(ids[1], keeping.UNDOING)), goal)


def _timed(work: Any) -> Spent:
    """What the database's own processes spend is not in the second."""
    started, before = time.perf_counter(), _processor()
    work()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return time.perf_counter() - started, _processor() - before, peak


def _processor() -> float:
    who = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return sum(sum(resource.getrusage(one)[:2]) for one in who)


def _say(what: str, spent: Spent, goal: float | None = None) -> None:
    verdict = "" if goal is None else "  ok" if spent[0] <= goal else f"  over {goal:.0f}"
    seconds, processor, peak = spent
    print(f"{what:<46}{seconds:9.1f}{processor:9.1f}{peak:9.0f}{verdict}", flush=True)


def _export(signed: Signed, form: str) -> None:
    entity = registry["account"]
    wish = Wish(entity, Asked(sort="name"), False, columns(entity))
    export = Export(signed, me(signed, 14), wish, form)
    with tempfile.TemporaryFile() as file:
        for piece in _outside(export):
            file.write(piece)


def _outside(export: Any) -> Any:
    with reading() as connection:
        leaving = Leaving(connection, export.signed.viewer, export.me["lang"])
        yield from PRODUCERS[export.form](export, leaving, Voice(export.me, leaving.title))


def _file(rows: int, city: str = "") -> bytes:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["Name", "Phone", "E-mail", "City", "Street", "Tags", "Relation", "Notes"])
    for n in range(rows):
        writer.writerow([
            f"Customer {n}", f"052-{n:07}", f"c{n}@example.org", city or CITIES[n % 4],
            f"Street {n % 500}", "new, fair", "Customer", "Met at the fair.",
        ])  # fmt: skip
    return out.getvalue().encode()


def _take(signed: Signed, data: bytes) -> str:
    file = FileStorage(io.BytesIO(data), filename="bench.csv")
    id_ = taking.take(signed.viewer, registry["account"], file)
    with writing() as connection:
        plan = keeping.one(connection, signed.viewer, id_).plan
        keeping.put(connection, id_, plan=plan | {"keys": ["email"]})
    return id_


def _carry(id_: str, status: str) -> None:
    """As its worker does, here."""
    with writing() as connection:
        turning.start(connection, _row(id_), status)
    work = running.run if status == keeping.RUNNING else undoing.undo
    work(id_, _row(id_).turn)
    row = _row(id_)
    assert row.status in (keeping.DONE, keeping.UNDONE) and not row.refused + row.kept, row


def _row(id_: str) -> Any:
    with db.engine.connect() as connection:
        return connection.execute(select(IMPORTING).where(IMPORTING.c.id == id_)).one()
