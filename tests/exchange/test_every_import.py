"""Import of every kind of record: what was exported comes back, and new ones are as the door's."""

from __future__ import annotations

import csv
import io
import json

import pytest

from server.core.entity import Entity
from server.core.i18n import bare
from server.core.registry import registry
from tests.dressing import DRESSED, SITE, dress
from tests.exchange.bringing import Bringing, carry_out, records, table
from tests.people import Stage
from tests.samples import product, row, samples
from tests.walking import doc

KINDS = [e.type for e in product() if not e.attached]


@pytest.fixture(params=KINDS)
def entity(request: pytest.FixtureRequest) -> Entity:
    return registry[request.param]


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_what_was_exported_comes_back(stage: Stage, entity: Entity, form: str) -> None:
    """Of every kind: an export changes nothing; what was edited in it changes that alone."""
    file = stage.file("olive", word=f"{entity.type} {form}")  # names that are there once
    stage.bulk("olive", [row(entity, stage.whose("olive", **file), n) for n in range(3)])
    given = {"which": "all", "columns": "all", "format": form}
    data = stage.browser("olive").post(f"/{entity.path}/export", **given).data
    bringing = Bringing(stage, "olive", entity.type, data)
    bringing.map(keys="id")
    found = bringing.run()
    assert (found.refused, found.made, found.changed) == (0, 0, 0), bringing.report()
    assert found.same == found.total >= 4
    if form == "csv":
        edit(stage, entity, data, file[entity.type])


@pytest.mark.parametrize("kind", ["account", SITE])
def test_own_fields_go_out_and_in(fresh: Stage, kind: str) -> None:
    """Of our kinds and of one that an organisation made; also as what tells records apart."""
    file, entity = dress(fresh).file("olive"), DRESSED[kind]
    made = [row(entity, fresh.whose("olive", **file), n) for n in range(3)]
    fresh.bulk("olive", made)
    before = [doc(kind, values["id"]) for _, values in made]
    assert all(before[0][name] not in (None, [], False) for name in entity.custom)
    given = {"which": "all", "columns": "all"}
    for form in ("xlsx", "csv"):
        data = fresh.browser("olive").post(f"/{entity.path}/export", format=form, **given).data
        bringing = Bringing(fresh, "olive", kind, data)
        bringing.map(keys="id")
        found = bringing.run()
        assert (found.refused, found.same) == (0, found.total), bringing.report()
    changes = table(["Own email", "Own text", "Own money"], [before[1]["x_email"], "New", "12.50"])
    again = Bringing(fresh, "olive", kind, changes)
    again.map("x_email", "x_text", "x_money", keys="x_email", mode="update")
    assert (again.run().changed, again.row().refused) == (1, 0), again.report()
    now = doc(kind, made[1][1]["id"])
    assert (now["x_text"], now["x_money"]) == ("New", 1250)
    again.do("undoing")
    carry_out()
    back = doc(kind, made[1][1]["id"])
    assert {n: back[n] for n in entity.custom} == {n: before[1][n] for n in entity.custom}


def edit(stage: Stage, entity: Entity, data: bytes, id_: str) -> None:
    head, *rows = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""))
    at = head.index(bare(entity.fields[entity.title].label))
    for one in rows:
        one[at] = "Edited" if one[0] == id_ else one[at]
    kept = doc(entity.type, id_)
    again = Bringing(stage, "olive", entity.type, table(head, *rows))
    again.map(keys="id")
    found = again.run()
    assert (found.changed, found.refused) == (1, 0), again.report()
    now = doc(entity.type, id_)
    assert now == {**kept, entity.title: "Edited", "updated_at": now["updated_at"]}


def test_every_kind_can_be_made(stage: Stage, entity: Entity) -> None:
    """As the door makes them: with all fields, keys, and what is above them."""
    file = stage.file("olive", word=f"Above {entity.type}")
    whose = stage.whose("olive", **file)
    made = samples(entity, whose, 7, "Brought")
    fields = [entity.fields[name] for name in made if made[name].typed]
    cells = [", ".join(t for t in made[f.name].typed if t) for f in fields]
    for at, field in enumerate(fields):
        if field.kind == "instant":
            cells[at] = " ".join(made[field.name].typed)
    bringing = Bringing(stage, "olive", entity.type, table([bare(f.label) for f in fields], cells))
    assert bringing.guessed() == [f.name for f in fields]
    bringing.map()
    found = bringing.run()
    assert found.made == 1, bringing.report()
    one = records(entity.type, **{entity.title: made[entity.title].value})[0]
    assert {f.name: one[f.name] for f in fields} == {f.name: made[f.name].value for f in fields}
    assert one["created_by"] == stage.cast["olive"]
    if entity.parent:
        above = records(entity.fields[entity.parent].target or "", id=one[entity.parent])[0]
        assert set(json.loads(above["keys"])) <= set(json.loads(one["keys"]))
    browser = stage.browser("sam")
    assert browser.get(f"/{entity.path}/{one['id']}").status_code == 404
    assert stage.browser("carl").get(f"/{entity.path}/{one['id']}").status_code == 200
