"""A server for WatermelonDB, as its documentation asks for one, on the stack that ours stands on.

WatermelonDB has none of its own. This is what a product would write: Flask behind gunicorn,
SQLAlchemy on SQLite with our pragmas, a session asked for at each request, records of the person
only, every value that arrives checked by the rules that ours are checked by, a push that is refused
whole if somebody else wrote a record since the pull, and a log with a row for each changed field.
It does not merge, does not remember operations and says nothing of single records.
"""

from __future__ import annotations

import gc
import os
import secrets
from itertools import groupby
from typing import Any

import orjson
from flask import Flask, Response, abort, current_app, make_response, request
from isal import isal_zlib
from sqlalchemy import (
    Column,
    Connection,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    bindparam,
    insert,
    select,
    update,
)

from server.core.checking import check
from server.core.clock import now_ms
from server.core.db import open_engine, reading, writing
from server.core.errors import Refused
from server.core.kinds import KINDS, UUID
from server.customers.entities import Account

OTHERS = ("owner", "team", "deleted", "created_at", "created_by", "updated_at", "updated_by")
SPECS = {name: field for name, field in Account.spec.fields.items() if name not in OTHERS}
NAMES = (*SPECS, *OTHERS)
SENT = ("id", *NAMES)
CHUNK = 500  # ids in a query

meta = MetaData()
ACCOUNT = Table(
    "account", meta, Column("id", String(36), primary_key=True),
    *(Column(name, Text) for name in NAMES),
    Column("created", Integer, nullable=False), Column("modified", Integer, nullable=False),
    Index("ix_account_mine", "owner", "modified"),
)  # fmt: skip
CHANGE = Table(
    "change", meta, Column("id", Integer, primary_key=True), Column("rec", String(36), index=True),
    Column("ver", Integer), Column("person", String(36)), Column("at", Integer),
    Column("field", Text), Column("before", Text), Column("after", Text),
)  # fmt: skip
SESSION = Table("session", meta, Column("id", String(64), primary_key=True), Column("person", Text))
COUNTER = Table("counter", meta, Column("ver", Integer, nullable=False))
NEXT = update(COUNTER).values(ver=COUNTER.c.ver + 1).returning(COUNTER.c.ver)
c = ACCOUNT.c


def fill(url: str, records: list[tuple[str, dict[str, Any]]]) -> str:
    """A database of these records, and a session of the person who owns them."""
    engine = open_engine(url)
    meta.create_all(engine)
    session = secrets.token_urlsafe(32)
    rows = [{name: doc.get(name) for name in NAMES} | {"id": i} for i, doc in records]
    with writing(engine) as connection:
        connection.execute(insert(ACCOUNT), [row | {"created": 1, "modified": 1} for row in rows])
        connection.execute(insert(COUNTER).values(ver=1))
        connection.execute(insert(SESSION).values(id=session, person=rows[0]["owner"]))
    engine.dispose()
    return session


def create_app() -> Flask:
    app = Flask(__name__)
    app.extensions["engine"] = open_engine(os.environ["PEER_DATABASE"])
    app.get("/")(page)
    app.post("/pull")(pull)
    app.post("/push")(push)
    gc.collect()  # as ours does, see server/gunicorn.py
    gc.freeze()
    gc.set_threshold(50_000)
    return app


def page() -> Response:
    """Whoever opens it is signed in."""
    answer = make_response("<!doctype html><title>bench</title>")
    answer.set_cookie("session", os.environ["PEER_SESSION"], httponly=True)
    return answer


def _person(connection: Connection) -> str:
    asked = select(SESSION.c.person).where(SESSION.c.id == request.cookies.get("session", ""))
    return connection.execute(asked).scalar() or abort(401)


