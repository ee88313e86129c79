"""Random records through both renderers: the same bytes."""

from collections.abc import Iterator
from gettext import NullTranslations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jinja2 import DictLoader

from pwa.compiler import compile_templates
from tests.compiler.phone import Phone
from tests.compiler.settings import server_environment

TEMPLATES = Path(__file__).with_name("templates")
SOURCES = {path.name: path.read_text("utf-8") for path in sorted(TEMPLATES.glob("*.html"))}

NASTY = [
    *("", " ", "0", "null", "None", 'O\'Neil "x" <b>&amp;</b>', "`\\ {{7*7}} {% if %} ${x}"),
    *("שָׁלוֹם עולם", "شرکت چای ژاله", "ك ي ة أ ۱۲۳ ١٢٣", "\u200f\u202babc\u202c", "می\u200cخواهم"),
    *("😀 👩‍👩‍👧 emoji", "é", "e\u0301", "İstanbul ẞ ΑΣ ΣΑΣ", "Ǆ ŉ ﬁ ა", "ԱԵՎ և"),
    *("tab\tnl\nrl\r\nend", " lead", "trail ", "\x1fx\x1c", "\x85y\x0b", "\ufeffz", "\u2028\u2029"),
    *("%s %(x)s 100% %%", "x" * 130, "word " * 40, "\x00\x01\x7f", "</script><!--", "a,b;c"),
]
MESSAGES = {
    "Name": ["نام «%%»"],
    "Hello %(name)s": ["שלום %(name)s"],
    "%(num)s record": ["%(num)s רשומה", "%(num)s רשומות"],
    "menu\x04Open": ["פתיחה"],
    "menu\x04%(num)s item": ["פריט <%(num)s>", "פריטים <%(num)s>"],
}

# A phone's text has no lone surrogates: they have no bytes.
texts = st.sampled_from(NASTY) | st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
numbers = st.integers(min_value=-(10**12), max_value=10**12)
rows = st.fixed_dictionaries(
    {
        "id": texts,
        "name": texts,
        "note": st.none() | texts,
        "cents": st.none() | numbers,
        "done": st.booleans(),
        "kind": st.sampled_from(["lead", "won", ""]),
        "tags": st.lists(texts, max_size=3),
    }
)
contexts = st.fixed_dictionaries(
    {"q": texts, "rows": st.lists(rows, max_size=5), "total": st.integers(0, 5), "row": rows}
)


class Words(NullTranslations):
    """The server's half of `MESSAGES`, as gettext looks them up."""

    def gettext(self, message: str) -> str:
        return MESSAGES.get(message, [message])[0]

    def ngettext(self, one: str, many: str, n: int) -> str:
        return MESSAGES.get(one, [one, many])[int(n != 1)]

    def pgettext(self, context: str, message: str) -> str:
        return MESSAGES.get(f"{context}\x04{message}", [message])[0]

    def npgettext(self, context: str, one: str, many: str, n: int) -> str:
        return MESSAGES.get(f"{context}\x04{one}", [one, many])[int(n != 1)]


SERVER = server_environment(Words())
SERVER.loader = DictLoader(SOURCES)
COMPILED = compile_templates(SERVER, SOURCES, filters=())


@pytest.fixture(scope="module")
def phone() -> Iterator[Phone]:
    with Phone() as started:
        yield started


@pytest.mark.parametrize("name", [x for x in SOURCES if x not in ("base.html", "_macros.html")])
@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(context=contexts)
def test_same_bytes(phone: Phone, name: str, context: dict[str, Any]) -> None:
    expected = SERVER.get_template(name).render(context)
    assert phone.render(COMPILED, name, context, messages=MESSAGES) == expected


def test_languages_do_not_meet(phone: Phone) -> None:
    """A render without a catalogue, after one with, is in the language of the templates."""
    row: dict[str, Any] = {
        "id": "1",
        "name": "x",
        "note": None,
        "cents": 1,
        "done": True,
        "kind": "",
        "tags": [],
    }
    context = {"q": "", "rows": [row], "total": 1, "row": row}
    hebrew = phone.render(COMPILED, "words.html", context, messages=MESSAGES)
    english = phone.render(COMPILED, "words.html", context)
    assert "שלום" in hebrew
    assert "Hello x" in english
    assert "שלום" not in english
