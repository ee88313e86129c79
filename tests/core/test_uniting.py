"""Two records become one, and two again: what hangs off them, who may, and what comes late."""

from __future__ import annotations

from typing import Any

import pytest
from uuid_utils.compat import uuid7

from server.core.registry import registry
from tests.exchange.bringing import records
from tests.people import Program, Stage
from tests.samples import product
from tests.walking import doc


class Pair:
    """Two accounts of somebody's, each with one record of every kind in it."""

    def __init__(self, stage: Stage, name: str = "ada") -> None:
        self.stage, self.program = stage, stage.program(name)
        self.keep, self.gone = stage.file(name, 1), stage.file(name, 2)
        self.program.sync()

    def merge(self, **more: Any) -> list[Any]:
        value = {"loser": self.gone["account"], "values": {}} | more
        return self.program.do("unite", "account", self.keep["account"], v=value)

    def part(self, program: Program | None = None) -> list[Any]:
        value = {"merger": self.merger()}
        who = program or self.program
        return who.do("part", "account", self.keep["account"], v=value)

    def merger(self) -> str:
        [found] = records("merger", loser=self.gone["account"])
        return str(found["id"])


@pytest.fixture
def pair(stage: Stage) -> Pair:
    return Pair(stage)


def named_by(account: str) -> set[tuple[str, str]]:
    """(type, id) of all that names it."""
    found = set()
    for entity in [e for e in registry.entities.values() if not e.system]:
        names = ["rec"] if entity.attached else [
            f.name for f in entity.fields.values() if f.kind == "ref" and f.target == "account"
        ]  # fmt: skip
        for one in records(entity.type):
            if any(one[name] == account for name in names):
                found.add((entity.type, one["id"]))
    return found


def test_all_that_hangs_off_moves_and_comes_back(pair: Pair) -> None:
    program, gone, keep = pair.program, pair.gone["account"], pair.keep["account"]
    file = str(uuid7())
    values = {"name": "a.txt", "of": "account", "rec": gone, "size": 1, "sha256": "0" * 64}
    assert program.do("new", "file", file, v=values) == ["ok"]
    before, others = named_by(gone), named_by(keep)
    assert ("file", file) in before and len(before) >= 4
    assert pair.merge() == ["ok"]
    assert named_by(gone) == set()
    assert named_by(keep) == before | others
    assert doc("account", gone)["deleted"] is True
    assert pair.part() == ["ok"]
    assert (named_by(gone), named_by(keep)) == (before, others)
    assert doc("account", gone)["deleted"] is False


def test_chosen_values_are_taken_and_given_back(pair: Pair) -> None:
    keep, gone = doc("account", pair.keep["account"]), doc("account", pair.gone["account"])
    tags = [*keep["tags"], "merged"]
    assert pair.merge(values={"name": gone["name"], "tags": tags}) == ["ok"]
    now = doc("account", pair.keep["account"])
    assert (now["name"], now["tags"], now["city"]) == (gone["name"], tags, keep["city"])
    assert pair.program.do("set", "account", pair.keep["account"], f="name", v="By hand") == ["ok"]
    assert pair.program.do("add", "account", pair.keep["account"], f="tags", v="later") == ["ok"]
    assert pair.part() == ["ok"]
    after = doc("account", pair.keep["account"])
    assert after["name"] == "By hand"  # changed since: it stays
    assert after["tags"] == [*keep["tags"], "later"]


def test_history_goes_along(pair: Pair) -> None:
    gone, keep = pair.gone["account"], pair.keep["account"]
    assert pair.program.do("set", "account", gone, f="city", v="Once upon a time") == ["ok"]
    assert pair.merge() == ["ok"]
    page = pair.stage.browser("ada").get(f"/accounts/{keep}").text
    assert "Once upon a time" in page
    assert pair.part() == ["ok"]
    assert "Once upon a time" not in pair.stage.browser("ada").get(f"/accounts/{keep}").text
    assert "Once upon a time" in pair.stage.browser("ada").get(f"/accounts/{gone}").text


def test_its_address_leads_to_the_winner(pair: Pair) -> None:
    browser, gone = pair.stage.browser("ada"), pair.gone["account"]
    pair.merge()
    answer = browser.get(f"/accounts/{gone}")
    assert (answer.status_code, answer.headers["Location"]) == (
        303, f"/accounts/{pair.keep['account']}",
    )  # fmt: skip
    pair.part()
    assert browser.get(f"/accounts/{gone}").status_code == 200


