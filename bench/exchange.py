"""Files in and out: how long a hundred thousand rows take, and how much memory."""

from __future__ import annotations

import csv
import io
import resource
import tempfile
import time
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import select
from werkzeug.datastructures import FileStorage

from bench.data import Population
from server.core.db import db, reading, writing
from server.core.identity import Signed, by_token
from server.core.oneself import me
from server.core.reading import Asked
from server.core.registry import registry

GOAL = 120.0  # seconds for 100,000 rows
CITIES = ("Haifa", "Jaffa", "Acre", "Lod")


def measure(app: Flask, people: Population, rows: int, engine: str) -> None:
    with app.app_context():
        print(f"\n{engine}, {rows:,} rows{'':22}{'s':>9}{'MB':>9}")
        with reading() as connection:
            signed = by_token(connection, people.seller_token)
        assert signed is not None
        for form in ("csv", "xlsx", "json", "vcf"):
            _say(f"export, {form}", *_timed(lambda form=form: _export(signed, form)))
        data = _file(rows)
        ids: list[str] = []
        _say("import, reading the file", *_timed(lambda: ids.append(_take(signed, data))))
        _say("import, new records", *_timed(lambda: _run(ids[0])), goal=GOAL * rows / 100_000)
        ids.append(_take(signed, _file(rows, "Ramla")))
        _say("import, changing them", *_timed(lambda: _run(ids[1])))
        _say("undoing that", *_timed(lambda: _undo(ids[1])))


def _timed(work: Any) -> tuple[float, float]:
    started = time.perf_counter()
    work()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return time.perf_counter() - started, peak


def _say(what: str, seconds: float, peak: float, goal: float | None = None) -> None:
    verdict = "" if goal is None else "  ok" if seconds <= goal else f"  over {goal:.0f}"
    print(f"{what:<46}{seconds:9.1f}{peak:9.0f}{verdict}", flush=True)


def _export(signed: Signed, form: str) -> None:
    from server.exchange.leaving import Wish
    from server.exchange.producing import Export
    from server.exchange.rights import columns

    entity = registry["account"]
    wish = Wish(entity, Asked(sort="name"), False, columns(entity))
    export = Export(signed, me(signed, 14), wish, form)
    with tempfile.TemporaryFile() as file:
        for piece in _outside(export):
            file.write(piece)


def _outside(export: Any) -> Any:
    from server.exchange.producing import PRODUCERS, Leaving, Voice

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
    from server.exchange import keeping, taking

    file = FileStorage(io.BytesIO(data), filename="bench.csv")
    id_ = taking.take(signed.viewer, registry["account"], file)
    with writing() as connection:
        plan = keeping.one(connection, signed.viewer, id_).plan
        keeping.put(connection, id_, plan=plan | {"keys": ["email"]})
    return id_


def _run(id_: str) -> None:
    from server.exchange import running

    _start(id_, running)
    running.run(id_, _row(id_).turn)
    assert _row(id_).status == "done", _row(id_).error


def _undo(id_: str) -> None:
    from server.exchange import undoing

    _start(id_, undoing)
    undoing.undo(id_, _row(id_).turn)
    assert _row(id_).status == "undone"


def _start(id_: str, kind: Any) -> None:
    with writing() as connection:
        kind.start(connection, _row(id_))


def _row(id_: str) -> Any:
    from server.exchange.tables import IMPORTING

    with db.engine.connect() as connection:
        return connection.execute(select(IMPORTING).where(IMPORTING.c.id == id_)).one()


def prepared(url: str, folder: Path, accounts: int) -> tuple[Flask, Population]:
    """The app on a database that is filled."""
    from bench.data import populate
    from server.app import create_app
    from server.core.config import load

    settings = load({"DATABASE_URL": url, "KESHER_DATA": str(folder)})
    return create_app(settings), populate(settings, accounts)
