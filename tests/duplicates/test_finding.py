"""Duplicates are found, shown to those who see both, merged and parted, all by pages."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask import g
from uuid_utils.compat import uuid7

from server.core.custom.scoping import of
from server.core.db import reading
from tests.dressing import dress, field
from tests.exchange.bringing import carry_out
from tests.people import Stage
from tests.walking import doc

GROUP = re.compile(r'<section class="section card edge twins".*?</section>', re.DOTALL)
ID = re.compile(r'<li data-id="([^"]+)"')


def make(stage: Stage, name: str, *records: dict[str, Any], kind: str = "account") -> list[str]:
    whose = {"owner": stage.cast[name], "team": stage.whose(name).team}
    rows = [(kind, {"id": str(uuid7()), **whose, **one}) for one in records]
    stage.bulk(name, rows)
    return [row["id"] for _, row in rows]


def look(stage: Stage, name: str) -> list[set[str]]:
    """What this person's page has, after everything was looked through."""
    browser = stage.browser(name)
    assert browser.post("/duplicates/seeking").status_code == 303
    carry_out()
    return shown(stage, name)


def shown(stage: Stage, name: str, query: str = "") -> list[set[str]]:
    page = stage.browser(name).get(f"/duplicates/{query}")
    assert page.status_code == 200
    return [set(ID.findall(group)) for group in GROUP.findall(page.text)]


COHEN = ({"name": "משה כהן", "phones": ["+972527654321"]},
         {"name": "Moshe Cohen", "phones": ["+972527654321"], "email": "m@cohen.example"},
         {"name": "Moishe Kohen", "email": "m@cohen.example"})  # fmt: skip


def test_a_group_across_scripts_to_whoever_sees_it(fresh: Stage) -> None:
    ids = set(make(fresh, "olive", *COHEN))
    others = make(fresh, "olive", {"name": "Rina Levi", "phones": ["+972527654000"]},
                  {"name": "Branch 1"}, {"name": "Branch 2"})  # fmt: skip
    assert look(fresh, "olive") == [ids]
    assert shown(fresh, "carl") == [ids]
    assert shown(fresh, "carl", "?of=accounts") == [ids]
    assert shown(fresh, "carl", "?of=contacts") == []
    assert shown(fresh, "sam") == shown(fresh, "zed") == []
    assert not set(others) & ids


def test_whoever_sees_only_one_of_them_sees_none(fresh: Stage) -> None:
    make(fresh, "olive", COHEN[0])
    make(fresh, "sam", COHEN[1])
    assert len(look(fresh, "ada")) == 1
    assert shown(fresh, "olive") == shown(fresh, "sam") == []
    assert len(shown(fresh, "mona")) == 1


def test_not_a_duplicate_is_remembered(fresh: Stage) -> None:
    a, b = sorted(make(fresh, "olive", *COHEN[:2]))
    assert look(fresh, "olive") == [{a, b}]
    for name in ("sam", "zed"):  # it is not for them to say
        fresh.browser(name).post("/duplicates/apart", of="accounts", pair=f"{a} {b}")
    assert shown(fresh, "olive") == [{a, b}]
    fresh.browser("carl").post("/duplicates/apart", of="accounts", pair=[f"{a} {b}", "x", "x y"])
    assert shown(fresh, "olive") == []
    assert look(fresh, "olive") == []


def test_every_kind_that_is_declared(fresh: Stage) -> None:
    """Contacts, and an entity that was made at run time."""
    dress(fresh)
    account = make(fresh, "olive", {"name": "Mill"})[0]
    one = {"name": "Twice The Same", "account": account}
    ids = {*make(fresh, "olive", one, one, kind="contact")}
    own = {*make(fresh, "olive", one, one, kind=_own(fresh))}
    found = look(fresh, "olive")
    assert ids in found and own in found


def test_by_what_the_organisation_wants_once(fresh: Stage) -> None:
    """A field of its own of which it is warned; another says nothing."""
    for key, sole in (("x_vat", True), ("x_note", False)):
        made = field("account", "text", key=key, sole=sole)
        fresh.bulk("ada", [("custom_field", {"id": str(uuid7()), **made})])
    with reading() as connection:
        g.registry = of(connection, fresh.cast.orgs["olive"])
    values = [{"x_vat": "DE 12"}, {"x_vat": "de 12"}, {"x_note": "DE 12"}, {"x_note": "DE 12"}]
    ids = make(fresh, "olive", *({"name": f"Mill {n * 7} {one}"} | one
                                 for n, one in enumerate(values)))  # fmt: skip
    assert look(fresh, "olive") == [{*ids[:2]}]


