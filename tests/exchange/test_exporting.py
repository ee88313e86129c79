"""Export of every kind of record: what is in the file, and what is never in it."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest
import vobject
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from uuid_utils.compat import uuid7

from server.core.entity import Entity
from server.core.i18n import bare
from server.core.registry import registry
from server.exchange.defusing import defuse, restore
from server.exchange.formats.vcard_out import fits, folded
from server.exchange.rights import columns
from tests.people import Stage
from tests.samples import product, row
from tests.walking import doc, walk

KINDS = [e.type for e in product()]
MANY = 7


@pytest.fixture(params=KINDS)
def entity(request: pytest.FixtureRequest) -> Entity:
    return registry[request.param]


@pytest.fixture(scope="module")
def olives(stage: Stage) -> dict[str, list[str]]:
    """Ids of Olive's records by kind; beside them there are Sam's."""
    files = stage.file("olive"), stage.file("sam", 1)
    found = {}
    for one in product():
        rows = [row(one, stage.whose("olive", **files[0]), n) for n in range(MANY)]
        stage.bulk("olive", rows)
        found[one.type] = [values["id"] for _, values in rows] + [files[0][one.type]]
    return found


def taken(stage: Stage, name: str, path: str, form: str, **fields: str) -> Any:
    given = {"which": "list", "columns": "all", "format": form} | fields
    answer = stage.browser(name).post(path, **given)
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"].endswith(f'.{form}"')
    return answer


def table(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_csv_has_what_the_person_sees(stage: Stage, olives: Any, entity: Entity) -> None:
    query = "?scope=all&status=all" if entity.closed else "?scope=all"
    head, *rows = table(taken(stage, "olive", f"/{entity.path}/export{query}", "csv").data)
    assert head == ["ID", *(bare(one.label) for one in columns(entity))]
    assert sorted(one[0] for one in rows) == sorted(olives[entity.type])
    assert {len(one) for one in rows} == {len(head)}
    assert [one[0] for one in rows] == walk(stage.browser("olive"), f"/{entity.path}/{query}")


def test_strangers_take_only_their_own(stage: Stage, olives: Any, entity: Entity) -> None:
    for name in ("sam", "zed"):
        for form in ("csv", "json"):
            answer = taken(stage, name, f"/{entity.path}/export", form, which="all")
            assert not [id_ for id_ in olives[entity.type] if id_ in answer.text]


def test_json_is_what_the_api_gives(stage: Stage, olives: Any, entity: Entity) -> None:
    answer = taken(stage, "olive", f"/{entity.path}/export", "json", which="all")
    found = json.loads(answer.data)
    assert sorted(one["id"] for one in found) == sorted(olives[entity.type])
    for one in found:
        kept = doc(entity.type, one["id"])
        names = [field.name for field in columns(entity)]
        assert {n: one[n] for n in names} == {n: kept[n] for n in names}


def test_xlsx_has_the_same_rows(stage: Stage, olives: Any, entity: Entity) -> None:
    path = f"/{entity.path}/export"
    lines = table(taken(stage, "olive", path, "csv", which="all").data)
    data = taken(stage, "olive", path, "xlsx", which="all").data
    sheet = load_workbook(io.BytesIO(data)).worksheets[0]
    found = list(sheet.iter_rows(values_only=True))
    assert [one[0] for one in found] == [one[0] for one in lines]
    texts = [i for i, f in enumerate(columns(entity), 1) if f.kind in ("text", "phones", "tags")]
    assert [[one[i] or "" for i in texts] for one in found] == [
        [restore(one[i]) for i in texts] for one in lines
    ]


def test_vcards_are_read_by_others(stage: Stage, olives: Any, entity: Entity) -> None:
    if not fits(entity):
        answer = stage.browser("olive").post(f"/{entity.path}/export", format="vcf")
        assert answer.status_code == 400
        return
    text = taken(stage, "olive", f"/{entity.path}/export", "vcf", which="all").text
    cards = list(vobject.readComponents(text))
    assert sorted(card.uid.value for card in cards) == sorted(olives[entity.type])
    for card in cards:
        kept = doc(entity.type, card.uid.value)
        assert card.fn.value == kept[entity.title]
        phones = [one.value for one in card.contents.get("tel", [])]
        assert phones == kept.get("phones", [])


def test_lists_are_taken_as_they_are_narrowed(stage: Stage, olives: Any) -> None:
    there = "/accounts/export"
    for query in ("?q=Sample+name+3", "?city=Sample+city+2&scope=all", "?sort=city&dir=desc"):
        rows = table(taken(stage, "olive", there + query, "csv", columns="shown").data)
        assert len(rows[0]) == 1 + len(registry["account"].columns)
        assert [one[0] for one in rows[1:]] == walk(stage.browser("olive"), f"/accounts/{query}")


def test_what_was_taken_is_written_down(fresh: Stage) -> None:
    fresh.file("olive")
    taken(fresh, "olive", "/accounts/export?q=Sample", "csv")
    taken(fresh, "ada", "/contacts/export", "json")
    mine = fresh.browser("olive").get("/exports/").text
    assert "Accounts ·" in mine and "1 record" in mine and "Contacts ·" not in mine
    everybody = fresh.browser("ada").get("/exports/").text
    assert "olive" in everybody and "Accounts ·" in everybody and "Contacts ·" in everybody
    assert "olive" not in fresh.browser("zed").get("/exports/").text


def test_only_what_one_may_export_leaves(fresh: Stage) -> None:
    """A seller sees what is the team's and takes what is their own; a technician takes nothing."""
    fresh.file("olive")
    for query in ("?scope=all", "?scope=mine"):
        carls = taken(fresh, "carl", f"/accounts/export{query}", "json")
        assert json.loads(carls.data) == []
    assert len(json.loads(taken(fresh, "mona", "/accounts/export", "json").data)) == 1
    tara = fresh.browser("tara")
    assert tara.get("/accounts/export").status_code == 403
    assert "/accounts/export" not in tara.get("/accounts/").text


