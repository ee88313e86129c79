"""Everybody who signs in finds a day's work, in their language."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from server.core.roles import IDS
from server.demo.generate import organisation
from server.demo.story import MAAYAN

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
NAMED = ["admin", "manager", "dana", "yossi", "leila", "office"]
SCRIPTS = {
    "he": ("\u05d0", "\u05ea"),
    "fa": ("\u0600", "\u06ff"),
    "ar": ("\u0600", "\u06ff"),
    "en": ("A", "Z"),
}


class Demo:
    def __init__(self, now):
        self.rows = list(organisation(now))
        self.people = {r["email"]: r for r in self.every("person")}

    def every(self, kind):
        return [record for k, record in self.rows if k == kind]

    def person(self, key):
        return self.people[f"{key}@demo.test"]

    def due(self, key, now):
        """Days until each open task of the person, as their own wall calendar counts."""
        person = self.person(key)
        today = now.astimezone(ZoneInfo(person["zone"])).date()
        return Counter(
            (date.fromisoformat(t["due"]) - today).days
            for t in self.every("task")
            if t["assignee"] == person["id"] and t["due"] and t["status"] in ("open", "in_progress")
        )


@pytest.fixture(scope="module")
def demo():
    return Demo(NOW)


def speaks(text, lang):
    low, high = SCRIPTS[lang]
    return any(low <= c <= high for c in text.upper())


def test_danas_day(demo):
    due = demo.due("dana", NOW)
    assert sum(n for days, n in due.items() if days < 0) == 3
    assert due[0] == 4
    assert sum(n for days, n in due.items() if 0 < days < 7) == 6


def test_today_is_that_of_the_persons_zone():
    late = datetime(2026, 11, 22, 22, 30, tzinfo=UTC)  # the 23rd in Tel Aviv and Tehran
    demo = Demo(late)
    for key in NAMED:
        assert demo.due(key, late)[0] >= 2, key


@pytest.mark.parametrize("key", NAMED)
def test_everybody_named_has_something_to_do_and_has_done_something(demo, key):
    person = demo.person(key)
    due = demo.due(key, NOW)
    assert sum(n for days, n in due.items() if days < 0) >= 1
    assert due[0] >= 2
    assert sum(n for days, n in due.items() if 0 < days < 7) >= 3
    week = (NOW - timedelta(days=7)).isoformat()
    own = [a["at"] for a in demo.every("activity") if a["owner"] == person["id"]]
    assert any(at > week for at in own)
    assert any(at > NOW.isoformat() for at in own)


@pytest.mark.parametrize(("key", "lang"), [("dana", "he"), ("leila", "fa"), ("office", "en")])
def test_a_book_is_mostly_of_its_owners_language(demo, key, lang):
    person = demo.person(key)
    assert person["lang"] == lang
    names = [a["name"] for a in demo.every("account") if a["owner"] == person["id"]]
    assert 50 <= len(names) <= 70
    assert sum(speaks(name, lang) for name in names) > 0.7 * len(names)


def test_every_seller_has_fifty_to_seventy_accounts(demo):
    books = Counter(a["owner"] for a in demo.every("account"))
    sellers = [p for p in demo.every("person") if p["roles"] == [IDS["seller"]]]
    assert all(50 <= books[seller["id"]] <= 70 for seller in sellers)


def test_titles_are_in_the_language_of_who_has_to_act(demo):
    lang = {p["id"]: p["lang"] for p in demo.every("person")}
    assert all(speaks(t["title"], lang[t["assignee"]]) for t in demo.every("task"))


def test_technicians_work_at_other_peoples_customers(demo):
    owner = {a["id"]: a["owner"] for a in demo.every("account")}
    yossi = demo.person("yossi")["id"]
    jobs = [t for t in demo.every("task") if t["assignee"] == yossi and t["account"]]
    assert {owner[job["account"]] for job in jobs} >= {demo.person("dana")["id"]}
    assert yossi not in owner.values()
    assert {job["kind"] for job in jobs} <= {"service", "visit", "delivery"}


def test_everybody_reports_up_to_one_head():
    managers = {person.key: person.manager for person in MAAYAN.people}
    for key in managers:
        seen = [key]
        while above := managers[seen[-1]]:
            assert above not in seen
            seen.append(above)
        assert seen[-1] == "manager"
