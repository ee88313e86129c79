"""Every entity there is, and will be, through lists, pages, forms and sync, seen by its owner, a
colleague and two strangers. Nothing here names an entity: a new one is covered at birth."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest
from uuid_utils.compat import uuid7

from server.core.entity import Entity
from server.core.registry import registry
from tests.dressing import DRESSED, dress
from tests.people import Program, Stage
from tests.samples import offered, product, row, samples, targets
from tests.walking import doc, walk

KINDS = [e.type for e in product(DRESSED)]
STRANGERS = ("sam", "zed")


@pytest.fixture(scope="module")
def stage(stage: Stage) -> Stage:
    """With fields of every kind on every entity, and an entity more, made at run time."""
    return dress(stage)


@pytest.fixture(params=KINDS)
def entity(request: pytest.FixtureRequest) -> Entity:
    return registry[request.param]


def typed(stage: Stage, entity: Entity, name: str, n: int, **records: str) -> dict[str, Any]:
    """A form filled in by somebody."""
    made = samples(entity, stage.whose(name, **records), n)
    return {"_fields": " ".join(made), **{k: s.typed for k, s in made.items()}}


def kept(stage: Stage, entity: Entity, name: str, n: int, **records: str) -> dict[str, Any]:
    """What should come of it."""
    return {k: s.value for k, s in samples(entity, stage.whose(name, **records), n).items()}


@pytest.mark.parametrize("name", ["olive", "carl", "tara", "mona", "ada", "zed"])
def test_a_record_through_forms(stage: Stage, entity: Entity, name: str) -> None:
    """New, shown, changed, deleted, restored; by everybody with what is theirs."""
    browser, refs = stage.browser(name), stage.file(name)
    assert browser.get(f"/{entity.path}/new").status_code == 200
    made = browser.post(f"/{entity.path}/", **typed(stage, entity, name, 3, **refs))
    assert made.status_code == 303, made.text
    page = made.headers["Location"]
    rec = page.rpartition("/")[2]
    assert doc(entity.type, rec).items() >= kept(stage, entity, name, 3, **refs).items()
    assert browser.get(page).status_code == browser.get(f"{page}/edit").status_code == 200
    assert browser.post(page, **typed(stage, entity, name, 5, **refs)).headers["Location"] == page
    now = doc(entity.type, rec)
    assert now.items() >= kept(stage, entity, name, 5, **refs).items()
    assert (now["created_by"], now["updated_by"]) == (stage.cast[name], stage.cast[name])
    assert browser.post(f"{page}/deletion").headers["Location"] == f"/{entity.path}/"
    assert doc(entity.type, rec)["deleted"] is True
    assert rec not in walk(browser, f"/{entity.path}/")
    assert browser.get(page).status_code == 200
    assert browser.post(f"{page}/restoration").headers["Location"] == page
    assert doc(entity.type, rec)["deleted"] is False


def test_an_unchanged_form_changes_nothing(stage: Stage, entity: Entity) -> None:
    """What a page shows and gets back is what it was, for every kind of field."""
    rec = stage.file("olive")[entity.type]
    browser, before = stage.browser("olive"), doc(entity.type, rec)
    form = browser.get(f"/{entity.path}/{rec}/edit").text
    was = html.unescape(re.findall(r'name="_was" value="([^"]*)"', form)[0])
    fields = {k: s.typed for k, s in samples(
        entity, stage.whose("olive", **_refs(entity, before))).items()}  # fmt: skip
    answer = browser.post(f"/{entity.path}/{rec}", _was=was, _fields=" ".join(fields), **fields)
    assert answer.status_code == 303
    assert doc(entity.type, rec) == before


def _refs(entity: Entity, held: dict[str, Any]) -> dict[str, str]:
    return {f.target or "": held[f.name] for f in entity.fields.values() if f.kind == "ref"}


def test_required_is_asked_for(stage: Stage, entity: Entity) -> None:
    names = [f.name for f in offered(entity) if f.required]
    blank = {f.name: "" for f in offered(entity)}
    about = {"_fields": " ".join(blank), "_back": "/today"}
    answer = stage.browser("olive").post(f"/{entity.path}/", **about, **blank)
    assert answer.status_code == 422
    assert 'name="_back" value="/today"' in answer.text  # it leads back where it came from
    for name in names:
        assert f'id="e-{name}"' in answer.text


# --- strangers


def alike(one: Any, other: Any, rec: str, nobody: str) -> None:
    """The same answer, but for the id that was asked for."""
    assert one.status_code == other.status_code
    assert one.text.replace(rec, "ID") == other.text.replace(nobody, "ID")
    assert one.headers.get("Location", "").replace(rec, "ID") == (
        other.headers.get("Location", "").replace(nobody, "ID")
    )


@pytest.mark.parametrize("name", STRANGERS)
def test_not_yours_is_not_there(stage: Stage, entity: Entity, name: str) -> None:
    rec, nobody = stage.file("olive")[entity.type], str(uuid7())
    before, browser = doc(entity.type, rec), stage.browser(name)
    nouns = [action.noun for action in entity.actions]
    for part in ("", "/edit", "/nothing", *(f"/{noun}" for noun in nouns)):
        one, other = (browser.get(f"/{entity.path}/{i}{part}") for i in (rec, nobody))
        assert one.status_code == 404, part
        alike(one, other, rec, nobody)
    form = typed(stage, entity, "olive", 7, **_refs(entity, before))
    for part in ("", "/deletion", "/restoration", *(f"/{noun}" for noun in nouns)):
        fields = form if not part else {"assignee": stage.cast["olive"]}
        one, other = (browser.post(f"/{entity.path}/{i}{part}", **fields) for i in (rec, nobody))
        assert one.status_code == 404, part
        alike(one, other, rec, nobody)
    assert doc(entity.type, rec) == before


@pytest.mark.parametrize("name", STRANGERS)
def test_not_yours_is_missing_for_sync(stage: Stage, entity: Entity, name: str) -> None:
    rec = stage.file("olive")[entity.type]
    before, program = doc(entity.type, rec), stage.program(name)
    first = offered(entity)[0].name
    operations: list[tuple[str, dict[str, Any]]] = [
        ("set", {"f": first, "v": "x"}), ("set", {"f": "nothing", "v": 1}), ("del", {}),
        ("add", {"f": "tags", "v": "x"}), ("rem", {"f": "tags", "v": "x"}),
        ("inc", {"f": first, "d": 1}), ("set", {"f": "deleted", "v": False}),
        *(("do", {"f": action.name, "v": {}}) for action in entity.actions),
    ]  # fmt: skip
    for k, more in operations:
        for id_ in (rec, str(uuid7())):
            said = program.do(k, entity.type, id_, **more)
            assert said[:2] == ["rejected", "missing"], k
    assert doc(entity.type, rec) == before
    program.sync()
    assert rec not in program.rows


@pytest.mark.parametrize("name", STRANGERS)
def test_not_yours_can_not_be_referred_to(stage: Stage, entity: Entity, name: str) -> None:
    theirs, mine = stage.file("olive"), stage.file(name)
    browser, program = stage.browser(name), stage.program(name)
    for field in offered(entity):
        if field.kind not in ("ref", "person", "team", "people"):
            continue
        held = stage.cast["north" if field.kind == "team" else "olive"]
        held = theirs[field.target or ""] if field.kind == "ref" else held
        if field.kind != "ref" and name == "sam":
            continue  # people and teams are known to everybody in the organisation
        answers, nobody = [], str(uuid7())
        for id_ in (held, nobody):
            form = typed(stage, entity, name, 1, **mine) | {field.name: id_}
            answers.append(browser.post(f"/{entity.path}/", **form))
            assert answers[-1].status_code == 422
            assert f'id="e-{field.name}"' in answers[-1].text
            values = kept(stage, entity, name, 1, **mine)
            values[field.name] = [id_] if field.kind == "people" else id_
            said = program.do("new", entity.type, str(uuid7()), v=values)
            assert said == ["rejected", "bad_reference", field.name]
        alike(answers[0], answers[1], held, nobody)


@pytest.mark.parametrize("name", STRANGERS)
def test_addresses_that_name_what_is_not_yours(stage: Stage, entity: Entity, name: str) -> None:
    """Filters and forms that are prefilled with another's record say nothing about it."""
    theirs, nobody = stage.file("olive", word="Secret"), str(uuid7())
    browser = stage.browser(name)
    for field in (f for f in entity.fields.values() if f.kind == "ref"):
        held = theirs[field.target or ""]
        for path in (f"/{entity.path}/?{field.name}=", f"/{entity.path}/new?{field.name}="):
            one, other = browser.get(path + held), browser.get(path + nobody)
            assert one.status_code == 200
            assert "Secret" not in one.text
            alike(one, other, held, nobody)


