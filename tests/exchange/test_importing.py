"""Import: from a file to records, and back."""

from __future__ import annotations

import threading
from typing import Any

import pytest

from server.core.db import db, writing
from server.core.roles import IDS
from server.exchange import keeping, running
from tests.exchange.bringing import Bringing, carry_out, records, table
from tests.people import Stage
from tests.walking import doc

HEAD = ["Name", "Phone", "E-mail", "City", "Tags"]
TWO = table(HEAD, ["Dana Ltd", "052-123-4567", "d@x.com", "Haifa", "a, b"],
            ["Levi Ltd", "03-555-1234", "l@x.com", "Jaffa", ""])  # fmt: skip


def test_new_and_known(fresh: Stage) -> None:
    first = Bringing(fresh, "olive", "account", TWO)
    assert first.guessed() == ["name", "phones", "email", "city", "tags"]
    first.map(keys="email")
    page = first.preview()
    assert 'data-count="made">2' in page and "+972 52 123 4567" in page
    assert (first.run().made, first.row().status) == (2, "done")
    more = table(HEAD, ["Dana Ltd", "052-123-4567", "D@X.com", "Acre", "a, b"],
                 ["New", "bad", "n@x.com", "", ""], ["Third", "", "t@x.com", "", ""])  # fmt: skip
    second = Bringing(fresh, "olive", "account", more)
    second.map(keys="email")
    found = second.run()
    assert (found.made, found.changed, found.same, found.refused) == (1, 1, 0, 1)
    assert [one["city"] for one in records("account", name="Dana Ltd")] == ["Acre"]
    head, *rows = second.report("?only=needing")
    assert head[:4] == ["Row", "Result", "Reason", "Name"]
    assert rows[0][:2] == ["3", "Refused"] and "Phones" in rows[0][2] and rows[0][3] == "New"


def test_undo_keeps_what_others_did(fresh: Stage) -> None:
    Bringing(fresh, "olive", "account", TWO).map()
    first = Bringing(fresh, "olive", "account", TWO)
    first.map(keys="email")
    first.run()
    dana, levi = (records("account", name=name)[0]["id"] for name in ("Dana Ltd", "Levi Ltd"))
    change = table(HEAD, ["Dana Ltd", "", "d@x.com", "Acre", "c"],
                   ["Levi Ltd", "", "l@x.com", "Lod", ""], ["X", "", "x@x.com", "", ""],
                   ["Y", "", "y@x.com", "", ""])  # fmt: skip
    second = Bringing(fresh, "olive", "account", change)
    second.map(keys="email")
    second.run()
    x, y = (records("account", name=name)[0]["id"] for name in ("X", "Y"))
    fresh.browser("carl").post(f"/accounts/{dana}", city="Eilat")
    fresh.browser("carl").post("/contacts/", name="At X", account=x)
    assert second.do("undoing").status_code == 303
    carry_out()
    found = second.row()
    assert (found.status, found.undone, found.kept) == ("undone", 2, 2)
    assert doc("account", dana)["city"] == "Eilat" and doc("account", dana)["tags"] == ["a", "b"]
    assert doc("account", levi)["city"] == "Jaffa"
    assert doc("account", y)["deleted"] is True and doc("account", x)["deleted"] is False
    told = {line[0]: line[2] for line in second.report("?only=needing")[1:]}
    assert "City" in told["2"] and "belong" in told["4"]
    # What the second took back does not hold the first; what others wrote in between does.
    first.do("undoing")
    carry_out()
    assert (first.row().undone, first.row().kept) == (1, 1)
    assert doc("account", levi)["deleted"] is True and doc("account", dana)["deleted"] is False


def test_references_owners_and_words_of_all_languages(fresh: Stage) -> None:
    fresh.file("olive")
    account = records("account", owner=fresh.cast["olive"])[0]
    rows = [["שם", "לקוח", "תאריך לידה", "שפה", "בעלים"],
            ["א", account["name"], "1364/01/02", "עברית", "carl"],
            ["ב", account["number"], "21.3.1985", "he", fresh.cast["carl"]],
            ["ג", "nobody's", "۱۳۶۴/۰۱/۰۲", "", "carl"]]  # fmt: skip
    bringing = Bringing(fresh, "olive", "contact", table(*rows))
    assert bringing.guessed() == ["name", "account", "birthday", "lang", "owner"]
    bringing.map()
    found = bringing.run()
    assert (found.made, found.refused) == (2, 1) or bringing.report() == []
    one, two = (records("contact", name=name)[0] for name in "אב")
    assert one["birthday"] == "1985-03-22" and two["birthday"] == "1985-03-21"
    assert {one["account"], two["account"]} == {account["id"]}
    assert one["owner"] == fresh.cast["carl"] and one["lang"] == two["lang"] == "he"
    assert "Account" in bringing.report("?only=needing")[1][2]


