"""Bringing files in as a person does, page by page."""

from __future__ import annotations

import csv
import io
import re
from typing import Any

import orjson
from sqlalchemy import select

from server.core import working
from server.core.db import db, reading
from server.core.registry import registry
from server.exchange.tables import IMPORTING
from tests.people import Browser, Stage

SELECTED = re.compile(r'name="to-(\d+)".*?</select>', re.DOTALL)
OPTION = re.compile(r'<option value="([^"]*)" selected>')


def table(*rows: list[Any]) -> bytes:
    """CSV as any program writes it."""
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue().encode()


class Bringing:
    """One import of one person; what the pages guessed is taken, unless it is said otherwise."""

    def __init__(
        self, stage: Stage, name: str, kind: str, data: bytes, file: str = "a.csv"
    ) -> None:
        self.browser: Browser = stage.browser(name)
        self.answer = self.browser.post("/imports/", of=kind, file=(io.BytesIO(data), file))
        self.id = self.answer.headers.get("Location", "").rpartition("/")[2]

    def guessed(self) -> list[str]:
        """Targets by column."""
        page = self.browser.get(f"/imports/{self.id}").text
        found = (OPTION.search(one[0]) for one in SELECTED.finditer(page))
        return [one[1] if one else "" for one in found]

    def map(self, *targets: str, **fields: Any) -> Any:
        given: dict[str, Any] = {f"to-{at}": to for at, to in enumerate(targets or self.guessed())}
        owner = "column" if "owner" in given.values() else "me"
        given |= {"mode": "both", "owner": owner, "dates": "day"} | fields
        self.answer = self.browser.post(f"/imports/{self.id}/mapping", **given)
        return self.answer

    def preview(self) -> str:
        return self.browser.get(f"/imports/{self.id}/preview").text

    def do(self, noun: str) -> Any:
        return self.browser.post(f"/imports/{self.id}/{noun}")

    def run(self) -> Any:
        """Start it, and carry out what is to be done."""
        assert self.do("running").status_code == 303
        carry_out()
        return self.row()

    def row(self) -> Any:
        with reading() as connection:
            return connection.execute(select(IMPORTING).where(IMPORTING.c.id == self.id)).one()

    def report(self, query: str = "") -> list[list[str]]:
        text = self.browser.get(f"/imports/{self.id}/report{query}").data.decode("utf-8-sig")
        return list(csv.reader(io.StringIO(text, newline="")))


def carry_out() -> None:
    """All jobs that are due."""
    while jobs := working.due(db.engine):
        for id_ in jobs:
            working.run(db.engine, id_)


def records(kind: str, **wanted: Any) -> list[dict[str, Any]]:
    """Undeleted records as they are stored, whoever may see them."""
    c = registry[kind].table.c
    query = select(c.id, c.doc, c["keys"]).where(c.deleted.is_(False))
    with reading() as connection:
        rows = [
            {**orjson.loads(doc), "id": id_, "keys": keys}
            for id_, doc, keys in connection.execute(query)
        ]
    return [row for row in rows if all(row[name] == value for name, value in wanted.items())]
