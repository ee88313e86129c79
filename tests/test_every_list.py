"""The list of every entity there is, and will be: paging, sorts, filters, search, suggestions."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import quote

import pytest
from uuid_utils.compat import uuid7

from server.core import db, money, reading, tallying, walking
from server.core.entity import Entity
from server.core.registry import registry
from tests.dressing import DRESSED, dress
from tests.people import Stage
from tests.samples import product, samples
from tests.walking import counted, doc, walk

KINDS = [e.type for e in product(DRESSED)]
STRANGERS = ("sam", "zed")
PICK = re.compile(r'<li role="option"[^>]* data-value="([^"]+)"')
MANY = 57  # more than a page
Docs = dict[str, dict[str, Any]]


@dataclass
class Crowd:
    """What is Olive's and what is Sam's; docs by type and id."""

    olive: dict[str, Docs] = field(default_factory=dict)
    sam: dict[str, Docs] = field(default_factory=dict)


@pytest.fixture(scope="module")
def stage(stage: Stage) -> Stage:
    """With fields of every kind on every entity, and an entity more, made at run time."""
    return dress(stage)


@pytest.fixture(params=KINDS)
def entity(request: pytest.FixtureRequest) -> Entity:
    return registry[request.param]


@pytest.fixture(scope="module")
def crowd(stage: Stage) -> Crowd:
    """Many records of every kind are Olive's, some without what is not required."""
    crowd, files, sams = Crowd(), [stage.file("olive", n) for n in (0, 1)], stage.file("sam", 1)
    for entity in product():
        rows = [_row(stage, entity, files[n % 2], n) for n in range(MANY)]
        stage.bulk("olive", rows)
        ids = [values["id"] for _, values in rows] + [file[entity.type] for file in files]
        crowd.olive[entity.type] = {id_: doc(entity.type, id_) for id_ in ids}
        id_ = sams[entity.type]
        crowd.sam[entity.type] = {id_: doc(entity.type, id_)}
    return crowd


def _row(stage: Stage, entity: Entity, file: dict[str, str], n: int) -> tuple[str, Any]:
    made = samples(entity, stage.whose("olive", **file), n % 40)
    return entity.type, {"id": str(uuid7())} | {
        name: one.value for name, one in made.items()
        if n % 3 or entity.fields[name].required or name in ("owner", "team")
    }  # fmt: skip


@pytest.mark.parametrize("name", ["olive", "carl", "mona", "sam", "zed"])
def test_a_list_gives_everything_once(
    stage: Stage, crowd: Crowd, entity: Entity, name: str
) -> None:
    mine = {**crowd.olive[entity.type], **crowd.sam[entity.type]} if name == "mona" else (
        crowd.sam[entity.type] if name == "sam" else crowd.olive[entity.type]
    )  # fmt: skip
    held = crowd.olive[entity.type] if name == "mona" else mine  # her own team's
    for scope, there in (("all", mine), ("mine", held)):
        expected = [] if name == "zed" else sorted(there)
        found = walk(stage.browser(name), f"/{entity.path}/?scope={scope}")
        others = set(stage.cast.noise[2]) if name == "zed" else set()
        assert sorted(set(found) - others) == expected
        assert len(found) == len(set(found))
        assert counted(stage.browser(name), f"/{entity.path}/?scope={scope}") == (len(found), True)


