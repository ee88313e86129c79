"""What a role hides of a record is nowhere: one test over every entity, and every road by which a
record comes to somebody."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

import pytest
from uuid_utils.compat import uuid7

from server.core.db import reading
from server.core.entity import Entity
from server.core.narrowing import restrictable
from server.core.rights import HIDDEN, rows_of
from server.core.roles import IDS
from server.messaging.entities import KINDS
from server.messaging.recipient import recipient
from server.messaging.wording import Writer
from tests.exchange.bringing import Bringing, records, table
from tests.people import Stage
from tests.samples import product

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
