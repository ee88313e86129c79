"""Catalogues and tables as the worker gets them."""

from __future__ import annotations

import json

import pytest
from babel.messages import Catalog

from pwa.building.assets import sprite
from pwa.building.words import TABLES, _function, compact, for_worker


def test_a_catalogue_keeps_contexts_and_plurals():
    catalogue = Catalog("he")
    catalogue.add("Save", "שמירה")
    catalogue.add("Open", "פתוח", context="state")
    catalogue.add(("%(n)d task", "%(n)d tasks"), ("משימה", "שתי משימות", "%(n)d משימות"))
    messages = for_worker(catalogue)["messages"]
    assert messages == {
        "Save": ["שמירה"],
        "state\x04Open": ["פתוח"],
        "%(n)d task": ["משימה", "שתי משימות", "%(n)d משימות"],
    }


def test_doubtful_and_missing_translations_are_left_in_english():
    catalogue = Catalog("fa")
    catalogue.add("Save", "ذخیره", flags=["fuzzy"])
    catalogue.add("Open", "")
    catalogue.add(("task", "tasks"), ("کار", ""))
    assert for_worker(catalogue)["messages"] == {}


@pytest.mark.parametrize("name", TABLES)
def test_a_table_is_plain_json(name):
    table = _function(TABLES[name])()
    assert json.loads(compact(table)) == json.loads(json.dumps(table))
    assert table


def test_a_sprite_has_each_icon_once():
    made = sprite(["phone", "mail", "phone"])
    assert made.count("<symbol ") == 2
    assert '<symbol id="phone" viewBox="0 0 24 24"><path d="' in made
