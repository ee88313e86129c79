"""Names that are mistyped are found all the same, by those who may see them."""

from __future__ import annotations

import re
from urllib.parse import quote

import pytest
from uuid_utils.compat import uuid7

from server.core.finding import mistakes
from tests.people import Stage

NAMES = ("Miriam Azoulay", "Goldstein Ltd", "דנה כהן", "سارا محمدی", "Zed")
TITLE = re.compile(r'role="option".*?<bdi>([^<]*)</bdi>', re.DOTALL)


@pytest.fixture(scope="module")
def named(stage: Stage) -> Stage:
    make(stage, NAMES)
    return stage


def make(stage: Stage, names: tuple[str, ...]) -> None:
    whose = {"owner": stage.cast["olive"], "team": stage.cast["north"]}
    rows = [("account", {"id": str(uuid7()), "name": name, **whose}) for name in names]
    stage.bulk("olive", rows)


def titles(stage: Stage, who: str, words: str) -> list[str]:
    page = stage.browser(who).get(f"/search?pick=1&q={quote(words)}")
    assert page.status_code == 200
    return TITLE.findall(page.text)


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Miraim", NAMES[0]),  # two letters changed places
        ("azulay", NAMES[0]),  # one is missing
        ("goldstien lt", NAMES[1]),
        ("golddstain", NAMES[1]),  # two mistakes in a long word
        ("דאנה", NAMES[2]),
        ("محمودی", NAMES[3]),
    ],
)
def test_a_mistyped_name(named: Stage, typed: str, name: str) -> None:
    assert titles(named, "carl", typed) == [name]
    assert titles(named, "sam", typed) == []
    assert titles(named, "zed", typed) == []


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("מרים אזולאי", NAMES[0]),
        ("מריאם אזולאי", NAMES[0]),
        ('גולדשטיין בע"מ', NAMES[1]),
        ("Dana Cohen", NAMES[2]),
        ("دانا كوهن", NAMES[2]),
        ("Sara Mohammadi", NAMES[3]),
        ("שרה מוחמדי", NAMES[3]),
    ],
)
def test_a_name_in_another_script(named: Stage, typed: str, name: str) -> None:
    assert titles(named, "carl", typed) == [name]
    assert titles(named, "sam", typed) == []
    assert titles(named, "zed", typed) == []


@pytest.mark.parametrize("typed", ["qq", "xyzzyx", "Miriam Goldstein", '"*', "%_%", "zz" * 90])
def test_what_is_like_nothing(named: Stage, typed: str) -> None:
    assert titles(named, "carl", typed) == []


def test_the_title_itself_comes_first(stage: Stage) -> None:
    names = ("Not Dana", "Danaher", "Bar Dana", "Dana", "Ludana")
    make(stage, names)
    found = titles(stage, "carl", "dana")
    assert found[:2] == ["Dana", "Danaher"]
    assert set(found[2:4]) == {"Not Dana", "Bar Dana"}
    assert found[4:] == ["Ludana"]


@pytest.mark.parametrize(
    ("asked", "title", "wrong"),
    [
        (["dana"], "Dana Cohen", 0),
        (["dnaa"], "Dana Cohen", 1),
        (["dana", "chen"], "Dana Cohen", 1),
        (["coh"], "Dana Cohen", 0),
        (["cxx"], "Dana Cohen", None),
        (["da"], "Dana", 0),
        (["dx"], "Dana", None),
        (["dana"], None, None),
    ],
)
def test_mistakes(asked: list[str], title: str | None, wrong: int | None) -> None:
    assert mistakes(asked, title) == wrong
