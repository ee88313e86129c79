"""What a role hides of a record is nowhere: one test over every entity, and every road by which a
record comes to somebody."""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

import pytest
from sqlalchemy import insert, select
from uuid_utils.compat import uuid7

from server.core.db import reading, writing
from server.core.entity import Entity
from server.core.narrowing import markable, restrictable
from server.core.rights import HELD, HIDDEN, MASKED, OPEN, rows_of
from server.core.roles import IDS
from server.messaging.entities import KINDS
from server.messaging.recipient import recipient
from server.messaging.wording import Writer
from server.webhooks.tables import DELIVERY, WEBHOOK
from tests.exchange.bringing import Bringing, records, table
from tests.people import Stage
from tests.samples import product
from tests.support.due import work_off

SECRET = {"text": "zqxjkv hush", "longtext": "zqxjkv hush", "email": "zqxjkv@example.org",
          "url": "https://zqxjkv.example.org", "tags": ["zqxjkv"], "phones": ["+972521199887"],
          "phone": "+972521199887", "integer": 7711993, "money": 7711993,
          "date": "1977-11-23"}  # fmt: skip
SHOWN = ("zqxjkv", "972521199887", "52-119-9887", "7711993", "1977-11-23", "Nov 1977")
MINE = [one for one in product() if not (one.personal or one.attached)]


def secrets(entity: Entity) -> dict[str, Any]:
    """A value that is nowhere else, for each field that may be hidden and can have one."""
    hidden = [name for name, may in restrictable(entity).items() if HIDDEN in may]
    fields = [entity.fields[n] for n in hidden if not entity.fields[n].readonly]
    fits = [f for f in fields if f.kind in SECRET and not (f.kind == "integer" and f.max)]
    return {f.name: SECRET[f.kind] for f in fits}


def hide(stage: Stage, entity: Entity) -> list[str]:
    names = [name for name, may in restrictable(entity).items() if HIDDEN in may]
    say(stage, entity, names, HIDDEN)
    return names


def say(stage: Stage, entity: Entity, names: list[str], state: str) -> None:
    """What the role of sellers says of fields."""
    row = {"fields": dict.fromkeys(names, state)}
    rights = rows_of("seller") | {entity.type: row}
    ada = stage.program("ada")
    ada.sync()
    assert ada.do("set", "role", IDS["seller"], f="rights", v=rights) == ["ok"]


def mark(stage: Stage, entity: Entity) -> list[str]:
    """Whatever can be is sensitive from now on."""
    ada, names = stage.program("ada"), markable(entity)
    for name in names:
        values = {"of": entity.type, "field": name, "sensitive": True}
        assert ada.do("new", "field_mark", str(uuid7()), v=values) == ["ok"]
    work_off(0)  # what is found by search is made anew
    return names


@pytest.mark.parametrize("entity", MINE, ids=lambda entity: entity.type)
def test_what_is_hidden_is_nowhere(fresh: Stage, entity: Entity) -> None:
    id_, values = fresh.file("olive")[entity.type], secrets(entity)
    assert values, f"nothing can be hidden of {entity.type}"
    ada = fresh.program("ada")
    ada.sync()
    for name, value in values.items():
        assert ada.do("set", entity.type, id_, f=name, v=value) == ["ok"]
    told = seen(fresh, entity, id_)
    assert any(one in told for one in SHOWN)  # it is there for whom it is not hidden
    names = hide(fresh, entity)
    told = seen(fresh, entity, id_)
    assert [one for one in SHOWN if one in told] == []
    refused(fresh, entity, id_, names)


def seen(stage: Stage, entity: Entity, id_: str) -> str:
    """Everything that a browser, a phone and a program are told."""
    browser, api, phone = stage.browser("olive"), stage.api("olive"), stage.program("olive")
    path = entity.path
    pages = [f"/{path}/", f"/{path}/{id_}", f"/{path}/{id_}/edit", "/today", "/conflicts",
             f"/search?q={id_[:8]}", "/notices", f"/{path}/new"]  # fmt: skip
    told = [browser.get(page, User_Agent="Desktop").text for page in pages]
    exported = browser.post(f"/{path}/export", format="csv", which="all", columns="all")
    told.append(exported.text if exported.status_code == 200 else "")
    phone.sync()
    told.append(json.dumps(phone.rows, ensure_ascii=False))
    lines = phone.send(
        json.dumps({"v": 1, "device": "lines", "cursor": None}), Accept="application/x-ndjson"
    )
    told.append(lines.text)
    told += [api("GET", f"/{path}/").text, api("GET", f"/{path}/{id_}").text]
    told.append(api("GET", "/changes/?limit=200").text)
    told.append(pushed(stage, "olive", entity, id_))
    return "\n".join(told)


def pushed(stage: Stage, name: str, entity: Entity, id_: str) -> str:
    """What a push service is sent of each kind of notice about a record, to somebody who wants
    names in them."""
    mine = {"owner": stage.cast[name], "of": entity.type, "rec": id_, "by": stage.cast["ada"]}
    ids = [str(uuid7()) for _ in KINDS]
    rows = [{"id": id_, "kind": kind, "read": False, **mine}
            for id_, (kind, _) in zip(ids, KINDS, strict=True)]  # fmt: skip
    stage.bulk(name, [("notice", row) for row in rows])
    with reading() as connection:
        to = recipient(connection, stage.cast[name])
        assert to
        to = replace(to, doc=to.doc | {"names_in_notices": True})
        letters = [Writer(connection, to, "https://x.example").letter([id_]) for id_ in ids]
    assert all(letters)
    return "\n".join(json.dumps(one.message, ensure_ascii=False) for one in letters if one)