def test_what_a_visible_record_refers_to_stays_hidden(stage: Stage, entity: Entity) -> None:
    """Sam is given a record of Olive's file, and no more of it: pages, lists, suggestions, the
    timeline and conflicts tell him nothing of the rest."""
    if not targets(entity):
        pytest.skip("refers to nothing")
    rec = given_away(stage, entity)
    sam = stage.browser("sam")
    listed = f"/{entity.path}/?status=all" if entity.closed else f"/{entity.path}/"
    assert rec in walk(sam, listed)
    pages = [listed, f"/{entity.path}/{rec}", f"/{entity.path}/{rec}/edit",
             f"/{entity.path}/?pick=x&q=Shown", "/today", "/conflicts"]  # fmt: skip
    pages += re.findall(r'href="(/conflicts/[^"]+)"', sam.get("/conflicts").text)
    assert len(pages) > 6
    for page in pages:
        answer = sam.get(page)
        assert answer.status_code == 200, page
        assert [line for line in answer.text.splitlines() if "Secret" in line] == [], page


def given_away(stage: Stage, entity: Entity) -> str:
    """A record of a file called Secret, moved from one hidden record to another, with conflicts
    about that, and then made Sam's."""
    files = [stage.file("olive", n, "Secret") for n in (0, 1)]
    kind, values = row(entity, stage.whose("olive", **files[0]), word="Shown")
    stage.bulk("olive", [(kind, values)])
    rec, ada = values["id"], stage.program("ada")
    ada.sync()
    for field in (f for f in offered(entity) if f.kind == "ref"):
        for n, program in ((1, stage.program("olive")), (0, ada)):
            program.do("set", kind, rec, f=field.name, v=files[n][field.target or ""])
    assert {ada.status(op)[0] for op in ada.sent} == {"conflict"}
    ada.sync()
    if entity.shares:  # as long as the record is near, its file is his as well
        state, near = entity.shares.state, entity.shares.open
        closed = next(v for v in entity.fields[state].values if v not in near)
        stage.app.config["AFTER_DAYS"] = 0
        assert ada.do("set", kind, rec, f=state, v=closed) == ["ok"]
    for field in (f for f in offered(entity) if f.kind == "person"):
        assert ada.do("set", kind, rec, f=field.name, v=stage.cast["sam"]) == ["ok"]
    return rec


