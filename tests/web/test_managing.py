"""The pages of whoever manages people: what they write and refuse, and what the log says."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from server.core import auditing
from server.core.db import Base, reading
from server.core.registry import registry
from server.core.roles import IDS
from tests.people import Browser, Stage

PAGES = ("/people/", "/people/new", "/roles/", "/roles/new", "/teams/", "/audit/", "/audit/log")


def there(kind: str, **values: Any) -> list[dict[str, Any]]:
    """Records of the cast's organisation with these values."""
    c = registry[kind].table.c
    with reading() as connection:
        rows = connection.execute(select(c.id, c.doc).where(c.org == 1).order_by(c.n)).all()
    found = [{**json.loads(row.doc), "id": row.id} for row in rows]
    return [one for one in found if values.items() <= one.items()]


def doc(kind: str, id_: str) -> dict[str, Any]:
    (found,) = there(kind, id=id_)
    return found


@pytest.mark.parametrize("path", PAGES)
def test_they_are_for_administrators(stage: Stage, path: str) -> None:
    for name, status in {"ada": 200, "zed": 200, "olive": 403, "mona": 403}.items():
        assert stage.browser(name).get(path).status_code == status


def test_they_are_of_one_organisation(stage: Stage) -> None:
    zed, cast = stage.browser("zed"), stage.cast
    for path in (f"/people/{cast['olive']}", f"/people/{cast['olive']}/rights"):
        assert zed.get(path).status_code == 404
    assert zed.post(f"/people/{cast['olive']}/invitation").status_code == 404
    assert zed.post(f"/teams/{cast['north']}", name="Mine").status_code == 404


def test_a_role_as_a_form(fresh: Stage) -> None:
    ada = fresh.browser("ada")
    given = {"name": "Guests", "holds": "own", "*.see": "team", "*.change": "everything",
             "account.see": "own", "account.notes": "hidden", "account.name": "hidden",
             "nonsense.see": "all"}  # fmt: skip
    assert ada.post("/roles/", **given).status_code == 303
    (role,) = there("role", name="Guests")
    assert role["rights"] == {
        "*": {"see": "team"}, "account": {"see": "own", "fields": {"notes": "hidden"}}
    }  # fmt: skip
    assert ada.post(f"/roles/{role['id']}", name="").status_code == 422
    copy = ada.get(f"/roles/new?like={role['id']}").text
    assert re.search(r'name="account.notes">.*?value="hidden" selected', copy)
    assert ada.post(f"/roles/{role['id']}/deletion").status_code == 303
    assert ada.get(f"/roles/{role['id']}").status_code == 404
    assert ada.post(f"/roles/{IDS['seller']}/deletion").status_code == 422
    ada.post(f"/people/{fresh.cast['ada']}", name="ada", lang="he", roles=IDS["admin"])
    page = ada.get(f"/roles/{IDS['office']}").text
    name = re.search(r'name="name" value="([^"]+)"', page)
    assert name and name[1] != "Office"
    assert ada.post(f"/roles/{IDS['office']}", name=name[1], about="x").status_code == 303
    assert doc("role", IDS["office"])["name"] == "Office"  # others read it in their language
    ada.post(f"/roles/{IDS['admin']}", name="Chief", **{"*.see": "none"})
    assert doc("role", IDS["admin"])["rights"]["*"]["see"] == "all"


def test_somebody_new_chooses_a_password(fresh: Stage) -> None:
    ada = fresh.browser("ada")
    given: dict[str, Any] = {"name": "Nora", "email": "Nora@Example.org", "roles": IDS["office"]}
    assert ada.post("/people/", **given | {"roles": []}).status_code == 422
    assert ada.post("/people/", **given | {"email": "olive@example.org"}).status_code == 422
    page = ada.post("/people/", **given).text
    path = re.search(r"/joining/[\w-]+", page)
    assert path
    guest = fresh.app.test_client()

    def choose(password: str) -> int:
        with fresh.app.app_context():
            headers = {"Sec-Fetch-Site": "same-origin"}
            return guest.post(path[0], data={"password": password}, headers=headers).status_code

    assert choose("short") == 422
    assert choose("long enough for anybody") == 303
    assert choose("long enough for anybody") == 410
    (nora,) = there("person", name="Nora")
    assert nora["roles"] == [IDS["office"]]
    assert "office" in ada.get(f"/people/{nora['id']}/rights").text.lower()


