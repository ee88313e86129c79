"""Every text that people are shown is marked, so that the extraction finds it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from jinja2 import nodes

from server.app import create_app
from server.core import countries
from server.core.i18n import NAMES, label
from server.core.registry import registry
from server.translations.extract import template
from server.web import failures
from server.web.templating import TEMPLATES, environment

ROOT = Path(__file__).resolve().parents[1]
ABOUT = {"pgettext", "npgettext"}  # these are told first what the words are about
TRANSLATING = {"_", "gettext", "ngettext", "pgettext", "npgettext"}


@cache
def held() -> set[str]:
    """All that the sources say, singular and plural, with and without what it is about."""
    said = [(message.context, message.id) for message in template() if message.id]
    texts = {text for _, one in said for text in ([one] if isinstance(one, str) else one)}
    return texts | {label(context, str(text)) for context, text in said if context}


def test_what_entities_declare_is_marked_for_translation():
    create_app()
    declared = set(labels(registry.manifest()))
    declared |= {text for row in failures.SAID.values() for text in row[1:]}
    declared = {text for text in declared if re.search("[a-z]", text)}  # 08:00 is no word
    # A language is called as its speakers call it; countries are not ours to name.
    named = {*NAMES.values(), *(said for _, said in countries.choices())}
    assert declared - held() - named == set()


SPOKEN = ("label", "plural", "new", "done", "group", "help")


def labels(part: Any) -> Iterator[str]:
    """What a manifest says to people."""
    if isinstance(part, list):
        for one in part:
            yield from labels(one)
    elif isinstance(part, dict):
        for name, value in part.items():
            if name in SPOKEN and isinstance(value, str) and value:
                yield value
            elif name == "choices":
                yield from (label for _, label in value or ())
            elif name == "codes":
                yield from value.values()
            else:
                yield from labels(value)


def test_what_the_scripts_say_is_what_the_server_says():
    """The views' labels are plain words there, marked in the Python that they mirror."""
    word = re.compile(r"(?:\b\w+: |\?\? |\|\| |\? |, |\[)'([A-Z][a-z]+(?: [a-z]+)*)'")
    found = {
        (path.name, match)
        for path in sorted((ROOT / "pwa" / "views").glob("*.js"))
        for match in word.findall(path.read_text())
    }
    assert ("list.js", "Mine") in found
    assert {one for one in found if one[1] not in held()} == set()


@cache
def sources() -> dict[str, str]:
    return {p.relative_to(TEMPLATES).as_posix(): p.read_text() for p in TEMPLATES.rglob("*.html")}


def test_texts_within_expressions_can_be_found():
    """`_(submit or 'Save')` is not extracted: its words must be marked somewhere else."""
    lost = []
    for name, source in sources().items():
        for call in environment().parse(source).find_all(nodes.Call):
            if isinstance(call.node, nodes.Name) and call.node.name in TRANSLATING:
                said = call.args[call.node.name in ABOUT :]
                words = (c.value for arg in said for c in constants(arg))
                lost += [f"{name}: {w}" for w in words if w not in held()]
    assert lost == []


def constants(node: nodes.Node) -> Iterator[nodes.Const]:
    """Texts that an expression may have as its value; not those it compares or looks up by."""
    if isinstance(node, nodes.Const) and isinstance(node.value, str):
        yield node
    elif isinstance(node, nodes.Or | nodes.And | nodes.CondExpr):
        for field in ("left", "right", "expr1", "expr2"):
            part = getattr(node, field, None)
            if part is not None:
                yield from constants(part)


def test_templates_say_nothing_untranslated():
    assert {name: found for name, text in sources().items() if (found := spoken(text))} == {}


MACRO = re.compile(r"\{% macro .*?%\}(.*?)\{%-? endmacro", re.DOTALL)
JINJA = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)


def spoken(source: str) -> list[str]:
    """Words outside `{{ … }}` that a person reads or hears."""
    for body in MACRO.findall(source):
        # Without a tag and a capital it writes a part of a tag, or a value that others compare.
        if not re.search("[<A-Z]", JINJA.sub("", body)):
            source = source.replace(body, "")
    reader = Reader()
    reader.feed(JINJA.sub(" ", source))
    return [text for text in reader.found if re.search(r"[^\W\d_]", text)]


class Reader(HTMLParser):
    """Collects texts and spoken attributes, without the name of the product and names of keys."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.inside = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.inside = tag
        told = ("title", "alt", "placeholder", "aria-label", "data-confirm")
        self.found += [value or "" for name, value in attrs if name in told]

    def handle_endtag(self, tag: str) -> None:
        self.inside = ""

    def handle_data(self, data: str) -> None:
        if self.inside not in ("kbd", "code", "pre", "script", "style"):
            self.found.append(data.replace("Kesher", ""))


def test_words_in_templates_are_noticed():
    assert spoken('<p title="Hi {{ name }}">{{ _("Yes") }} · Kesher</p><kbd>Ctrl</kbd>No') == [
        "Hi  ", "No",
    ]  # fmt: skip