def test_formulas_are_harmless_and_phones_whole(fresh: Stage) -> None:
    whose = fresh.whose("olive")
    evil = '=HYPERLINK("http://x","y")'
    kind, values = row(registry["account"], whose)
    fresh.bulk("olive", [(kind, values | {"id": str(uuid7()), "name": evil, "city": "'@b"})])
    head, one = table(taken(fresh, "olive", "/accounts/export", "csv", bom="1").data)
    found = dict(zip(head, one, strict=True))
    assert found["Name"] == f"'{evil}" and found["City"] == "''@b"
    assert found["Phones"] == "+972 52 123 4567, +98 912 123 4567"
    data = taken(fresh, "olive", "/accounts/export", "xlsx").data
    cell = load_workbook(io.BytesIO(data)).worksheets[0]["B2"]
    assert (cell.value, cell.data_type) == (evil, "s")


def test_refusing(fresh: Stage) -> None:
    browser = fresh.browser("olive")
    assert browser.get("/people/export").status_code == 403
    assert browser.get("/nothing/export").status_code == 404
    assert browser.get("/accounts/export").status_code == 200
    assert browser.post("/accounts/export", format="exe").status_code == 400
    assert browser.post("/accounts/export", _t="forged", format="csv").status_code == 403


@given(st.text())
def test_defusing_loses_nothing(text: str) -> None:
    assert restore(defuse(text)) == text
    assert not defuse(text).startswith(("=", "@", "\t", "\r"))


@given(st.text(alphabet=st.characters(exclude_characters="\r\n", exclude_categories=["Cs"])))
def test_folding_loses_nothing(text: str) -> None:
    lines = folded(text).split("\r\n")
    assert max(len(line.encode()) for line in lines) <= 75
    assert lines[0] + "".join(line[1:] for line in lines[1:]) == text
