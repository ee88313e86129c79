"""An organisation of its own for each run, so that one database serves hundreds of them."""

from __future__ import annotations

import json
from itertools import count
from random import Random
from typing import Any

from sqlalchemy import insert, text

from server.core.bulk import bulk
from server.core.db import reading, writing
from server.core.identity import LOGIN, ORGANISATION, new_token
from server.core.permissions import Viewer
from server.core.roles import IDS, built_in
from server.core.viewing import viewer_of
from tests.people import PEOPLE, TEAMS

_numbers = count(100)
ROLES = ("seller", "technician", "manager", "office", "seller")
TEAM_NAMES = sorted(TEAMS)
PERSON = text("SELECT roles, team FROM person WHERE org = :org AND id = :id")


class House:
    """Names to ids and tokens; every id is of this run alone, in an order that the seed gives."""

    def __init__(self, seed: int) -> None:
        self.org = next(_numbers)
        self.dice = Random(seed)
        self.made = 0
        self.ids: dict[str, str] = {}
        self.tokens: dict[str, str] = {}
        self._hire()

    def __getitem__(self, name: str) -> str:
        return self.ids[name]

    def id(self) -> str:
        self.made += 1
        chance = self.dice.getrandbits(32)
        return f"{self.org:08x}-0000-7000-8000-{self.made:04x}{chance:08x}"

    def shuffled_id(self) -> str:
        """One that sorts anywhere, as those of devices whose clocks are wrong do."""
        return f"{self.org:08x}-{self.dice.getrandbits(16):04x}-7000-8000{self.id()[23:]}"

    def _hire(self) -> None:
        names = [*set_of(TEAMS.values()), *TEAMS, *PEOPLE]
        self.ids = {name: self.id() for name in names}
        rows = built_in()
        rows += [("branch", {"id": self[b], "name": b}) for b in set_of(TEAMS.values())]
        rows += [("team", {"id": self[t], "name": t, "branch": self[b]}) for t, b in TEAMS.items()]
        for name, (role, team) in PEOPLE.items():
            values = {"id": self[name], "name": name, "roles": [IDS[role]], "team": self[team]}
            rows.append(("person", values | {"lang": "en", "active": True}))
        rows += self._furniture()
        with writing() as connection:
            row = {"id": self.org, "name": "Simulated", "ver": 0, "lang": "en",
                   "currency": "EUR", "region": "IL", "zone": "UTC"}  # fmt: skip
            connection.execute(insert(ORGANISATION), [row])
            bulk(connection, self.org, rows, None)
            for name in PEOPLE:
                login = {"person": self[name], "org": self.org, "password": "-",
                         "email": f"{name}@{self.org}.example", "disabled": False}  # fmt: skip
                connection.execute(insert(LOGIN), [login])
                self.tokens[name] = new_token(connection, self[name], self.org)

    def _furniture(self) -> list[tuple[str, dict[str, Any]]]:
        """A few files to begin with, some of each team."""
        rows: list[tuple[str, dict[str, Any]]] = []
        for owner, team in (("olive", "north"), ("olive", "north"), ("sam", "south")):
            whose = {"owner": self[owner], "team": self[team]}
            file = {"id": self.id(), "name": f"File {len(rows)}", "notes": "a\nb\nc\nd"} | whose
            rows.append(("account", file))
            child = {"id": self.id(), "name": "Dana", "account": file["id"]}
            rows.append(("contact", child | whose))
        gauge = {"id": self.id(), "name": "Gauge", "stock": 20}
        return [*rows, ("gauge", gauge | {"owner": self["olive"], "team": self["north"]})]

    def viewer(self, name: str) -> Viewer:
        """The person as of now."""
        with reading() as connection:
            person = {"org": self.org, "id": self[name]}
            roles, team = connection.execute(PERSON, person).one()
            doc = {"team": team, "roles": json.loads(roles)}
            return viewer_of(connection, self.org, self[name], doc)


def set_of(names: Any) -> list[str]:
    return sorted(set(names))
