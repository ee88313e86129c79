"""Every value of the demo organisation is one its field may hold."""

import re
from datetime import UTC, date, datetime
from urllib.parse import urlsplit

import phonenumbers
import pytest

from server.core.roles import IDS
from server.demo.generate import organisation, rival
from server.demo.words.odd import ODD

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
LANGUAGES = {"he", "fa", "en", "ar"}
STAGES = {
    "first_contact", "lead", "prospect", "customer", "loyal", "at_risk", "lost", "won_back",
}  # fmt: skip
OUTCOMES = {"reached", "no_answer", "left_message", "positive", "negative", "follow_up", None}
CHOICES = {
    ("person", "lang"): LANGUAGES,
    ("person", "calendar"): {"gregorian", "jalali", "gregorian+hebrew"},
    ("person", "theme"): {"auto", "light", "dark"},
    ("account", "kind"): {"company", "person"},
    ("account", "relation"): {"customer", "prospect", "supplier", "partner", "adviser"},
    ("account", "stage"): STAGES,
    ("account", "country"): {"IL", "IR", "AE", "GB"},
    ("contact", "lang"): LANGUAGES,
    ("contact", "preferred_channel"): {"phone", "whatsapp", "mail", "sms", "visit"},
    ("activity", "kind"): {"call", "meeting", "mail", "visit", "note"},
    ("activity", "outcome"): OUTCOMES,
    ("task", "priority"): {"low", "normal", "high", "urgent"},
    ("task", "status"): {"open", "in_progress", "done", "cancelled"},
    ("task", "kind"): {
        "call", "visit", "mail", "quote", "service", "delivery", "paperwork", "other",
    },
}  # fmt: skip


@pytest.fixture(scope="module")
def rows():
    return [*organisation(NOW), *rival(NOW)]


def every(rows, *kinds):
    return [record for kind, record in rows if kind in kinds]


@pytest.mark.parametrize(("kind", "name"), CHOICES)
def test_choices(rows, kind, name):
    used = {record[name] for record in every(rows, kind)}
    assert used == CHOICES[kind, name]


def test_every_role_has_its_people(rows):
    assert {id_ for person in every(rows, "person") for id_ in person["roles"]} == {*IDS.values()}


def test_records_of_a_type_have_the_same_fields(rows):
    for kind in {kind for kind, _ in rows}:
        assert len({tuple(sorted(record)) for record in every(rows, kind)}) == 1, kind


def test_no_text_is_empty_or_untrimmed(rows):
    for _, record in rows:
        for value in record.values():
            assert not isinstance(value, str) or (value and value == value.strip()), record


def test_telephone_numbers_are_valid_or_known_to_be_fictitious(rows):
    numbers = {n for r in every(rows, "account", "contact") for n in r["phones"]}
    numbers |= {r["phone"] for r in every(rows, "person")}
    parsed = {number: phonenumbers.parse(number) for number in numbers}
    unfit = [n for n, p in parsed.items() if not phonenumbers.is_valid_number(p)]
    assert [n for n in unfit if not re.fullmatch(r"\+447700900\d{3}", n)] == []
    e164 = phonenumbers.PhoneNumberFormat.E164
    assert all(phonenumbers.format_number(p, e164) == n for n, p in parsed.items())


def test_mail_and_sites_lead_nowhere(rows):
    mails = {r["email"] for r in every(rows, "account", "contact", "person")} - {None}
    assert all(re.fullmatch(r"[a-z0-9.-]+@[a-z0-9.-]+\.(example|test)", m) for m in mails)
    sites = {r["website"] for r in every(rows, "account")} - {None}
    assert all((urlsplit(site).hostname or "").endswith(".example") for site in sites)
    assert len(sites) > 100


def test_lists_repeat_nothing_and_are_nobody_elses(rows):
    lists = [r[name] for r in every(rows, "account") for name in ("phones", "tags")]
    assert all(len(set(values)) == len(values) for values in lists)
    assert len({id(values) for values in lists}) == len(lists)


def test_instants_and_dates(rows):
    for _, record in rows:
        assert INSTANT.fullmatch(record["created_at"])
    assert all(INSTANT.fullmatch(r["at"]) for r in every(rows, "activity"))
    dates = [r["due"] for r in every(rows, "task")] + [
        r["birthday"] for r in every(rows, "contact")
    ]
    assert all(date.fromisoformat(d).isoformat() == d for d in dates if d)
    assert None in dates


def test_what_happened_has_an_end_and_what_is_planned_has_none(rows):
    for record in every(rows, "activity"):
        if record["at"] > "2026-11-22T09:30:00Z":
            assert (record["outcome"], record["body"]) == (None, None)
            assert record["duration"]
        elif record["kind"] in ("call", "meeting", "visit"):
            assert record["outcome"]
        if record["outcome"] in ("no_answer", "left_message"):
            assert record["duration"] is None


def test_the_odd_names_are_there_and_fit(rows):
    accounts = {r["name"]: r for r in every(rows, "account")}
    assert {odd.name for odd in ODD} <= set(accounts)
    assert 120 < max(map(len, accounts)) <= 200
    assert all(accounts[odd.name]["phones"] == [] for odd in ODD if odd.mute)


def test_names_of_companies_do_not_repeat_at_the_default_size():
    names = [
        r["name"] for kind, r in organisation(NOW) if kind == "account" and r["kind"] == "company"
    ]
    assert len(set(names)) == len(names)
