"""Every entity through the API, by its owner, a colleague and two strangers. Nothing here names an
entity: a new one is covered at birth."""

from __future__ import annotations

from typing import Any

import pytest
from uuid_utils.compat import uuid7

from server.core.entity import Entity
from server.core.registry import registry
from tests.people import Stage
from tests.samples import product, samples
from tests.walking import doc

KINDS = [e.type for e in product()]
STRANGERS = ("sam", "zed")


@pytest.fixture(params=KINDS)
def entity(request: pytest.FixtureRequest) -> Entity:
    return registry[request.param]


def values(stage: Stage, entity: Entity, name: str, n: int, **records: str) -> dict[str, Any]:
    return {k: s.value for k, s in samples(entity, stage.whose(name, **records), n).items()}


@pytest.mark.parametrize("name", ["olive", "carl", "tara", "mona", "ada", "zed"])
def test_a_record_from_birth_to_deletion(stage: Stage, entity: Entity, name: str) -> None:
    ask, refs = stage.api(name), stage.file(name)
    sent = values(stage, entity, name, 3, **refs)
    made = ask("POST", f"/{entity.path}/", sent)
    assert made.status_code == 201, made.text
    where = made.headers["Location"].removeprefix("/api/v1")
    rec = made.json["id"]
    assert made.json.items() >= sent.items()
    assert doc(entity.type, rec).items() >= sent.items()
    assert ask("GET", where).json == made.json
    assert ask("GET", where, If_None_Match=made.headers["ETag"]).status_code == 304
    other = values(stage, entity, name, 5, **refs)
    changed = ask("PATCH", where, other, If_Match=made.headers["ETag"])
    assert (changed.status_code, changed.json.items() >= other.items()) == (200, True)
    assert changed.headers["ETag"] == f'"{changed.json["ver"]}"' != made.headers["ETag"]
    assert ask("DELETE", where).status_code == 204
    assert rec not in {row["id"] for row in ask("GET", f"/{entity.path}/?limit=200").json["data"]}
    assert ask("GET", where).json["deleted"] is True
    assert ask("POST", f"{where}/restoration").json["deleted"] is False


@pytest.mark.parametrize("name", STRANGERS)
def test_strangers_meet_nothing(stage: Stage, entity: Entity, name: str) -> None:
    """Not there, and not yours, are the same."""
    rec = stage.file("olive")[entity.type]
    ask, before = stage.api(name), doc(entity.type, rec)
    for id_ in (rec, str(uuid7())):
        there = f"/{entity.path}/{id_}"
        told = [ask("GET", there), ask("PATCH", there, {}), ask("DELETE", there),
                ask("POST", f"{there}/restoration"),
                *(ask("POST", f"{there}/{a.noun}", {}) for a in entity.actions)]  # fmt: skip
        assert {(one.status_code, one.json["code"]) for one in told} == {(404, "missing")}
    ids = {row["id"] for row in ask("GET", f"/{entity.path}/?limit=200").json["data"]}
    assert rec not in ids
    changes = [{"do": do, "type": entity.type, "id": rec} for do in ("change", "delete", "restore")]
    results = ask("POST", "/bulk", {"changes": changes}).json["results"]
    assert [one["status"] for one in results] == [404] * 3
    assert doc(entity.type, rec) == before


def test_a_list_is_walked_to_its_end(stage: Stage, entity: Entity) -> None:
    ids = {stage.file("olive", n)[entity.type] for n in range(7)}
    ask, path, found = stage.api("olive"), f"/{entity.path}/?limit=3&fields=created_at", []
    while path:
        page = ask("GET", path)
        found += [row["id"] for row in page.json["data"]]
        assert all(set(row) == {"id", "type", "ver", "created_at"} for row in page.json["data"])
        after = page.json["next"]
        assert (after is None) == ("Link" not in page.headers)
        path = f"/{entity.path}/?limit=3&fields=created_at&after={after}" if after else ""
    assert ids <= set(found)
    assert len(found) == len(set(found))


def test_what_a_list_may_be_asked(stage: Stage, entity: Entity) -> None:
    rec = stage.file("olive")[entity.type]
    ask, mine = stage.api("olive"), f"owner={stage.cast['olive']}"
    here = f"/{entity.path}/?{mine}&limit=200"
    assert rec in {row["id"] for row in ask("GET", here).json["data"]}
    other = f"/{entity.path}/?owner={stage.cast['mona']}&limit=200"
    assert rec not in {row["id"] for row in ask("GET", other).json["data"]}
    both = ask("GET", f"{other}&{mine}").json["data"]
    assert rec in {row["id"] for row in both}
    assert ask("GET", f"{here}&created_at=2000-01-01..2000-01-02").json["data"] == []
    titles = [row[entity.title] for row in ask("GET", f"{here}&sort=-created_at").json["data"]]
    assert len(titles) == len(ask("GET", f"{here}&sort=created_at").json["data"])


def test_what_is_wrong_is_said_at_once(stage: Stage, entity: Entity) -> None:
    ask = stage.api("olive")
    wanted = {f.name for f in entity.fields.values() if f.required and f.default is None}
    told = ask("POST", f"/{entity.path}/", {"nothing": 1, "created_at": None, "owner": 7})
    assert (told.status_code, told.mimetype) == (422, "application/problem+json")
    errors = {one["field"]: one["code"] for one in told.json["errors"]}
    expected = dict.fromkeys(wanted, "required")
    assert errors == {
        **expected, "nothing": "unknown_field", "created_at": "readonly", "owner": "wrong_kind",
    }  # fmt: skip
    assert all(one["message"] for one in told.json["errors"])


def test_what_the_server_keeps_is_only_read(stage: Stage) -> None:
    ask = stage.api("ada")
    for entity in registry.entities.values():
        if entity.system:
            assert ask("GET", f"/{entity.path}/").status_code == 200
            assert ask("POST", f"/{entity.path}/", {}).json["code"] == "forbidden"
            for row in ask("GET", f"/{entity.path}/?limit=1").json["data"]:
                there = f"/{entity.path}/{row['id']}"
                assert ask("GET", there).json["id"] == row["id"]
                assert ask("PATCH", there, {}).status_code == 403
                assert ask("DELETE", there).status_code == 403
