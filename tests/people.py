"""The cast: people with different rights in one organisation, and a stranger in another one.

Around them there is always noise: files of a team that none of them belongs to, and files of the
other organisation. Whatever a browser or a program is given is searched for it, so that a
forgotten filter fails wherever it is forgotten.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from json import loads
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import insert, select, update
from uuid_utils.compat import uuid7
from werkzeug.test import TestResponse

from server.core.bulk import bulk
from server.core.config import load
from server.core.db import db, writing
from server.core.identity import LOGIN, ORGANISATION, SESSION, new_session, new_token
from server.core.permissions import Viewer
from server.core.registry import registry
from server.core.roles import IDS, built_in
from server.core.viewing import viewer_of
from tests import samples
from tests.samples import Whose
from tests.support.databases import Databases
from tests.support.device import Client, Op

PEOPLE = {
    "olive": ("seller", "north"),  # owns most of what happens
    "carl": ("seller", "north"),  # a colleague
    "sam": ("seller", "south"),  # a stranger from another team
    "tara": ("technician", "field"),  # comes to customers when there is a task
    "mona": ("manager", "north"),  # of the branch of north and south
    "ada": ("admin", "north"),
}
TEAMS = {"north": "centre", "south": "centre", "field": "works"}
PASSWORD = "correct horse battery"
AT = "2026-01-01T00:00:00Z"


class Cast:
    """Names to ids, tokens and viewers; `noise` are the ids of records of others."""

    def __init__(self) -> None:
        self.ids: dict[str, str] = {}
        self.tokens: dict[str, str] = {}
        self.orgs: dict[str, int] = {}
        self.noise: dict[int, list[str]] = {}

    def __getitem__(self, name: str) -> str:
        return self.ids[name]

    def viewer(self, name: str) -> Viewer:
        with writing() as connection:
            org = self.orgs[name]
            c = registry["person"].table.c
            roles, team = connection.execute(
                c.id.table.select().with_only_columns(c.roles, c.team).where(c.id == self[name])
            ).one()
            return viewer_of(connection, org, self[name], {"team": team, "roles": loads(roles)})

    def hidden_from(self, name: str) -> list[str]:
        """Ids that this person must never meet."""
        mine = self.orgs[name]
        others = [i for org, ids in self.noise.items() if org != mine for i in ids]
        return others + ([] if name in ("ada", "walt", "zed") else self.noise[mine])


def hire() -> Cast:
    """Fill an empty database; needs an app context."""
    cast = Cast()
    people = PEOPLE | {"walt": ("seller", "west")}
    _organisation(cast, 1, "Kesher Tests", TEAMS | {"west": "far"}, people)
    _organisation(cast, 2, "Somebody Else", {"theirs": "there"}, {"zed": ("admin", "theirs")})
    _noise(cast, 1, "walt", "west")
    _noise(cast, 2, "zed", "theirs")
    cast.noise[2] += [cast[one] for one in ("zed", "theirs", "there")]
    if db.engine.dialect.name == "postgresql":  # which does not see ids that were given
        with writing() as connection:
            connection.exec_driver_sql("SELECT setval('organisation_id_seq', 2)")
    return cast


def hired(url: str) -> Cast:
    """Fill the database at a URL."""
    from server.app import create_app

    with TemporaryDirectory() as data:
        app = create_app(load({"DATABASE_URL": url, "KESHER_DATA": data}))
        with app.app_context():
            cast = hire()
            db.session.remove()
            db.engine.dispose()
    return cast


def _organisation(
    cast: Cast, org: int, name: str, teams: dict[str, str], people: dict[str, tuple[str, str]]
) -> None:
    names = [*teams.values(), *teams, *people]
    cast.ids |= {one: str(uuid7()) for one in names}
    rows = built_in()
    rows += [("branch", {"id": cast[one], "name": one}) for one in sorted(set(teams.values()))]
    rows += [("team", {"id": cast[t], "name": t, "branch": cast[b]}) for t, b in teams.items()]
    for one, (role, team) in people.items():
        values = {"id": cast[one], "name": one, "roles": [IDS[role]], "team": cast[team]}
        rows.append(("person", values | {"lang": "en", "active": True}))
    with writing() as connection:
        row = {"id": org, "name": name, "ver": 0, "lang": "en", "currency": "EUR",
               "region": "IL", "zone": "UTC"}  # fmt: skip
        connection.execute(insert(ORGANISATION), [row])
        bulk(connection, org, rows, None)
        for one in people:
            cast.orgs[one] = org
            login = {"person": cast[one], "org": org, "email": f"{one}@example.org",
                     "password": "-", "disabled": False}  # fmt: skip
            connection.execute(insert(LOGIN), [login])
            cast.tokens[one] = new_token(connection, cast[one], org)


def _noise(cast: Cast, org: int, name: str, team: str) -> None:
    """Two files with everything in them, changes and conflicts included."""
    rows: list[tuple[str, dict[str, Any]]] = []
    for n in (1, 2):
        file = samples.file(Whose(cast[name], cast[team], {}), n)
        top = file[0][1]["id"]
        about = {"file": top, "owner": cast[name], "team": cast[team]}
        rows += file
        for kind, values in file:
            log = about | {"rec": values["id"], "of": kind}
            changed = {"what": "set", "fields": [["owner", None, cast[name]]], "at": AT}
            rows.append(("change", {"id": str(uuid7()), **log, **changed}))
            lost = {"field": "owner", "kept": None, "lost": cast[name], "open": True}
            rows.append(("conflict", {"id": str(uuid7()), **log, **lost}))
    cast.noise[org] = [values["id"] for _, values in rows]
    with writing() as connection:
        bulk(connection, org, rows, cast[name])


class Browser:
    """Somebody's signed-in browser, without a worker."""

    def __init__(self, app: Flask, cast: Cast, name: str) -> None:
        self.http: FlaskClient = app.test_client()
        self.hidden = cast.hidden_from(name)
        with writing() as connection:
            self.session = new_session(connection, cast[name], cast.orgs[name], "test")
            query = select(SESSION.c.csrf).where(SESSION.c.id == self.session)
            self.csrf = connection.execute(query).scalar_one()
        with self.http.session_transaction() as session:
            session["_user_id"], session["_fresh"] = self.session, True

    def get(self, path: str, /, **headers: str) -> TestResponse:
        return self.ask("GET", path, headers={k.replace("_", "-"): v for k, v in headers.items()})

    def rows(self, path: str) -> TestResponse:
        """The part of a list that htmx asks for."""
        return self.get(path, HX_Request="true", HX_Target="tbody#rows")

    def post(self, path: str, /, **fields: Any) -> TestResponse:
        """A form as this browser sends it, with the token of its session."""
        return self.ask("POST", path, data={"_t": self.csrf, **fields})

    def ask(self, method: str, path: str, **options: Any) -> TestResponse:
        """In an app context of its own: within the test's, `g` would outlive the request."""
        with self.http.application.app_context():
            answer = self.http.open(path, method=method, **options)
        assert [id_ for id_ in self.hidden if id_.encode() in answer.data] == []
        return answer