def test_owners_in_turn_and_defaults(fresh: Stage) -> None:
    people = [fresh.cast["carl"], fresh.cast["sam"]]
    data = table(["Name"], *([f"N{n}"] for n in range(4)))
    bringing = Bringing(fresh, "olive", "account", data)
    more = {"default-relation": "supplier", "default-city": "Haifa"}
    bringing.map(owner="round", people=people, **more)
    bringing.run()
    found = {one["name"]: one for one in records("account") if one["name"].startswith("N")}
    order = sorted(people)
    owners = [found[f"N{n}"]["owner"] for n in range(4)]
    assert sorted(owners) == sorted(people * 2) and owners[0] != owners[1] and len(order) == 2
    assert {one["relation"] for one in found.values()} == {"supplier"}
    assert {one["team"] for one in found.values()} == {fresh.cast["north"], fresh.cast["south"]}


def test_modes(fresh: Stage) -> None:
    first = Bringing(fresh, "olive", "account", TWO)
    first.map(keys="email")
    first.run()
    for mode, code in (("create", "already"), ("update", "no such")):
        data = TWO if mode == "create" else TWO.replace(b"@x", b"@y")
        again = Bringing(fresh, "olive", "account", data)
        again.map(keys="email", mode=mode)
        assert again.run().refused == 2
        assert code in again.report()[1][2]
    assert len(records("account", city="Haifa")) == 1


def test_a_row_after_the_other_about_one_record(fresh: Stage) -> None:
    data = table(["Name", "E-mail", "City"], ["A", "a@x.com", "One"], ["A", "a@x.com", "Two"])
    bringing = Bringing(fresh, "olive", "account", data)
    bringing.map(keys="email")
    found = bringing.run()
    assert (found.made, found.changed) == (1, 1)
    assert [one["city"] for one in records("account", name="A")] == ["Two"]
    bringing.do("undoing")
    carry_out()
    assert records("account", name="A") == [] and bringing.row().kept == 0


