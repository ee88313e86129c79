"""Catalogues and tables as the worker gets them."""

from __future__ import annotations

import gettext
import json
import subprocess

import pytest
from babel.messages import Catalog

from pwa.building.assets import sprite
from pwa.building.words import compact, messages, rules, tables
from pwa.compiler.node import node_path
from server.core import countries
from server.core.converting import values_of
from server.core.i18n import LANGUAGES, label
from server.customers.entities import Account
from server.web.templating import environment


def test_a_catalogue_keeps_contexts_and_plurals():
    catalogue = Catalog("he")
    catalogue.add("Save", "שמירה")
    catalogue.add("Open", "פתוח", context="state")
    catalogue.add(("%(n)d task", "%(n)d tasks"), ("משימה", "שתי משימות", "%(n)d משימות"))
    assert messages(catalogue) == {
        "Save": ["שמירה"],
        "state\x04Open": ["פתוח"],
        "%(n)d task": ["משימה", "שתי משימות", "%(n)d משימות"],
    }


def test_doubtful_and_missing_translations_are_left_in_english():
    catalogue = Catalog("fa")
    catalogue.add("Save", "ذخیره", flags=["fuzzy"])
    catalogue.add("Open", "")
    catalogue.add(("task", "tasks"), ("کار", ""))
    assert messages(catalogue) == {}


def test_tables_are_plain_json():
    made = tables()
    assert {"text", "phones", "almanac", "headers", "failures"} <= made.keys()
    assert json.loads(compact(made)) == json.loads(json.dumps(made))


@pytest.mark.parametrize("lang", ["he", "fa", "ar"])
def test_plural_rules_run_as_javascript(lang):
    catalogue = Catalog(lang)
    numbers = range(121)
    script = rules({lang: catalogue.plural_expr}).replace("export ", "")
    asked = f"{script} console.log(JSON.stringify({list(numbers)}.map(PLURALS.{lang})))"
    done = subprocess.run([node_path(), "-e", asked], capture_output=True, text=True, check=True)
    server = gettext.c2py(catalogue.plural_expr)
    assert json.loads(done.stdout) == [int(server(n)) for n in numbers]


def test_a_sprite_has_each_icon_once():
    made = sprite(["phone", "mail", "phone"])
    assert made.count("<symbol ") == 2
    assert '<symbol id="phone" viewBox="0 0 24 24"><path d="' in made


@pytest.mark.parametrize(
    ("lang", "name"), [("en", "Israel"), ("he", "ישראל"), ("fa", "اسرائیل"), ("ar", "إسرائيل")]
)
def test_a_country_is_called_as_its_reader_calls_it(lang, name):
    said = dict(countries.choices())["IL"]
    assert environment().from_string("{{ _(said) }}").render(lang=lang, said=said) == name


def test_every_country_has_a_name_in_every_language():
    assert len(countries.choices()) > 240
    for lang in LANGUAGES:
        assert countries.messages(lang).keys() == {said for _, said in countries.choices()}


def test_what_was_typed_for_a_country_becomes_it():
    """Whoever wrote it before there was a choice; what names none is left as it is."""
    typed = {"country": "ایران"}, {"country": "Germany"}, {"country": "Atlantis"}
    chosen = [values_of(Account.spec, values)["country"] for values in typed]
    assert chosen == ["IR", "DE", "Atlantis"]


def test_a_word_of_two_meanings_is_said_in_two_ways():
    page = environment().from_string("{{ _(said) }} {{ _('Yours') }}")
    own = label("settings", "Yours")
    assert page.render(lang="en", said=own) == "Yours Yours"
    assert page.render(lang="fa", said=own) == "شخصی مال شما"
