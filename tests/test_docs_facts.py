"""What the documentation lists is what there is: routes, commands, roles, the demo's people."""

from __future__ import annotations

import argparse
import re
from pathlib import Path

import pytest
from flask import Flask

from server.commands import ROLES, _parser
from server.core.rights import BUILT_IN
from server.demo.story import MAAYAN, PASSWORD, RIVAL

METHODS = ("GET", "POST", "PATCH", "DELETE")
DOCS = Path(__file__).resolve().parents[1] / "docs"


def page(path: str) -> str:
    return (DOCS / path).read_text()


def rows(text: str) -> list[list[str]]:
    """The cells of all tables' rows."""
    lines = [line for line in text.splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in line.strip("|").split(" |")] for line in lines]


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_every_route_is_documented_and_no_other(app: Flask):
    there = {
        (method, rule.rule)
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    found = [row for row in rows(page("developer/routes.md")) if row[0] in METHODS]
    documented = {(method, route.strip("`")) for method, route, *_ in found}
    assert documented == there
    assert len(found) == len(documented)


def commands(parser: argparse.ArgumentParser, before: str = "") -> dict[str, set[str]]:
    """Each command with its options and arguments."""
    subs = [a for a in parser._actions if isinstance(a, argparse._SubParsersAction)]
    if subs:
        inner = subs[0].choices.items()
        return {k: v for name, sub in inner for k, v in commands(sub, f"{before}{name} ").items()}
    words = {
        action.option_strings[-1] if action.option_strings else action.dest.upper()
        for action in parser._actions
        if action.dest != "help"
    }
    return {before.strip(): words}


def test_every_command_and_option_is_documented_and_no_other():
    text = page("admin/commands.md").partition("## python -m server")[2]
    documented = {}
    for command, options, _ in rows(text)[1:]:
        words = re.findall(r"`([^`]+)`", command)[0].split(" ")
        name = " ".join(word for word in words if word.islower())
        listed = {option.partition(" ")[0] for option in re.findall(r"`([^`]+)`", options)}
        documented[name] = listed | {word for word in words if word.isupper()}
    assert documented == commands(_parser())


def test_the_table_of_roles_is_that_of_the_permissions():
    text = page("admin/people.md")
    found = {re.findall(r"`(\w+)`", row[0])[0]: row[1:] for row in rows(text) if "`" in row[0]}
    assert list(found) == list(BUILT_IN) == list(ROLES)
    for role, ((see, create, change, delete, export), _) in BUILT_IN.items():
        assert create == "all"
        assert found[role] == [see, "yes", change, delete, export]


def test_the_people_of_the_demo_are_those_that_sign_in():
    text, there = page("admin/demo.md"), {MAAYAN.email(p): p for p in MAAYAN.people}
    listed = [row for row in rows(text) if "@" in row[0]]
    assert {row[0].strip("`") for row in listed} == set(there)
    spoken = {"he": "Hebrew", "en": "English", "fa": "Persian", "ar": "Arabic"}
    for email, role, team, language in listed:
        person = there[email.strip("`")]
        assert role.startswith(person.role.replace("admin", "administrator"))
        assert team == person.team
        assert language.partition(",")[0] == spoken[person.lang]
    assert all(f"`{RIVAL.email(person)}`" in text for person in RIVAL.people)
    assert f"`{PASSWORD}`" in text


def test_the_readme_names_people_of_the_demo():
    text = (DOCS.parent / "README.md").read_text()
    named = set(re.findall(r"`(\w+@[\w.]+)`", text))
    assert named
    assert named <= {MAAYAN.email(person) for person in MAAYAN.people}
    assert f"`{PASSWORD}`" in text