def test_the_last_administrator_stays(fresh: Stage) -> None:
    ada, me = fresh.browser("ada"), fresh.cast["ada"]
    answer = ada.post(f"/people/{me}", name="ada", roles=IDS["seller"])
    assert answer.status_code == 422
    assert doc("person", me)["roles"] == [IDS["admin"]]


def token(browser: Browser, **given: Any) -> dict[str, str]:
    """The header of a program with a token that somebody has made."""
    page = browser.post("/tokens/", **{"name": "Till", "days": "30", **given}).text
    found = re.search(r"kesher_[\w-]+", page)
    assert found
    return {"Authorization": f"Bearer {found[0]}"}


def ask(stage: Stage, headers: dict[str, str], method: str, path: str, **more: Any) -> int:
    with stage.app.app_context():
        return stage.app.test_client().open(
            f"/api/v1{path}", method=method, headers=headers, **more
        ).status_code


def test_a_token_does_what_it_was_made_for(fresh: Stage) -> None:
    olive = fresh.browser("olive")
    ids = fresh.file("olive")
    account, task = f"/accounts/{ids['account']}", f"/tasks/{ids['task']}"
    reads, some = token(olive), token(olive, name="Shop", writes="1", kinds="account")
    unused = olive.get("/tokens/").text.count("Never used")
    assert ask(fresh, reads, "GET", task) == 200
    assert ask(fresh, reads, "PATCH", task, json={"title": "Mine"}) in (403, 404)
    assert ask(fresh, some, "GET", task) == 404
    assert ask(fresh, some, "PATCH", account, json={"city": "Haifa"}) == 200
    page = olive.get("/tokens/").text
    assert page.count("Never used") == unused - 2
    assert "Till" not in fresh.browser("carl").get("/tokens/").text
    assert "Till" in fresh.browser("ada").get("/tokens/").text
    for id_ in re.findall(r"/tokens/(\w+)/revocation", page):
        assert fresh.browser("carl").post(f"/tokens/{id_}/revocation").status_code == 404
        assert olive.post(f"/tokens/{id_}/revocation").status_code == 303
    assert (ask(fresh, reads, "GET", task), ask(fresh, some, "GET", account)) == (401, 401)


def test_a_token_of_an_administrator_manages_nobody_if_it_is_bounded(fresh: Stage) -> None:
    ada = fresh.browser("ada")
    headers = token(ada)
    with fresh.app.app_context():
        assert fresh.app.test_client().get("/people/", headers=headers).status_code == 403
        assert fresh.app.test_client().get("/tokens/", headers=headers).status_code == 403


def test_the_log_tells_what_was_done_in_words(fresh: Stage) -> None:
    ada, olive, cast = fresh.browser("ada"), fresh.browser("olive"), fresh.cast
    fresh.file("olive")
    ada.post(f"/roles/{IDS['technician']}", **{"name": "Technician", "holds": "own",
             "*.see": "branch", "*.create": "none", "account.notes": "hidden"})  # fmt: skip
    token(olive, name="Web shop")
    olive.post("/accounts/export", format="csv", which="all", columns="all").get_data()
    ada.post(f"/people/{cast['carl']}/disabling")
    ada.post(f"/people/{cast['carl']}/enabling")
    page = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", ada.get("/audit/").text))
    for said in ("Made a token Web shop", "Took out records accounts.csv", "Disabled carl@",
                 "Let in again carl@", "Team becomes Branch", "Notes: As the record",
                 "becomes Hidden"):  # fmt: skip
        assert said in page, said
    ada.post(f"/branches/{cast['works']}/deletion")
    page = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", ada.get("/audit/").text))
    assert "Deleted · Branch works" in page
    assert "{" not in page.partition("Nothing in it can be changed")[2]
    assert "Web shop" not in ada.get("/audit/?kind=role").text
    assert "Hidden" in ada.get("/audit/?kind=role").text
    assert "Web shop" in ada.get(f"/audit/?person={cast['olive']}&q=Web").text
    assert "Web shop" not in ada.get(f"/audit/?person={cast['carl']}").text
    assert ada.get("/audit/?person=x&since=no&until=1&after=%00&road=x&kind=y").status_code == 200


