"""Random lives of several devices. After any of them the promises of PROTOCOL.md must hold."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select

from server.core.db import Base, reading, writing
from server.core.ledger import Op
from server.core.permissions import held_keys
from server.core.registry import registry
from server.sync.cursor import unseal
from tests.support.device import Client

from .cast import TEAMS, Cast, hire

NAMES = ("olive", "carl", "sam", "tara")
TEAM_NAMES = sorted(TEAMS)
NOTES = ("a\nB\nc", "A\nb\nc", None)
Step = tuple[str, int, int, int]
steps = st.lists(
    st.tuples(
        st.sampled_from(
            ["account", "contact", "task", "city", "notes", "tag", "untag", "owner", "team",
             "assign", "done", "delete", "restore", "join", "sync", "sync", "round", "replay"]
        ),
        st.integers(0, len(NAMES) - 1), st.integers(0, 7), st.integers(0, 7),
    ),
    max_size=40,
)  # fmt: skip


class World:
    """The devices, and everything that was ever asked for."""

    def __init__(self, app: Flask, cast: Cast, limit: int) -> None:
        self.cast = cast
        made = [(name, f"{name}-{n}") for n, name in enumerate((*NAMES, "olive"))]
        self.clients = [
            Client(app.test_client(), cast.tokens[name], device, limit=limit, skew=(n - 2) * 3_600)
            for n, (name, device) in enumerate(made)
        ]
        self.names = [name for name, _ in made]
        self.ada = Client(app.test_client(), cast.tokens["ada"], "ada-1")
        self.sent: list[tuple[Client, list[dict[str, Any]]]] = []
        self.reached: Counter[int] = Counter()

    def step(self, what: str, who: int, which: int, how: int) -> None:
        client = self.clients[who]
        if what in ("sync", "round", "replay", "join"):
            getattr(self, f"_{what}")(who, client, how)
            return
        kind = {"contact": "contact", "task": "task", "assign": "task", "done": "task"}.get(what)
        recs = sorted(i for i, row in client.rows.items() if row[0] == (kind or "account"))
        if what in ("account", "contact", "task"):
            files = sorted(i for i, row in client.rows.items() if row[0] == "account")
            self._make(client, what, files[which % len(files)] if files else None, how)
        elif recs:
            self._write(client, what, recs[which % len(recs)], how)

    def _make(self, client: Client, what: str, file: str | None, how: int) -> None:
        if what == "account":
            client.new("account", name=f"Account {how}", tags=["x"], notes="a\nb\nc")
        elif what == "task":
            assignee = self.cast[NAMES[how % len(NAMES)]]
            client.new("task", title="Call", account=file, assignee=assignee)
        elif file:
            client.new("contact", name=f"Contact {how}", account=file)

    def _write(self, client: Client, what: str, rec: str, how: int) -> None:
        person, team = self.cast[NAMES[how % 4]], self.cast[TEAM_NAMES[how % 3]]
        writes: dict[str, Callable[[], Any]] = {
            "city": lambda: client.set("account", rec, "city", f"City {how}"),
            "notes": lambda: client.set(
                "account", rec, "notes", ["a\nB\nc", "A\nb\nc", None][how % 3]
            ),
            "tag": lambda: client.op("add", "account", rec, f="tags", v=f"t{how}"),
            "untag": lambda: client.op("rem", "account", rec, f="tags", v=f"t{how}"),
            "owner": lambda: client.set("account", rec, "owner", person),
            "team": lambda: client.set("account", rec, "team", team),
            "assign": lambda: client.op("do", "task", rec, f="hand_over", v={"assignee": person}),
            "done": lambda: client.op("do", "task", rec, f="complete"),
            "delete": lambda: client.op("del", "account", rec),
            "restore": lambda: client.set("account", rec, "deleted", False),
        }
        writes[what]()

    def _round(self, who: int, client: Client, how: int) -> None:
        self.sent.append((client, list(client.outbox)))
        answer = client.round(have_more=how == 0)
        cursor = unseal(self.cast.viewer(self.names[who]), client.cursor)
        if cursor and not answer.get("reset"):
            assert cursor.ver >= self.reached[who]  # invariant 7
        self.reached[who] = cursor.ver if cursor else 0

    def _sync(self, who: int, client: Client, how: int) -> None:
        self._round(who, client, 1)
        client.sync()

    def _replay(self, who: int, client: Client, how: int) -> None:
        """Some earlier request again, its answer lost."""
        if self.sent:
            again, ops = self.sent[how % len(self.sent)]
            before = versions()
            assert again.post(ops=ops).status_code == 200
            assert versions() == before  # invariant 13

    def _join(self, who: int, client: Client, how: int) -> None:
        self.ada.sync()
        self.ada.set("person", self.cast[self.names[who]], "team", self.cast[TEAM_NAMES[how % 3]])
        self.ada.sync()

    def settle(self) -> None:
        for _ in range(2):
            for client in self.clients:
                client.sync()


def versions() -> list[Any]:
    with reading() as connection:
        return list(connection.execute(Base.metadata.tables["organisation"].select()).all())


def visible(cast: Cast, name: str) -> dict[str, tuple[str, int]]:
    """id → (type, ver) of what a person's phone should hold, by the records' own keys."""
    keys, found = held_keys(cast.viewer(name)), {}
    with reading() as connection:
        for kind, spec in registry.entities.items():
            c = spec.table.c
            rows = select(c.id, c.ver, c["keys"]).where(c.org == cast.orgs[name])
            for id_, ver, held in connection.execute(rows):
                if keys & set(json.loads(held)):
                    found[id_] = (kind, ver)
    return found


def ledger() -> Counter[str]:
    with reading() as connection:
        return Counter(connection.execute(select(Op.id)).scalars())


@pytest.fixture
def fresh_cast(app: Flask) -> Callable[[], Cast]:
    """Empties the tables, then hires everybody anew."""

    def make() -> Cast:
        with writing() as connection:
            for table in reversed(Base.metadata.sorted_tables):
                connection.execute(delete(table))
        return hire()

    return make


@settings(
    max_examples=25, deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
@given(steps=steps, limit=st.sampled_from([1, 2, 3, 4, 2000]))
def test_promises(
    app: Flask, fresh_cast: Callable[[], Cast], steps: list[Step], limit: int
) -> None:
    world = World(app, fresh_cast(), limit)
    for step in steps:
        world.step(*step)
    world.settle()
    noted = ledger()
    for name, client in zip(world.names, world.clients, strict=True):
        held = {id_: row[:2] for id_, row in client.rows.items()}
        assert held == visible(world.cast, name)  # invariants 1 and 6
        again = Client(client.http, client.token, "fresh")
        last = again.sync(want_sums=True)
        assert again.rows == client.rows  # 11
        assert last["sums"] == client.sums()  # 12
        assert all(noted[id_] == 1 for id_ in client.results)  # 2
        assert not client.outbox  # 10