def refused(stage: Stage, entity: Entity, id_: str, names: list[str]) -> None:
    """Nothing is found by it, ordered by it, or written to it."""
    not_found(stage, entity, id_, names)
    api, phone = stage.api("olive"), stage.program("olive")
    for name in names:
        assert api("GET", f"/{entity.path}/?fields={name}").status_code == 400
    phone.sync()
    for name in secrets(entity):
        value = SECRET[entity.fields[name].kind]
        assert phone.do("set", entity.type, id_, f=name, v=value)[:3] == [
            "rejected", "forbidden", name
        ]  # fmt: skip


def not_found(stage: Stage, entity: Entity, id_: str, names: list[str]) -> None:
    browser, api = stage.browser("olive"), stage.api("olive")
    for word in ("zqxjkv", "521199887"):
        assert id_ not in browser.get(f"/search?q={word}").text
        assert id_ not in browser.get(f"/{entity.path}/?scope=all&q={word}").text
        assert id_ not in api("GET", f"/{entity.path}/?q={word}").text
    for name in names:
        assert api("GET", f"/{entity.path}/?sort={name}").status_code == 400
        assert api("GET", f"/{entity.path}/?{name}=1").status_code == 400
    for name in secrets(entity):
        typed = urlencode({name: SECRET[entity.fields[name].kind]}, True)
        assert id_ not in browser.get(f"/{entity.path}/alike?{typed}").text
        lists = [f"/{entity.path}/?scope=all&where={name}.{one}" for one in ("filled", "empty")]
        filled, empty = [id_ in browser.get(path).text for path in lists]
        assert filled == empty


def test_the_manifest_says_nothing_of_it(fresh: Stage) -> None:
    account = next(one for one in MINE if one.type == "account")
    names = hide(fresh, account)
    sent = fresh.program("olive").round()["manifest"]["entities"]["account"]
    assert {f["name"] for f in sent["fields"]}.isdisjoint(names)
    for part in ("columns", "filters", "sorts", "sub", "quick"):
        assert set(sent[part]).isdisjoint(names)
    whole = fresh.program("ada").round()["manifest"]["entities"]["account"]
    assert {f["name"] for f in whole["fields"]} >= set(names)


def test_what_offers_or_describes_says_nothing_of_it(fresh: Stage) -> None:
    """Forms, conditions, columns of files, the description for programs."""
    account = next(one for one in MINE if one.type == "account")
    names = [name for name in secrets(account) if account.fields[name].label != "Phones"]
    before = offers(fresh)
    assert {name for name in names for told in before if f'"{name}"' in told} == {*names}
    hide(fresh, account)
    found = [(name, n) for n, told in enumerate(offers(fresh)) for name in names
             if f'"{name}"' in told]  # fmt: skip
    assert found == []


def offers(stage: Stage) -> list[str]:
    """What Olive is offered for accounts."""
    browser, api = stage.browser("olive"), stage.api("olive")
    there = [browser.get(f"/accounts/{page}").text for page in ("new", "filter", "export")]
    sent = (io.BytesIO(b"Name,E-mail,Notes\nA,a@example.org,x\n"), "some.csv")
    draft = browser.post("/imports/", of="account", file=sent)
    there.append(browser.get(draft.headers["Location"]).text)
    schemas = json.loads(api("GET", "/openapi.json").text)["components"]["schemas"]
    kinds = ("account", "account_new", "account_change")
    there += [json.dumps(schemas[kind]) for kind in kinds]
    assert len(there[3]) > 1000
    return there


def test_a_file_fills_nothing_of_it(fresh: Stage) -> None:
    account = next(one for one in MINE if one.type == "account")
    assert "email" in hide(fresh, account)
    data = table(["Name", "E-mail"], ["Zorro", "zqxjkv@example.org"])
    coming = Bringing(fresh, "olive", "account", data)
    assert coming.guessed() == ["name", ""]
    assert coming.map("name", "email").status_code == 303
    coming.run()
    (made,) = records("account", name="Zorro")
    assert made["email"] is None


def listen(stage: Stage) -> None:
    """A webhook that is told of everything."""
    row = {"id": str(uuid7()), "org": stage.cast.orgs["ada"], "name": "", "secret": "s",
           "url": "https://hook.example", "kinds": [], "enabled": True,
           "created_at": datetime.now(UTC)}  # fmt: skip
    with writing() as connection:
        connection.execute(insert(WEBHOOK), [row])


def seen_by_ada(stage: Stage, entity: Entity, id_: str) -> str:
    """What else whoever manages is told: webhooks, the audit log, the copy of a person's data."""
    ada = stage.browser("ada")
    with reading() as connection:
        bodies = list(connection.execute(select(DELIVERY.c.body)).scalars())
    assert bodies
    told = [*bodies, ada.get("/audit/").text, ada.get("/audit/log").text]
    assert "<li><header>" not in ada.get("/audit/?q=zqxjkv").text
    told += [ada.get(f"/{entity.path}/{id_}").text, ada.get(f"/{entity.path}/export").text]
    if entity.subject:
        pack = ada.post(f"/privacy/{entity.path}/{id_}/copy").data
        told.append(zipfile.ZipFile(io.BytesIO(pack)).read("data.json").decode())
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