def test_pausing_and_going_on(fresh: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each row once, however often it is stopped on its way, also in the midst of a portion."""
    monkeypatch.setattr(running, "PORTION", 2)
    data = table(["Name", "E-mail"], *([f"P{n}", f"p{n}@x.com"] for n in range(9)))
    bringing = Bringing(fresh, "olive", "account", data)
    bringing.map(keys="email")
    bringing.do("running")
    write, times = running._write, []

    def breaking(*args: Any) -> None:
        times.append(1)
        if len(times) == 2:
            bringing.do("pausing")
        if len(times) == 4:
            with writing():
                raise ConnectionError("killed")
        write(*args)

    monkeypatch.setattr(running, "_write", breaking)
    carry_out()
    assert (bringing.row().status, bringing.row().done) == ("paused", 2)
    bringing.do("running")
    carry_out()
    assert bringing.row().status == "running"
    running.run(bringing.id, bringing.row().turn)
    found = bringing.row()
    assert (found.status, found.done, found.made) == ("done", 9, 9)
    assert len([one for one in records("account") if one["name"].startswith("P")]) == 9


def test_a_right_that_is_lost_on_the_way(
    fresh: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The next portion holds to what the person may by then: first a field goes, then all."""
    monkeypatch.setattr(running, "PORTION", 2)
    data = table(["Name", "City"], *([f"R{n}", "Haifa"] for n in range(9)))
    bringing = Bringing(fresh, "olive", "account", data)
    bringing.map()
    bringing.do("running")
    write, times = running._write, []
    ada, levels = fresh.program("ada"), {"see": "all", "create": "all", "change": "all"}
    ada.sync()

    def give(**more: Any) -> None:
        rights = {"*": levels, "account": levels | more}
        assert ada.do("set", "role", IDS["seller"], f="rights", v=rights) == ["ok"]

    def losing(*args: Any) -> None:
        times.append(1)
        if len(times) == 2:
            give(fields={"city": "readonly"})
        if len(times) == 5:
            give(create="none")
        write(*args)

    monkeypatch.setattr(running, "_write", losing)
    carry_out()
    row = bringing.row()
    assert (row.status, row.error, row.made, row.done) == ("failed", "forbidden", 6, 6)
    found = [one for one in records("account") if one["name"].startswith("R")]
    assert sorted((one["name"], one["city"]) for one in found) == [
        *((f"R{n}", "Haifa") for n in range(2)), *((f"R{n}", None) for n in range(2, 6))
    ]  # fmt: skip


def test_two_workers_write_no_row_twice(fresh: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "PORTION", 5)
    data = table(["Name"], *([f"W{n}"] for n in range(40)))
    bringing = Bringing(fresh, "olive", "account", data)
    bringing.map()
    bringing.do("running")
    turn = bringing.row().turn

    def work() -> None:
        with fresh.app.app_context():
            running.run(bringing.id, turn)
            db.session.remove()

    threads = [threading.Thread(target=work) for _ in range(3)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert (bringing.row().done, bringing.row().made) == (40, 40)
    assert len([one for one in records("account") if one["name"].startswith("W")]) == 40


def test_rights_hold(fresh: Stage) -> None:
    """What one may not change stays; what one may not see can't be named or found."""
    file = fresh.file("sam", 1)
    sams = doc("account", file["account"])
    data = table(["ID", "Name", "City"], [file["account"], "Mine now", "Haifa"])
    bringing = Bringing(fresh, "olive", "account", data)
    bringing.map(keys="id")
    assert bringing.run().made == 1
    assert doc("account", file["account"]) == sams
    contacts = table(["Name", "Account"], ["C", file["account"]], ["D", sams["name"]])
    second = Bringing(fresh, "olive", "contact", contacts)
    second.map()
    assert second.run().refused == 2
    for name in ("sam", "carl", "zed"):
        for path in ("", "/report", "/preview"):
            assert fresh.browser(name).get(f"/imports/{second.id}{path}").status_code == 404
        assert fresh.browser(name).post(f"/imports/{second.id}/undoing").status_code == 404
    assert fresh.browser("ada").get(f"/imports/{second.id}").status_code == 200
    assert fresh.browser("olive").get("/imports/new?of=person").status_code == 404


def test_templates(fresh: Stage) -> None:
    first = Bringing(fresh, "olive", "account", table(["Foo", "Bar"], ["A", "Haifa"]))
    first.map("name", "city", template="Shop")
    second = Bringing(fresh, "carl", "account", table(["Bar", "Foo"], ["Acre", "B"]))
    page = second.browser.get(f"/imports/{second.id}").text
    assert "Shop" in page
    id_ = page.split('name="use" value="')[1].split('"')[0]
    second.browser.post(f"/imports/{second.id}/template", use=id_)
    assert second.guessed() == ["city", "name"]
    second.browser.post(f"/imports/{second.id}/template", forget=id_)
    assert "Shop" in second.browser.get(f"/imports/{second.id}").text
    first.browser.post(f"/imports/{first.id}/template", forget=id_)
    assert "Shop" not in second.browser.get(f"/imports/{second.id}").text


def test_a_plan_that_can_not_be(fresh: Stage) -> None:
    bringing = Bringing(fresh, "olive", "account", TWO)
    for targets, more, says in (
        (["", "", "", "", ""], {}, "at least one"), (["city", "city", "name", "", ""], {}, "City"),
        (["city", "", "", "", ""], {}, "Name"),
        (["name", "", "", "", ""], {"mode": "update"}, "found"),
        (["name", "", "", "", ""], {"owner": "fixed"}, "who"),
        (["name", "", "", "", ""], {"default-kind": "nope"}, "Kind"),
    ):  # fmt: skip
        answer = bringing.map(*targets, **more)
        assert answer.status_code == 422 and says in answer.text, says


def test_drafts_are_forgotten(fresh: Stage) -> None:
    bringing = Bringing(fresh, "olive", "account", TWO)
    assert bringing.do("removal").status_code == 303
    assert bringing.browser.get(f"/imports/{bringing.id}").status_code == 404
    other = Bringing(fresh, "olive", "account", TWO)
    with writing() as connection:
        keeping.put(connection, other.id, at=other.row().at - keeping.KEPT_DRAFTS * 2)
    keeping.purge_imports()
    assert other.browser.get(f"/imports/{other.id}").status_code == 404
