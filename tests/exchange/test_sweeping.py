"""Changes of many records at once: each by its own right, told one by one, and taken back."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import select
from uuid_utils.compat import uuid7

from server.core.db import reading
from server.core.rights import HIDDEN, READONLY, rows_of
from server.core.roles import IDS
from server.exchange import running
from server.exchange.tables import IMPORTING
from tests.exchange.bringing import carry_out, records
from tests.people import Browser, Stage
from tests.walking import doc


def made(stage: Stage, name: str, n: int, **values: Any) -> list[str]:
    """Accounts of somebody."""
    whose = {"owner": stage.cast[name], "team": stage.whose(name).team}
    rows = [
        ("account", {"id": str(uuid7()), "name": f"{name} {at}", **whose, **values})
        for at in range(n)
    ]
    stage.bulk(name, rows)
    return [row["id"] for _, row in rows]


def sweep(browser: Browser, ids: list[str], query: str = "", **fields: Any) -> Any:
    """The row of a sweep of accounts, and the answer."""
    run = str(uuid7())
    form: dict[str, Any] = {"_rec": ids, "_run": run, "_do": "set", **fields}
    answer = browser.post(f"/accounts/chosen{query}", **form)
    with reading() as connection:
        return connection.execute(select(IMPORTING).where(IMPORTING.c.id == run)).first(), answer


def again(row: Any) -> Any:
    with reading() as connection:
        return connection.execute(select(IMPORTING).where(IMPORTING.c.id == row.id)).one()


def test_a_field_of_the_chosen(fresh: Stage) -> None:
    ids = made(fresh, "olive", 3)
    olive = fresh.browser("olive")
    row, answer = sweep(olive, ids, _field="city", city="Haifa", _back="/accounts/?scope=all")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/accounts/?scope=all")
    assert (row.status, row.changed, row.same, row.refused) == ("done", 3, 0, 0)
    assert {doc("account", one)["city"] for one in ids} == {"Haifa"}
    fresh.browser("carl").post(f"/accounts/{ids[0]}", city="Eilat")
    assert olive.post(f"/chosen/{row.id}/undoing").status_code == 303
    assert [doc("account", one)["city"] for one in ids] == ["Eilat", None, None]
    page = olive.get(f"/chosen/{row.id}").text
    assert 'data-count="kept">1' in page and "It was changed since" in page
    assert row.id in olive.get("/chosen/").text and row.id not in olive.get("/imports/").text
    assert olive.get(f"/imports/{row.id}").status_code == 404


def test_each_by_its_own_right(fresh: Stage) -> None:
    """A seller deletes what is theirs; what is the team's is refused, what is others' not there."""
    mine, others = made(fresh, "olive", 2), fresh.cast.noise[1][:1]
    (seen,) = made(fresh, "carl", 1)
    olive = fresh.browser("olive")
    row, answer = sweep(olive, [*mine, seen, *others, "x"], _do="del")
    assert answer.headers["Location"] == f"/chosen/{row.id}"
    assert (row.total, row.changed, row.refused) == (4, 2, 2)
    page = olive.get(f"/chosen/{row.id}").text
    assert "You may not make this change" in page and "There is no such record" in page
    assert not doc("account", seen)["deleted"] and not doc("account", others[0])["deleted"]
    assert fresh.browser("sam").get(f"/chosen/{row.id}").status_code == 404
    assert fresh.browser("sam").post(f"/chosen/{row.id}/undoing").status_code == 404


def test_tags_one_by_one(fresh: Stage) -> None:
    ids = made(fresh, "olive", 2, tags=["a"])
    olive = fresh.browser("olive")
    row, _ = sweep(olive, ids, _do="add", _field="tags", tags="b, a")
    assert [doc("account", one)["tags"] for one in ids] == [["a", "b"]] * 2
    sweep(olive, ids[:1], _do="add", _field="tags", tags="c")
    away, _ = sweep(olive, ids, _do="rem", _field="tags", tags="a")
    olive.post(f"/chosen/{row.id}/undoing")
    assert [doc("account", one)["tags"] for one in ids] == [["c"], []]
    olive.post(f"/chosen/{away.id}/undoing")
    assert [set(doc("account", one)["tags"]) for one in ids] == [{"a", "c"}, {"a"}]
    assert again(row).undone == again(away).undone == 2


def test_deleted_and_back(fresh: Stage) -> None:
    ids = made(fresh, "olive", 3)
    olive = fresh.browser("olive")
    row, _ = sweep(olive, ids, _do="del")
    assert all(doc("account", one)["deleted"] for one in ids)
    olive.post(f"/chosen/{row.id}/undoing")
    assert not any(doc("account", one)["deleted"] for one in ids)
    assert olive.post(f"/chosen/{row.id}/undoing").status_code == 409


def limit(stage: Stage, fields: dict[str, str] | None = None, **reach: str) -> None:
    """From now on sellers may do less to accounts."""
    rights: dict[str, Any] = rows_of("seller") | {"account": {**reach, "fields": fields or {}}}
    ada = stage.program("ada")
    ada.sync()
    assert ada.do("set", "role", IDS["seller"], f="rights", v=rights) == ["ok"]


@pytest.mark.parametrize("right", [HIDDEN, READONLY])
def test_what_may_no_longer_be_changed_is_not_by_undoing(fresh: Stage, right: str) -> None:
    ids = made(fresh, "olive", 2, city="Lod", tags=["a"])
    olive = fresh.browser("olive")
    row, _ = sweep(olive, ids, _field="city", city="Haifa")
    tags, _ = sweep(olive, ids, _do="add", _field="tags", tags="b")
    free, _ = sweep(olive, ids, _field="relation", relation="customer")
    limit(fresh, {"city": right, "tags": right})
    for one in (row, tags, free):
        assert olive.post(f"/chosen/{one.id}/undoing").status_code == 303
    for one in ids:
        found = doc("account", one)
        assert (found["city"], found["tags"]) == ("Haifa", ["a", "b"])
        assert found["relation"] != "customer"
    assert [(again(one).undone, again(one).kept) for one in (row, tags, free)] == [
        (0, 2), (0, 2), (2, 0)
    ]  # fmt: skip
    page = olive.get(f"/chosen/{row.id}").text
    assert "You may not make this change" in page and "Haifa" not in page.partition("faults")[2]


def test_nor_what_may_no_longer_be_seen_changed_or_deleted(fresh: Stage) -> None:
    ids = made(fresh, "olive", 3)
    olive, mona = fresh.browser("olive"), fresh.browser("mona")
    row, _ = sweep(olive, ids, _field="city", city="Haifa")
    gone, _ = sweep(olive, ids[2:], _do="del")
    away = {"owner": fresh.cast["sam"], "team": fresh.whose("sam").team}
    assert mona.post(f"/accounts/{ids[0]}", **away).status_code == 303
    olive.post(f"/chosen/{row.id}/undoing")
    assert [doc("account", one)["city"] for one in ids[:2]] == ["Haifa", None]
    assert (again(row).undone, again(row).kept) == (1, 2)
    limit(fresh, delete="none")
    olive.post(f"/chosen/{gone.id}/undoing")
    assert doc("account", ids[2])["deleted"]
    limit(fresh, change="none")
    last, _ = sweep(mona, ids[1:2], _field="city", city="Eilat")
    assert last.changed == 1 and olive.post(f"/chosen/{last.id}/undoing").status_code == 404


def test_all_that_match(fresh: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    """By a worker, a portion at a time; what comes to match later is left alone."""
    monkeypatch.setattr(running, "PORTION", 4)
    made(fresh, "olive", 9, city="Lod")
    made(fresh, "olive", 2, city="Acre")
    made(fresh, "sam", 2, city="Lod")
    olive = fresh.browser("olive")
    row, answer = sweep(olive, [], "?scope=all&city=Lod", _all="1", _field="relation",
                        relation="customer")  # fmt: skip
    assert answer.headers["Location"] == f"/chosen/{row.id}" and row.status == "running"
    assert 'data-status="running"' in olive.get(f"/chosen/{row.id}").text
    olive.post(f"/chosen/{row.id}/pausing")
    carry_out()
    assert again(row).done == 0
    olive.post(f"/chosen/{row.id}/running")
    carry_out()
    assert (again(row).status, again(row).total, again(row).changed) == ("done", 9, 9)
    assert {one["city"] for one in records("account", relation="customer")} >= {"Lod"}
    assert len(records("account", city="Lod", relation="customer")) == 9
    olive.post(f"/chosen/{row.id}/undoing")
    carry_out()
    assert records("account", city="Lod", relation="customer") == []
    none, _ = sweep(olive, [], "?scope=all&city=Nowhere", _all="1", _do="del")
    carry_out()
    assert (again(none).status, again(none).total) == ("done", 0)


@pytest.mark.parametrize(
    "fields",
    [{}, {"_do": "x"}, {"_field": "number", "number": "C-1"}, {"_field": "kind", "kind": "odd"},
     {"_field": "name", "name": ""}, {"_do": "add", "_field": "city", "city": "x"},
     {"_do": "add", "_field": "tags", "tags": ""}, {"_field": "deleted", "deleted": "1"},
     {"_field": "phones", "phones": "12"}, {"_field": "owner", "owner": "x" * 36}],
)  # fmt: skip
def test_what_can_not_be_done_is_said(fresh: Stage, fields: dict[str, str]) -> None:
    ids = made(fresh, "olive", 1)
    row, answer = sweep(fresh.browser("olive"), ids, **fields)
    assert (row, answer.status_code) == (None, 422) and 'id="errors"' in answer.text


def test_none_chosen_and_the_same_form_twice(fresh: Stage) -> None:
    olive = fresh.browser("olive")
    assert sweep(olive, [], _field="city", city="x")[1].status_code == 422
    ids = made(fresh, "olive", 1)
    many = [*ids, *(str(uuid4()) for _ in range(2_000))]
    row, answer = sweep(olive, many, _field="city", city="x")
    assert (row, answer.status_code) == (None, 422) and "at most 2,000" in answer.text
    row, _ = sweep(olive, ids, _field="city", city="Lod")
    olive.post(f"/accounts/{ids[0]}", city="Acre")
    form = {"_rec": ids, "_run": row.id, "_do": "set", "_field": "city", "city": "Lod"}
    assert olive.post("/accounts/chosen", **form).status_code == 303
    assert doc("account", ids[0])["city"] == "Acre"
    assert olive.get("/accounts/chosen?_do=set&_field=city&city=Lod").status_code == 200
    assert olive.http.post("/accounts/chosen", data=form).status_code == 403
