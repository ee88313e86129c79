"""What is sensitive is nowhere but behind a mask, and is shown at a tap that is logged: the roads
of test_hidden_fields.py, and those on which somebody who manages is told of more."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

import pytest
from sqlalchemy import insert, select
from uuid_utils.compat import uuid7

from server.core.db import reading, writing
from server.core.entity import Entity
from server.core.narrowing import markable
from server.core.rights import HELD, MASKED, OPEN
from server.webhooks.tables import DELIVERY, WEBHOOK
from tests.exchange.bringing import Bringing, records, table
from tests.people import Stage
from tests.support.due import work_off

from .test_hidden_fields import MINE, SECRET, SHOWN, not_found, say, secrets, seen


def mark(stage: Stage, entity: Entity) -> list[str]:
    """Whatever can be is sensitive from now on."""
    ada, names = stage.program("ada"), markable(entity)
    for name in names:
        values = {"of": entity.type, "field": name, "sensitive": True}
        assert ada.do("new", "field_mark", str(uuid7()), v=values) == ["ok"]
    work_off(0)  # what is found by search is made anew
    return names


def listen(stage: Stage) -> None:
    """A webhook that is told of everything."""
    row = {"id": str(uuid7()), "org": stage.cast.orgs["ada"], "name": "", "secret": "s",
           "url": "https://hook.example", "kinds": [], "enabled": True,
           "created_at": datetime.now(UTC)}  # fmt: skip
    with writing() as connection:
        connection.execute(insert(WEBHOOK), [row])


def seen_by_ada(stage: Stage, entity: Entity, id_: str) -> str:
    """What else whoever manages is told: webhooks, and the audit log."""
    ada = stage.browser("ada")
    with reading() as connection:
        bodies = list(connection.execute(select(DELIVERY.c.body)).scalars())
    assert bodies
    told = [*bodies, ada.get("/audit/").text, ada.get("/audit/log").text]
    assert "<li><header>" not in ada.get("/audit/?q=zqxjkv").text
    told += [ada.get(f"/{entity.path}/{id_}").text, ada.get(f"/{entity.path}/export").text]
    return "\n".join(told)


@pytest.mark.parametrize("entity", MINE, ids=lambda entity: entity.type)
def test_what_is_sensitive_is_shown_at_a_tap_alone(fresh: Stage, entity: Entity) -> None:
    id_, values = fresh.file("olive")[entity.type], secrets(entity)
    names = mark(fresh, entity)
    listen(fresh)
    ada = fresh.program("ada")
    ada.sync()
    for name in values.keys() & {*names}:
        assert ada.do("set", entity.type, id_, f=name, v=values[name]) == ["ok"]
    told = seen(fresh, entity, id_) + seen_by_ada(fresh, entity, id_)
    assert [one for one in SHOWN if one in told] == []
    assert "••••" in told
    not_found(fresh, entity, id_, names)
    name = next(name for name in values if name in names)
    olive, path = fresh.browser("olive"), f"/{entity.path}/{id_}"
    shown = olive.post(f"{path}/showing", field=name).text
    assert any(one in shown for one in SHOWN)
    log = fresh.browser("ada").get(f"/audit/?person={fresh.cast['olive']}").text
    assert "Looked at" in log and path in log
    strangers = fresh.browser("sam").post(f"{path}/showing", field=name)
    assert strangers.status_code == 404


def account_with(stage: Stage, state: str | None) -> str:
    """An account whose e-mail is sensitive, and what sellers' role says of it."""
    account = next(one for one in MINE if one.type == "account")
    id_ = stage.file("olive")["account"]
    mark(stage, account)
    ada = stage.program("ada")
    ada.sync()
    assert ada.do("set", "account", id_, f="email", v=SECRET["email"]) == ["ok"]
    if state:
        say(stage, account, ["email"], state)
    return id_


@pytest.mark.parametrize("state", [None, MASKED, HELD, OPEN])
def test_roles_say_how_far_it_is_shown(fresh: Stage, state: str | None) -> None:
    id_ = account_with(fresh, state)
    olive, phone = fresh.browser("olive"), fresh.program("olive")
    phone.sync()
    page, held = olive.get(f"/accounts/{id_}").text, json.dumps(phone.rows[id_])
    shown = olive.post(f"/accounts/{id_}/showing", field="email")
    exported = olive.post("/accounts/export", format="csv", which="all", columns="all").text
    answer = fresh.api("olive")("GET", f"/accounts/{id_}").text
    plain = [SHOWN[0] in one for one in (page, exported, answer)]
    assert plain == [state == OPEN] * 3
    assert (SHOWN[0] in held) is (state in (HELD, OPEN))
    assert (SHOWN[0] in shown.text) is (state in (None, HELD))
    assert shown.status_code == (200 if state in (None, HELD) else 403)
    looked = phone.do("look", "account", id_, f="email")  # as one who looked offline says
    assert looked == (["rejected", "forbidden", "email"] if state == MASKED else ["ok"])
    log = fresh.browser("ada").get(f"/audit/?rec={id_}&road=sync").text
    assert "Looked at" in log


def test_what_is_masked_stays_unless_it_is_written_anew(fresh: Stage) -> None:
    id_, olive = account_with(fresh, None), fresh.browser("olive")
    form = olive.get(f"/accounts/{id_}/edit").text
    assert 'name="_empty" value="email"' in form
    fields = {"_fields": "name email", "name": "Renamed"}
    assert olive.post(f"/accounts/{id_}", email="", **fields).status_code == 303
    assert kept(id_) == SECRET["email"]
    assert olive.post(f"/accounts/{id_}", email="new@example.org", **fields).status_code == 303
    assert kept(id_) == "new@example.org"
    assert olive.post(f"/accounts/{id_}", email="", _empty="email", **fields).status_code == 303
    assert kept(id_) is None