class Program(Client):
    """Somebody's program with a token, speaking the sync protocol."""

    def __init__(self, app: Flask, cast: Cast, name: str, device: str) -> None:
        super().__init__(app.test_client(), cast.tokens[name], device)
        self.hidden = cast.hidden_from(name)
        self.sent: list[Op] = []

    def send(self, body: bytes | str, **headers: str) -> Any:
        answer = super().send(body, **headers)
        assert [id_ for id_ in self.hidden if id_ in answer.text] == []
        return answer

    def do(self, k: str, kind: str, rec: str, **more: Any) -> list[Any]:
        """One operation at once; [status, code?, field?]."""
        self.sent.append(self.op(k, kind, rec, **more))
        self.round(have_more=True)
        return self.status(self.sent[-1])


class Api:
    """Somebody's program with a token, speaking to the API."""

    def __init__(self, app: Flask, cast: Cast, name: str) -> None:
        self.http = app.test_client()
        self.token, self.hidden = cast.tokens[name], cast.hidden_from(name)

    def __call__(
        self, method: str, path: str, body: Any = None, /, **headers: str
    ) -> Any:
        """One request under /api/v1; the answer is searched for what must never be met."""
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        given["Authorization"] = f"Bearer {self.token}"
        more: dict[str, Any] = {} if body is None else {"json": body}
        with self.http.application.app_context():
            answer = self.http.open(f"/api/v1{path}", method=method, headers=given, **more)
        assert [id_ for id_ in self.hidden if id_ in answer.text] == []
        return answer


class Stage:
    """The app and its cast."""

    def __init__(self, app: Flask, cast: Cast) -> None:
        self.app, self.cast = app, cast

    def browser(self, name: str) -> Browser:
        return Browser(self.app, self.cast, name)

    def program(self, name: str, device: str = "") -> Program:
        return Program(self.app, self.cast, name, device or f"{name}-{uuid7()}")

    def api(self, name: str) -> Api:
        return Api(self.app, self.cast, name)

    def whose(self, name: str, **records: str) -> Whose:
        team = (PEOPLE | {"zed": ("", "theirs")})[name][1]
        return Whose(self.cast[name], self.cast[team], records)

    def bulk(self, name: str, rows: list[tuple[str, dict[str, Any]]]) -> None:
        with writing() as connection:
            bulk(connection, self.cast.orgs[name], rows, self.cast[name])

    def file(self, name: str, n: int = 0, word: str = "Sample") -> dict[str, str]:
        """One record of every entity belonging to somebody; ids by type."""
        rows = samples.file(self.whose(name), n, word)
        self.bulk(name, rows)
        return {kind: values["id"] for kind, values in rows}

    def let_in(self, *names: str) -> None:
        """Give people the password."""
        ids = [self.cast[name] for name in names]
        with writing() as connection:
            query = update(LOGIN).where(LOGIN.c.person.in_(ids))
            connection.execute(query.values(password=_hashed()))


@cache
def _hashed() -> str:
    from server.web.auth import hash_password

    return hash_password(PASSWORD)


@contextmanager
def stage(databases: Databases, data: Path) -> Iterator[Stage]:
    """A cast on a database of its own, in an app context."""
    from server.app import create_app

    url, drop, cast = databases.filled(hired)
    app = create_app(load({"DATABASE_URL": url, "KESHER_DATA": str(data)}))
    app.testing = True
    with app.app_context():
        yield Stage(app, cast)
        db.session.remove()
        db.engine.dispose()
    drop()
