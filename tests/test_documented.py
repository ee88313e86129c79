"""What exists is documented: every address, setting, command and code of sync."""

from __future__ import annotations

import argparse
import re
from pathlib import Path

import pytest
from flask import Flask

from server.commands import _parser
from server.core.config import declared
from server.core.errors import MESSAGES
from server.sync import asking, endpoint

ROOT = Path(__file__).resolve().parents[1]


def said(name: str) -> str:
    path = ROOT / name
    assert path.exists(), f"{name} is missing"
    return path.read_text()


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_every_route(app: Flask) -> None:
    text, missing = said("docs/developer/routes.md"), []
    for rule in app.url_map.iter_rules():
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}:
            stands = rf"\b{method}\b[^\n]*[\s`|]{re.escape(rule.rule)}(?=[\s`|?,]|$)"
            if not re.search(stands, text, re.MULTILINE):
                missing.append(f"{method} {rule.rule}")
    assert sorted(missing) == []


def test_every_setting() -> None:
    text = said("docs/admin/settings.md")
    rows = {m[1]: m[2] for m in re.finditer(r"^\| `(\w+)` \| (.+?) \| .+ \|$", text, re.MULTILINE)}
    expected = {item.metadata["env"]: item.metadata["default"] for item in declared()}
    assert rows.keys() == expected.keys()
    assert rows == {k: f"`{v}`" if v else "—" for k, v in expected.items()}


def commands(parser: argparse.ArgumentParser, name: str = "") -> set[str]:
    """`user add` and so on, with the options of each."""
    found: set[str] = set()
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for word, below in action.choices.items():
                found |= commands(below, f"{name} {word}".strip())
        elif name and action.dest != "help":
            found.add(f"{name}: {action.option_strings[-1] if action.option_strings else ''}")
    return found | ({f"{name}: "} if name else set())


def test_every_command() -> None:
    text, missing = said("docs/admin/commands.md"), []
    for one in commands(_parser()):
        name, option = one.split(": ")
        if not re.search(rf"\b{name}\b", text) or option not in text:
            missing.append(one)
    assert sorted(missing) == []


def test_every_code_of_sync() -> None:
    text = said("server/sync/PROTOCOL.md")
    assert [code for code in MESSAGES if not re.search(rf"\b{code}\b", text)] == []
    source = "".join(Path(module.__file__ or "").read_text() for module in (asking, endpoint))
    codes = set(re.findall(r'(?:Unreadable|problem)\(\d+, "(\w+)"', source))
    codes |= {title.lower().replace(" ", "_") for _, title, _ in endpoint.KNOWN.values()}
    assert len(codes) > 5
    members = re.findall(r"^\| `(\w+)` \|", text, re.MULTILINE)
    known = set(re.findall(r"`(\w+)`", text)) | {f"bad_{member}" for member in members}
    assert sorted(codes - known) == []