def test_what_comes_late_reaches_the_winner(pair: Pair) -> None:
    gone, keep = pair.gone["account"], pair.keep["account"]
    phone = pair.stage.program("ada")
    phone.sync()
    taken = doc("account", gone)["city"]
    assert pair.merge(values={"city": taken, "street": "Chosen"}) == ["ok"]
    assert phone.do("set", "account", gone, f="city", v="Moved")[0] == "ok"
    assert doc("account", keep)["city"] == "Moved"  # nobody else had said anything of it
    assert phone.do("set", "account", gone, f="street", v="Other")[0] == "conflict"
    task = str(uuid7())
    assert phone.do("set", "account", gone, f="website", v="https://late.example")[0] == "ok"
    assert phone.do("new", "task", task, v={"title": "Late", "account": gone}) == ["ok"]
    assert phone.do("set", "task", task, f="account", v=gone)[0] == "ok"
    assert doc("account", keep)["website"] == "https://late.example"
    assert doc("task", task)["account"] == keep
    assert phone.do("del", "account", gone)[0] == "ok"
    assert doc("account", keep)["deleted"] is False
    assert phone.do("set", "account", gone, f="deleted", v=False)[:2] == ["rejected", "merged"]


def test_chains(stage: Stage) -> None:
    """A into B, B into C: A leads to C; only the last can be undone."""
    first, second = Pair(stage), Pair(stage)
    first.merge()
    second.gone = first.keep
    assert second.merge() == ["ok"]
    program = first.program
    program.sync()
    assert program.do("set", "account", first.gone["account"], f="city", v="C") == ["ok"]
    assert doc("account", second.keep["account"])["city"] == "C"
    assert first.part()[:2] == ["rejected", "missing"]
    assert second.part() == ["ok"]
    assert first.part() == ["ok"]


@pytest.mark.parametrize(
    "value",
    [None, {}, {"loser": 1, "values": {}}, {"loser": "x", "values": {}}, {"loser": None},
     {"loser": "0" * 8, "values": []}],
)  # fmt: skip
def test_nonsense_is_refused(pair: Pair, value: Any) -> None:
    account = pair.keep["account"]
    answer = pair.program.do("unite", "account", account, v=value)
    assert answer[0] == "rejected" and answer[1] in ("malformed", "missing")
    assert pair.program.do("part", "account", account, v=value)[0] == "rejected"
    task = pair.keep["task"]
    wish = {"loser": pair.gone["task"], "values": {}}
    assert pair.program.do("unite", "task", task, v=wish)[:2] == ["rejected", "malformed"]


def test_values_are_checked(pair: Pair) -> None:
    for values, code in (({"email": "no"}, "bad_email"), ({"nope": 1}, "unknown_field"),
                         ({"number": "C-1"}, "readonly"), ({"name": None}, "required"),
                         ({"owner": str(uuid7())}, "bad_reference")):  # fmt: skip
        assert pair.merge(values=values)[:2] == ["rejected", code]
    assert pair.merge(ver=1)[:2] == ["rejected", "stale"]
    assert doc("account", pair.gone["account"])["deleted"] is False


def test_who_may(stage: Stage) -> None:
    """A seller may delete what is theirs only; strangers do not even learn that it is there."""
    theirs, ours = Pair(stage, "olive"), Pair(stage, "carl")
    carl = stage.program("carl")
    value = {"loser": theirs.gone["account"], "values": {}}
    answer = carl.do("unite", "account", ours.keep["account"], v=value)
    assert answer[:2] == ["rejected", "forbidden"]
    for name in ("sam", "zed"):
        own = Pair(stage, name)
        assert own.program.do("unite", "account", own.keep["account"], v=value)[:2] == [
            "rejected", "missing",
        ]  # fmt: skip
    assert theirs.merge() == ["ok"]
    merger = {"merger": theirs.merger()}
    for name in ("sam", "zed"):
        stranger = stage.program(name)
        answer = stranger.do("part", "account", theirs.keep["account"], v=merger)
        assert answer[:2] == ["rejected", "missing"]


def test_every_kind_that_has_twins(stage: Stage) -> None:
    for entity in [e for e in product() if e.twins]:
        keep, gone = stage.file("ada", 1)[entity.type], stage.file("ada", 2)[entity.type]
        program = stage.program("ada")
        wish = {"loser": gone, "values": {}}
        assert program.do("unite", entity.type, keep, v=wish) == ["ok"]
        answer = stage.browser("ada").get(f"/{entity.path}/{gone}")
        assert answer.headers["Location"] == f"/{entity.path}/{keep}"