# --- sync


@pytest.mark.parametrize("name", ["olive", "zed"])
def test_a_record_through_sync(stage: Stage, entity: Entity, name: str) -> None:
    refs, program = stage.file(name), stage.program(name)
    program.sync()
    rec = program.new(entity.type, **kept(stage, entity, name, 3, **refs))
    program.sync()
    assert program.doc(rec).items() >= kept(stage, entity, name, 3, **refs).items()
    for field, value in kept(stage, entity, name, 5, **refs).items():
        program.set(entity.type, rec, field, value)
    program.sync()
    assert {tuple(result[1:2]) for result in program.results.values()} == {("ok",)}
    assert program.doc(rec).items() >= kept(stage, entity, name, 5, **refs).items()
    assert doc(entity.type, rec) == program.doc(rec)
    assert program.do("del", entity.type, rec) == ["ok"]
    program.sync()
    assert program.doc(rec)["deleted"] is True
    assert program.do("set", entity.type, rec, f="deleted", v=False) == ["ok"]
    assert_colleagues_hold(stage, rec, name)


def assert_colleagues_hold(stage: Stage, rec: str, name: str) -> None:
    held: dict[str, bool] = {}
    for other in ("olive", "carl", "sam", "tara", "zed"):
        program: Program = stage.program(other)
        program.sync()
        held[other] = rec in program.rows
    team = {"olive", "carl"} if name == "olive" else {"zed"}
    assert {other for other, there in held.items() if there} == team


def test_what_the_server_keeps_has_no_pages(stage: Stage) -> None:
    """But those by which people are managed, and views of lists; see tests/web/test_managing.py and
    test_saved_views.py."""
    managed = {"person", "role", "team", "branch", "saved_view"}
    browser, system = stage.browser("ada"), [e for e in registry.entities.values() if e.system]
    assert managed < {e.type for e in system}
    for entity in (e for e in system if e.type not in managed):
        rec = str(uuid7())
        for part in ("", "new", rec, f"{rec}/edit"):
            answer = browser.get(f"/{entity.path}/{part}")
            assert answer.status_code == 404, (entity.type, part)
        for part in ("", rec, f"{rec}/deletion", f"{rec}/restoration"):
            assert browser.post(f"/{entity.path}/{part}", name="x").status_code == 404