def pull() -> Response:
    since = orjson.loads(request.get_data())["since"]
    with reading(current_app.extensions["engine"]) as connection:
        person = _person(connection)
        now = connection.execute(select(COUNTER.c.ver)).scalar_one()
        mine = select(*(c[name] for name in SENT), c.created)
        mine = mine.where(c.owner == person, c.modified > since)
        found = connection.execute(mine).all()
    changes: dict[str, list[Any]] = {"created": [], "updated": [], "deleted": []}
    for row in found:
        if row.deleted == "true":
            changes["deleted"].append(row.id)
        else:
            kind = "created" if row.created > since else "updated"
            changes[kind].append(dict(zip(SENT, row, strict=False)))
    return _answer({"changes": {"accounts": changes}, "timestamp": now})


def push() -> Response:
    """All or nothing. 409: somebody else wrote one of these since; pull, and try again."""
    asked = orjson.loads(request.get_data())
    sent, since = asked["changes"]["accounts"], asked["lastPulledAt"]
    given = {raw["id"]: raw for raw in [*sent["created"], *sent["updated"]]}
    given |= {id_: {"id": id_, "deleted": "true"} for id_ in sent["deleted"]}
    with writing(current_app.extensions["engine"]) as connection:
        person = _person(connection)
        known = _known(connection, list(given))
        if any(row["owner"] != person for row in known.values()):
            abort(403)
        if any(row["modified"] > since for row in known.values()):
            abort(409)
        ver = connection.execute(NEXT).scalar_one()
        _write(connection, given, known, {"ver": ver, "person": person, "at": now_ms()})
    return _answer({})


def _known(connection: Connection, ids: list[str]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for start in range(0, len(ids), CHUNK):
        asked = select(ACCOUNT).where(c.id.in_(ids[start : start + CHUNK]))
        found |= {row["id"]: row for row in connection.execute(asked).mappings()}
    return found


def _write(
    connection: Connection, given: dict[str, Any], known: dict[str, Any], about: dict[str, Any]
) -> None:
    new: list[dict[str, Any]] = []
    changed: list[dict[str, Any]] = []
    log: list[dict[str, Any]] = []
    for id_, raw in given.items():
        before = known.get(id_)
        differs = _differing(raw, before)
        for name, value in differs.items():
            was = before and before[name]
            log.append(about | {"rec": id_, "field": name, "before": was, "after": value})
        if before is None:
            new.append(_blank(id_, about) | differs)
        elif differs:
            changed.append(differs | {"_id": id_, "modified": about["ver"]})
    for names, alike in groupby(sorted(changed, key=sorted), key=sorted):
        values: dict[str, Any] = {name: bindparam(name) for name in names if name != "_id"}
        query = update(ACCOUNT).where(c.id == bindparam("_id")).values(values)
        connection.execute(query, list(alike))
    for statement, rows in ((insert(ACCOUNT), new), (insert(CHANGE), log)):
        if rows:
            connection.execute(statement, rows)


def _blank(id_: str, about: dict[str, Any]) -> dict[str, Any]:
    row = dict.fromkeys(NAMES) | {"id": id_, "owner": about["person"], "deleted": "false"}
    return row | {"created": about["ver"], "modified": about["ver"]}


def _differing(raw: dict[str, Any], before: Any) -> dict[str, Any]:
    """Of a record that is checked whole, as it comes whole, the values that are new."""
    if not UUID.fullmatch(raw["id"]):
        abort(400)
    names = [name for name in raw if name in c and name not in ("id", "owner")]
    given = {name: _checked(name, raw[name]) for name in names}
    return {name: v for name, v in given.items() if before is None or v != before[name]}


def _checked(name: str, value: Any) -> Any:
    spec = SPECS.get(name)
    if spec is None or value is None:
        return value
    try:
        if not KINDS[spec.kind].is_list:
            return check(spec, value)
        return orjson.dumps(check(spec, orjson.loads(value))).decode()
    except (Refused, orjson.JSONDecodeError):
        abort(422)


def _answer(body: Any) -> Response:
    data = orjson.dumps(body)
    answer = Response(data, mimetype="application/json")
    if len(data) > 1000:
        packer = isal_zlib.compressobj(1, isal_zlib.DEFLATED, 31)
        answer.set_data(packer.compress(data) + packer.flush())
        answer.headers["Content-Encoding"] = "gzip"
    return answer