def _own(stage: Stage) -> str:
    with reading() as connection:
        entities = of(connection, stage.cast.orgs["olive"]).entities.values()
    return next(e.type for e in entities if e.own and not e.system)


def test_merging_and_parting_by_pages(fresh: Stage) -> None:
    a, b, c = make(fresh, "olive", *COHEN)
    browser = fresh.browser("olive")
    page = browser.get(f"/duplicates/accounts/merging?id={a}&id={b}&id={c}")
    assert page.status_code == 200 and 'value="both" checked' not in page.text
    ver = [doc_ver(page.text, n) for n in (0, 1)]
    answer = browser.post("/duplicates/accounts/merging", id=[a, b, c], ver=ver, keep=b,
                          **{"f-name": "a", "f-email": "b", "f-phones": "both"})  # fmt: skip
    assert answer.headers["Location"] == f"/duplicates/accounts/merging?id={b}&id={c}"
    assert doc("account", b)["name"] == "משה כהן"
    assert doc("account", b)["phones"] == ["+972527654321"]
    answer = browser.post("/duplicates/accounts/merging", id=[b, c], keep=b)
    said = answer.headers["Location"]
    assert browser.get(said).status_code == browser.get("/duplicates/").status_code == 200
    _programs_are_sent_on(fresh, c, b)
    for name in ("sam", "zed"):
        assert fresh.browser(name).get(said).status_code == 404
        assert fresh.browser(name).post(f"{said}/undoing").status_code == 404
    assert browser.post(f"{said}/undoing").headers["Location"] == f"/accounts/{c}"
    assert doc("account", c)["deleted"] is False
    assert browser.post(f"{said}/undoing").status_code == 404


def _programs_are_sent_on(stage: Stage, gone: str, kept: str) -> None:
    ask, sent = stage.api("olive"), {"city": "Haifa"}
    for method, body in (("GET", None), ("PATCH", sent)):
        told = ask(method, f"/accounts/{gone}", body)
        assert (told.status_code, told.json) == (308, {"id": kept})
        assert told.headers["Location"] == f"/api/v1/accounts/{kept}"
        for name in ("sam", "zed"):
            assert stage.api(name)(method, f"/accounts/{gone}", body).status_code == 404
    assert ask("DELETE", f"/accounts/{gone}").status_code == 204  # as it is; never the other
    assert ask("GET", f"/accounts/{kept}").json["deleted"] is False


def doc_ver(page: str, n: int) -> str:
    return re.findall(r'name="ver" value="(\d+)"', page)[n]


def test_what_changed_meanwhile_is_not_merged_unseen(fresh: Stage) -> None:
    a, b = make(fresh, "olive", *COHEN[:2])
    browser = fresh.browser("olive")
    answer = browser.post("/duplicates/accounts/merging", id=[a, b], ver=["1", "1"], keep=a)
    assert answer.status_code == 422
    assert doc("account", b)["deleted"] is False


@pytest.mark.parametrize("query", ["", "?id=x", "?id=x&id=y", "?id=x&id=x", "?after=1+x+y&of=zz"])
def test_nonsense_in_addresses(fresh: Stage, query: str) -> None:
    browser = fresh.browser("olive")
    assert browser.get(f"/duplicates/accounts/merging{query}").status_code == 404
    assert browser.get(f"/duplicates/tasks/merging{query}").status_code == 404
    assert browser.get(f"/duplicates/{query}").status_code == 200
    assert browser.post("/duplicates/accounts/merging", id="x", keep="y").status_code == 404
    assert browser.get("/duplicates/mergers/x").status_code == 404


def test_who_may_not_delete_may_only_look(fresh: Stage) -> None:
    a, b = make(fresh, "olive", *COHEN[:2])
    carl = fresh.browser("carl")
    page = carl.get(f"/duplicates/accounts/merging?id={a}&id={b}").text
    assert "data-primary" not in page
    answer = carl.post("/duplicates/accounts/merging", id=[a, b], keep=a)
    assert answer.status_code == 403
    sam = fresh.browser("sam")
    assert sam.get(f"/duplicates/accounts/merging?id={a}&id={b}").status_code == 404
    assert sam.get(f"/duplicates/accounts/{a}").status_code == 404


def test_another_one_can_be_looked_for(fresh: Stage) -> None:
    a, b = make(fresh, "olive", *COHEN[:2])
    browser = fresh.browser("olive")
    for query in ("", "?q=moshe", "?q=0527654321"):
        page = browser.get(f"/duplicates/accounts/{a}{query}")
        assert f"id={a}&amp;id={b}" in page.text