def test_nothing_alters_the_log(fresh: Stage) -> None:
    """No page, no operation and no program: what stands in it stands there afterwards. Nor is there
    code that would: erasing a person alone empties what the law wants emptied."""
    ada, program, api = fresh.browser("ada"), fresh.program("ada"), fresh.api("ada")
    rec = fresh.file("olive")["account"]
    program.sync()
    program.do("set", "account", rec, f="name", v="Renamed")
    ada.get("/audit/log").get_data()
    before = logged()
    assert len(before) > 1
    for method in ("POST", "PUT", "PATCH", "DELETE"):
        for path in ("/audit/", "/audit/log", f"/audit/{before[0][0]}"):
            answer = ada.ask(method, path, data={"_t": ada.csrf})
            assert answer.status_code in (404, 405), path
        for path in ("ops/", "audit/", "deeds/", f"changes/{rec}"):
            assert api(method, f"/{path}", {}).status_code >= 400
    for kind in ("op", "deed", "audit", "change"):
        for id_, _ in before:
            assert program.do("set", kind, id_, f="at", v=1)[0] == "rejected"
            assert program.do("del", kind, id_)[0] == "rejected"
    program.do("set", "account", rec, f="name", v="Sample")
    ada.post(f"/accounts/{rec}/deletion")
    assert set(before) < set(logged())
    writes = re.compile(r"(update|delete)\((OPS?|DEEDS?|(Op|Deed)(\.__table__)?)\)")
    server = Path(auditing.__file__).parents[1]
    found = {path.name for path in server.rglob("*.py") if writes.search(path.read_text())}
    assert found == {"erasing.py"}


def logged() -> list[tuple[str, str]]:
    """All that the log is made of, in the order of its making."""
    tables = [Base.metadata.tables[name] for name in ("op", "deed")]
    with reading() as connection:
        rows = [(row.at, row.id, str(row)) for table in tables
                for row in connection.execute(select(table))]  # fmt: skip
    return [(id_, text) for _, id_, text in sorted(rows)]


def test_the_log_tells_of_devices(fresh: Stage) -> None:
    fresh.program("olive", "mine").post(whose=[fresh.cast["olive"]], has={"pending": 3})
    ada = fresh.browser("ada")
    (id_,) = set(re.findall(r"/devices/([\w-]+)\"", ada.get("/devices?scope=all&q=olive").text))
    for noun in ("wiping", "sparing", "sparing"):  # the last of them does nothing
        ada.post(f"/devices/{id_}/{noun}")
    page = ada.get("/audit/").text
    assert page.count("Had a device wiped") == page.count("Called off the wipe of a device") == 1
    assert "olive@example.org: " in page


def test_the_log_as_a_file(fresh: Stage) -> None:
    ada = fresh.browser("ada")
    ada.post(f"/people/{fresh.cast['olive']}", name="=1+1", roles=IDS["seller"])
    answer = ada.get("/audit/log")
    rows = list(csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff"))))
    assert answer.headers["Content-Disposition"].startswith("attachment")
    changed = next(row for row in rows if row["field"] == "name")
    assert (changed["did"], changed["kind"], changed["from"]) == ("set", "person", "page")
    assert not changed["after"].startswith("=")
    assert "Took out the audit log" in ada.get("/audit/").text


def test_teams_and_branches(fresh: Stage) -> None:
    ada, cast = fresh.browser("ada"), fresh.cast
    assert ada.post("/branches/", name="Coast").status_code == 303
    (coast,) = there("branch", name="Coast")
    assert ada.post("/teams/", name="East", branch=coast["id"]).status_code == 303
    assert ada.post("/teams/", name="").status_code == 422
    assert ada.post(f"/teams/{cast['south']}", name="South", branch=coast["id"]).status_code == 303
    assert doc("team", cast["south"])["branch"] == coast["id"]
    ada.post(f"/people/{cast['sam']}", name="sam", roles=IDS["seller"], manager=cast["mona"],
             team=cast["south"])  # fmt: skip
    page = ada.get("/teams/").text
    assert re.search('data-depth="1">.*?sam', page)
    assert ada.post(f"/teams/{cast['south']}/deletion").status_code == 303
    assert doc("team", cast["south"])["deleted"]