def test_the_copy_of_a_persons_data_has_it_and_the_log_says_so(fresh: Stage) -> None:
    id_, ada = account_with(fresh, None), fresh.browser("ada")
    pack = ada.post(f"/privacy/accounts/{id_}/copy").data
    data = json.loads(zipfile.ZipFile(io.BytesIO(pack)).read("data.json"))
    assert data["record"]["email"] == SECRET["email"]
    assert "zqxjkv" in json.dumps(data["history"])
    log = ada.get(f"/audit/?rec={id_}").text
    assert "Looked at" in log and "zqxjkv" not in log


def kept(id_: str) -> Any:
    (row,) = records("account", id=id_)
    return row["email"]


def test_formulas_over_it_are_sensitive_with_it_and_conditions_silent(fresh: Stage) -> None:
    ada, olive = fresh.program("ada"), fresh.browser("olive")
    made = {"of": "account", "filtered": True}
    fields = [
        {"key": "x_secret", "kind": "number", "label": "Secret"},
        {"key": "x_twice", "kind": "formula", "label": "Twice", "formula": "x_secret * 2",
         "result": "number"},
        {"key": "x_why", "kind": "text", "label": "Why", "needed_if": "x_secret > 1"},
    ]  # fmt: skip
    for one in fields:
        assert ada.do("new", "custom_field", str(uuid7()), v=made | one) == ["ok"]
    id_ = fresh.file("olive")["account"]
    assert ada.do("set", "account", id_, f="x_secret", v=4321, base=10**9) == ["ok"]
    assert "8,642" in olive.get(f"/accounts/{id_}").text
    ada.do("new", "field_mark", str(uuid7()),
           v={"of": "account", "field": "x_secret", "sensitive": True})  # fmt: skip
    page = olive.get(f"/accounts/{id_}").text
    assert "8,642" not in page and "4,321" not in page
    assert 'data-needed=""' in olive.get(f"/accounts/revealing?self={id_}&x_why=").text
    assert ada.do("set", "account", id_, f="x_why", v=None, base=10**9) == ["ok"]
    other = {"key": "x_more", "kind": "text", "label": "More", "needed_if": "x_secret > 1"}
    said = ada.do("new", "custom_field", str(uuid7()), v=made | other)
    assert said == ["rejected", "formula_name", "needed_if"]


def test_words_are_not_found_from_the_moment_that_they_are_sensitive(fresh: Stage) -> None:
    account = next(one for one in MINE if one.type == "account")
    id_, ada, api = fresh.file("olive")["account"], fresh.program("ada"), fresh.api("olive")
    assert ada.do("set", "account", id_, f="email", v=SECRET["email"], base=10**9) == ["ok"]
    work_off(0)
    assert id_ in api("GET", "/accounts/?q=zqxjkv").text
    name = api("GET", f"/accounts/{id_}").json["name"]
    values = {"of": account.type, "field": "email", "sensitive": True}
    assert ada.do("new", "field_mark", str(uuid7()), v=values) == ["ok"]
    for _ in range(2):  # before its job, and after
        assert id_ not in api("GET", "/accounts/?q=zqxjkv").text
        assert id_ not in fresh.browser("olive").get("/search?q=zqxjkv").text
        assert id_ in api("GET", f"/accounts/?q={quote(name)}").text
        work_off(0)


def test_what_must_be_given_can_be_sensitive(fresh: Stage) -> None:
    """It is asked for at birth, stays where it is left, and can't be emptied."""
    ada, olive, api = fresh.program("ada"), fresh.browser("olive"), fresh.api("olive")
    made = {"of": "account", "key": "x_id", "kind": "text", "label": "Id", "needed": True}
    assert ada.do("new", "custom_field", str(uuid7()), v=made) == ["ok"]
    account = next(one for one in MINE if one.type == "account")
    values = {"of": "account", "field": "x_id", "sensitive": True}
    assert ada.do("new", "field_mark", str(uuid7()), v=values) == ["ok"]
    assert olive.post("/accounts/", name="Nobody", _fields="name x_id").status_code == 422
    fields = {"_fields": "name x_id", "name": "Somebody"}
    answer = olive.post("/accounts/", x_id="zqxjkv", **fields)
    path = answer.headers["Location"].partition("#")[0]
    id_ = path.rpartition("/")[2]
    form = olive.get(f"{path}/edit").text
    assert "zqxjkv" not in form and 'value="x_id"' not in form
    assert olive.post(path, x_id="", **fields | {"name": "Renamed"}).status_code == 303
    assert olive.post(path, x_id="", _empty="x_id", **fields).status_code == 422
    assert api("PATCH", f"/accounts/{id_}", {"x_id": None}).status_code == 422
    (row,) = records("account", id=id_)
    assert (row["name"], row["x_id"]) == ("Renamed", "zqxjkv")
    say(fresh, account, ["x_id"], OPEN)
    assert "zqxjkv" in olive.get(path).text


def test_a_file_fills_it_in_new_records_alone(fresh: Stage) -> None:
    id_, olive = account_with(fresh, None), fresh.browser("olive")
    name = fresh.api("olive")("GET", f"/accounts/{id_}").json["name"]
    data = table(["Name", "E-mail"], [name, "over@example.org"], ["Brand New", "new@example.org"])
    coming = Bringing(fresh, "olive", "account", data)
    coming.map("name", "email", keys=["name"])
    assert "over@example.org" not in coming.preview()
    coming.run()
    assert kept(id_) == SECRET["email"]
    (born,) = records("account", name="Brand New")
    assert born["email"] == "new@example.org"
    assert "new@example.org" not in olive.get(f"/accounts/{born['id']}").text
