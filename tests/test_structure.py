"""The shape of the code: small files and functions, no physical directions, no foreign marks."""

from __future__ import annotations

import ast
import json
import re
import subprocess
from functools import cache
from pathlib import Path
from statistics import quantiles

import pytest

from pwa.compiler.node import node_path

ROOT = Path(__file__).resolve().parents[1]
# Of each language: lines of the largest file and function, and what nine tenths stay below.
LIMITS = {
    ".py": {"file": (300, 150), "function": (40, 20)},
    ".js": {"file": (250, 110), "function": (35, 15)},
}
# Tests, benchmarks and tools are read less often than the program; the large limits hold there too.
PROGRAM = ("server/", "pwa/", "migrations/env.py")
DATA = ("server/demo/words/", "migrations/versions/")


@cache
def files(*endings: str) -> list[Path]:
    """Files that are in git, or would be if added."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    paths = [ROOT / name for name in listed.stdout.splitlines() if name.endswith(endings)]
    return [path for path in paths if path.is_file()]


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def code(ending: str) -> list[Path]:
    return [path for path in files(ending) if not name(path).startswith(DATA)]


@cache
def lengths(ending: str, what: str) -> dict[str, int]:
    """Lines of each file, or of each function."""
    if what == "file":
        return {name(path): len(path.read_text().splitlines()) for path in code(ending)}
    return python_functions() if ending == ".py" else javascript_functions()


def python_functions() -> dict[str, int]:
    """Lines from `def` to the end, without the docstring: words about a function are welcome."""
    found = {}
    for path in code(".py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                lines = (node.end_lineno or 0) - node.lineno + 1
                first = node.body[0]
                if ast.get_docstring(node) is not None:
                    lines -= (first.end_lineno or 0) - first.lineno + 1
                found[f"{name(path)}:{node.lineno} {node.name}"] = lines
    return found


def javascript_functions() -> dict[str, int]:
    program = ROOT / "tests" / "support" / "functions.mjs"
    paths = [name(path) for path in code(".js")]
    command = [node_path(), str(program), *paths]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    found: dict[str, int] = json.loads(done.stdout)
    return found


@pytest.mark.parametrize("what", ["file", "function"])
@pytest.mark.parametrize("ending", LIMITS)
def test_nothing_is_too_long(ending, what):
    most, _ = LIMITS[ending][what]
    assert {place: n for place, n in lengths(ending, what).items() if n > most} == {}


@pytest.mark.parametrize("what", ["file", "function"])
@pytest.mark.parametrize("ending", LIMITS)
def test_nine_tenths_are_short(ending, what):
    _, usual = LIMITS[ending][what]
    program = [n for place, n in lengths(ending, what).items() if place.startswith(PROGRAM)]
    assert quantiles(program, n=10)[-1] < usual


PHYSICAL = re.compile(
    r"(?<![\w-])(?:(?:margin|padding|border|scroll-margin|scroll-padding)-(?:left|right)[\w-]*\s*:"
    r"|(?:left|right)\s*:|(?:float|clear|text-align)\s*:\s*(?:left|right)\b"
    r"|border-(?:top|bottom)-(?:left|right)-radius\s*:)"
)


def test_styles_know_start_and_end_not_left_and_right():
    found = []
    for path in files(".css"):
        text = re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.DOTALL)
        found += [f"{name(path)}: {match.group()}" for match in PHYSICAL.finditer(text)]
    assert found == []


def test_templates_carry_no_styles_or_scripts_of_their_own():
    """The content security policy would refuse them: `style=`, inline scripts, `onclick=`."""
    script = r"<script(?![^>]*\bsrc=)(?![^>]*\btype=\"application/json\")"
    inline = re.compile(rf"""\sstyle\s*=|<style|{script}|\son[a-z]+\s*=\s*["']|\shx-on""")
    found = []
    for path in files(".html"):
        if name(path).startswith("server/templates/"):
            text = re.sub(r"\{#.*?#\}", "", path.read_text(), flags=re.DOTALL)
            found += [f"{name(path)}: {match.group()}" for match in inline.finditer(text)]
    assert found == []


# What has no place in a repository: paths of somebody's machine, marks of tools and of merging.
FOREIGN = re.compile(
    r"(?m)^(?:<{7}|>{7}) |/(?:home|root|Users)/\w|(?<![\w.])/work/|/tmp/\w+/|Co-Authored-By"
)


def test_the_repository_speaks_of_itself_only():
    found = []
    for path in files(".py", ".js", ".mjs", ".css", ".html", ".md", ".toml", ".json", ".po", "run"):
        if path != Path(__file__):
            found += [f"{name(path)}: {m.group()}" for m in FOREIGN.finditer(path.read_text())]
    assert found == []


def test_only_the_settings_read_the_environment():
    reading = re.compile(r"os\.environ|os\.getenv|from os import environ")
    allowed = {"server/core/config.py", "server/commands/__init__.py"}
    found = [name(path) for path in files(".py") if name(path).startswith("server/")]
    assert [p for p in found if p not in allowed and reading.search((ROOT / p).read_text())] == []