def test_the_head_counts_no_more_than_a_few(
    stage: Stage, crowd: Crowd, entity: Entity, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And nothing that others may not see."""
    monkeypatch.setattr(tallying, "COUNTED", 7)
    monkeypatch.setattr(tallying, "LOOKED", 7)
    monkeypatch.setattr(reading, "FEW", 3)
    for name in ("olive", "mona", "sam"):
        there = len(walk(stage.browser(name), f"/{entity.path}/"))
        n, whole = counted(stage.browser(name), f"/{entity.path}/")
        assert n <= there
        assert whole is (n == there)


def test_strangers_find_nothing(stage: Stage, crowd: Crowd, entity: Entity) -> None:
    for name in STRANGERS:
        browser = stage.browser(name)
        for query in ("q=Sample", "q=sa", f"owner={stage.cast['olive']}", "sort=created_at"):
            found = walk(browser, f"/{entity.path}/?{query}")
            assert not set(found) & crowd.olive[entity.type].keys(), query


def test_every_sort_both_ways(stage: Stage, crowd: Crowd, entity: Entity) -> None:
    browser, docs = stage.browser("olive"), crowd.olive[entity.type]
    for name in entity.sorts:
        for direction in ("asc", "desc"):
            found = walk(browser, f"/{entity.path}/?sort={name}&dir={direction}")
            assert sorted(found) == sorted(docs), (name, direction)
            if name != entity.title:
                in_order([docs[id_][name] for id_ in found], direction == "desc")


def in_order(values: list[Any], descending: bool) -> None:
    """Nulls come last either way."""
    there = [value for value in values if value is not None]
    assert there == sorted(there, reverse=descending)
    assert values[len(there) :] == [None] * (len(values) - len(there))


def as_asked(entity: Entity, name: str, value: Any) -> str:
    """A value in the address of a list: days as a stretch of them, money as people write it."""
    field = entity.fields[name]
    if field.kind == "money":
        return money.plain(value, field.currency)
    if field.kind in ("date", "instant"):
        return f"{value[:10]}..{value[:10]}"
    return json.dumps(value) if isinstance(value, bool) else quote(str(value))


def test_every_filter(stage: Stage, crowd: Crowd, entity: Entity) -> None:
    browser, docs = stage.browser("olive"), crowd.olive[entity.type]
    for name in entity.filters:
        expected: dict[str, set[str]] = {}
        for id_, held in docs.items():
            value = held[name]
            for one in value if isinstance(value, list) else [value]:
                if one is not None:
                    expected.setdefault(as_asked(entity, name, one), set()).add(id_)
        assert expected, name
        for asked, ids in sorted(expected.items())[:4]:
            rest = "&status=all" if entity.closed and name != "status" else ""
            found = walk(browser, f"/{entity.path}/?{name}={asked}{rest}")
            assert sorted(found) == sorted(ids), (name, asked)


def test_what_no_index_knows_is_looked_for_page_by_page(
    stage: Stage, crowd: Crowd, entity: Entity, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Pages end after a few records, with none that fit; all that do are found in the end."""
    for module, name, few in ((reading, "FEW", 0), (walking, "NEAR", 1), (walking, "AHEAD", 0),
                              (walking, "LOOKED_AT", 7)):  # fmt: skip
        monkeypatch.setattr(module, name, few)
    docs, title = crowd.olive[entity.type], entity.title
    for name, sort in (("ada", ""), ("ada", entity.sorts[-1]), ("olive", "")):
        every = page_by_page(stage, name, entity, {"op": "filled", "values": []}, sort)
        for op, value in (("lacks", "Sample"), ("not", "nothing")):
            found = page_by_page(stage, name, entity, {"op": op, "values": [value]}, sort)
            assert len(found) == len(set(found))
            wanted = {i for i in docs if op == "not" or value not in str(docs[i][title])}
            assert set(found) & docs.keys() == wanted and {*found} <= {*every} | wanted


def page_by_page(stage: Stage, name: str, entity: Entity, leaf: Any, sort: str) -> list[str]:
    tree = {"join": "and", "of": [{"field": entity.title, **leaf}]}
    asked: reading.Asked | None = reading.Asked(where=tree, sort=sort, limit=3)
    found: list[str] = []
    with db.reading() as connection:
        reader = reading.Reader(connection, stage.cast.viewer(name), "en")
        while asked is not None:
            rows, after = reader.page(entity, asked, held=False)
            found += [row["id"] for row in rows]
            asked = replace(asked, after=after) if after else None
    return found


def test_searching(stage: Stage, crowd: Crowd, entity: Entity) -> None:
    """A word, part of one, two letters, two words, and one that nobody wrote."""
    browser, docs = stage.browser("carl"), crowd.olive[entity.type]
    named = {
        id_ for id_, held in docs.items()
        if "Sample" in json.dumps([held[f.name] for f in entity.searched])
    }  # fmt: skip
    for words in ("sample", "AMPL", "sa", f"{entity.title} sample"):
        assert set(walk(browser, f"/{entity.path}/?q={words}")) == named, words
    assert walk(browser, f"/{entity.path}/?q=sampel") == []


def test_suggestions(stage: Stage, crowd: Crowd, entity: Entity) -> None:
    for query in ("", "Sample", "sa"):
        for name in ("olive", "carl", *STRANGERS):
            page = stage.browser(name).get(f"/{entity.path}/?pick=x&q={query}").text
            found = set(PICK.findall(page))
            mine = crowd.sam if name == "sam" else crowd.olive
            others = set(stage.cast.noise[2]) if name == "zed" else mine[entity.type].keys()
            assert found <= others
            assert found or name == "zed"
