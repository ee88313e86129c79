"""Links between the pages of the documentation lead somewhere; the README's commands are there."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from urllib.parse import unquote

import pytest

ROOT = Path(__file__).resolve().parents[1]
PAGES = [ROOT / "README.md", ROOT / "server" / "sync" / "PROTOCOL.md"]
PAGES += sorted((ROOT / "docs").rglob("*.md"))
LINK = re.compile(r"(?<!`)\[[^\]\n]*\]\(([^)\s]+)\)|\b(?:src|href)=\"([^\"]+)\"")
FENCE = re.compile(r"^```.*?^```", re.DOTALL | re.MULTILINE)


def name(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def prose(page: Path) -> str:
    """A page without what is in fences or is code."""
    return re.sub(r"`[^`\n]*`", "", FENCE.sub("", page.read_text()))


def links(page: Path) -> list[str]:
    found = ["".join(match) for match in LINK.findall(prose(page))]
    return [link for link in found if not re.match(r"[a-z]+:", link)]


def anchors(page: Path) -> set[str]:
    """The ids that headings get: lower case, hyphens for spaces, no punctuation."""
    headings = re.findall(r"^#+ (.+)$", FENCE.sub("", page.read_text()), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", one.lower()).replace(" ", "-") for one in headings}


def is_broken(page: Path, link: str) -> bool:
    path, _, anchor = link.partition("#")
    target = (page.parent / unquote(path)).resolve() if path else page
    if not target.exists() or not target.is_relative_to(ROOT):
        return True
    return bool(anchor) and anchor not in anchors(target)


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_links_lead_somewhere(page):
    assert [link for link in links(page) if is_broken(page, link)] == []


def test_a_broken_link_would_be_seen():
    readme = PAGES[0]
    assert is_broken(readme, "docs/nowhere.md")
    assert is_broken(readme, "docs/developer/design.md#nowhere")
    assert not is_broken(readme, "docs/developer/design.md#views")


def test_every_page_can_be_reached_from_the_readme():
    reached, new = set(), {PAGES[0]}
    while new:
        page = new.pop()
        reached.add(page)
        found = {(page.parent / link.partition("#")[0]).resolve() for link in links(page)}
        new |= {one for one in found if one.suffix == ".md"} - reached
    assert {name(page) for page in PAGES} - {name(page) for page in reached} == set()


def test_the_two_commands_of_the_readme_are_there():
    fences = FENCE.findall(PAGES[0].read_text())
    commands = re.findall(r"^(\./\w+.*?)\s+#", "\n".join(fences), re.MULTILINE)
    assert commands == ["./run", "./run test"]
    asked = [str(ROOT / "run"), "--help"]
    help_ = subprocess.run(asked, capture_output=True, text=True, check=True).stdout
    assert all(re.search(rf"^{re.escape(one)}\b", help_, re.MULTILINE) for one in commands)


def test_pictures_are_light():
    pictures = sorted((ROOT / "docs" / "img").iterdir())
    assert [picture.name for picture in pictures] == ["desktop.png", "phone.png"]
    assert all(picture.stat().st_size < 150_000 for picture in pictures)
