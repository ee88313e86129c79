"""The demo organisation: how many, the same each time, nothing hanging in the air."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from server.demo.generate import SPARSE, organisation, rival
from server.demo.load import LARGE, load

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
SIZES = {
    "branch": 2,
    "team": 3,
    "person": 14,
    "account": 400,
    "contact": 900,
    "activity": 1500,
    "task": 600,
}
REFERENCES = {
    "branch": [],
    "team": ["branch", "lead"],
    "person": ["team", "manager"],
    "account": [],
    "contact": ["account"],
    "activity": ["account", "contact"],
    "task": ["account", "contact", "assignee"],
}
SYSTEM = ["owner", "team", "created_by"]


@pytest.fixture(scope="module")
def rows():
    return list(organisation(NOW))


def test_the_counts_are_those_promised(rows):
    assert Counter(kind for kind, _ in rows) == SIZES
    assert Counter(kind for kind, _ in rival(NOW))["account"] == 12
    assert Counter(kind for kind, _ in rival(NOW))["person"] == 2


def test_other_sizes_are_in_proportion():
    counts = Counter(kind for kind, _ in organisation(NOW, accounts=40))
    assert (counts["account"], counts["contact"]) == (40, 90)
    assert (counts["activity"], counts["task"]) == (150, 60)
    sparse = Counter(kind for kind, _ in organisation(NOW, accounts=3000, ratios=SPARSE))
    assert (sparse["account"], sparse["contact"]) == (3000, 600)
    assert sparse["activity"] == sparse["task"] == 0


@pytest.mark.parametrize("accounts", [0, 1, 2, 7])
def test_a_tiny_one_is_whole_too(accounts):
    counts = Counter(kind for kind, _ in organisation(NOW, accounts=accounts))
    assert counts["person"] == 14
    assert counts["account"] == accounts


def test_same_seed_and_moment_give_the_same_rows(rows):
    assert list(organisation(NOW)) == rows
    assert list(rival(NOW)) == list(rival(NOW))
    assert list(organisation(NOW, seed=2)) != rows
    assert list(organisation(NOW + timedelta(days=1))) != rows


def test_every_reference_is_to_a_record_already_given(rows):
    leads = {record["lead"] for kind, record in rows if kind == "team"}
    seen: set[str] = set()
    for kind, record in rows:
        for name in REFERENCES[kind] + SYSTEM:
            if record[name] is not None and name != "lead":
                assert record[name] in seen | {record["id"]}, (kind, name)
        seen.add(record["id"])
    assert leads <= {record["id"] for kind, record in rows if kind == "person"}


def test_a_contact_named_belongs_to_the_account_named(rows):
    account_of = {r["id"]: r["account"] for kind, r in rows if kind == "contact"}
    named = [r for kind, r in rows if kind in ("activity", "task") and r["contact"]]
    assert len(named) > 500
    assert all(account_of[r["contact"]] == r["account"] for r in named)


def test_ids_are_uuid7_of_the_moment_of_making(rows):
    strangers = [record["id"] for _, record in rival(NOW)]
    ids = [record["id"] for _, record in rows] + strangers
    assert len(set(ids)) == len(ids)
    for _, record in rows:
        parsed = UUID(record["id"])
        made = datetime.fromisoformat(record["created_at"])
        assert (str(parsed), parsed.version) == (record["id"], 7)
        assert parsed.variant == "specified in RFC 4122"
        assert abs((parsed.int >> 80) / 1000 - made.timestamp()) < 1


def test_children_are_not_older_than_their_account(rows):
    born = {r["id"]: r["created_at"] for kind, r in rows if kind == "account"}
    for kind, record in rows:
        assert record["created_at"] <= "2026-11-22T09:30:00Z"
        if kind in ("contact", "activity", "task") and record["account"]:
            assert record["created_at"] >= born[record["account"]], record


def test_a_moment_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="zone"):
        list(organisation(datetime(2026, 11, 22)))  # noqa: DTZ001


def test_loading_fills_two_organisations():
    inserted = {}

    def insert(org, rows):
        inserted[org] = Counter(kind for kind, _ in rows)

    orgs = load(lambda home: home.domain, insert, NOW)
    assert orgs == ("demo.test", "rival.test")
    assert inserted["demo.test"] == SIZES
    assert inserted["rival.test"]["account"] == 12


def test_a_large_load_has_few_contacts_and_no_work():
    inserted = {}
    load(
        lambda home: home.domain,
        lambda org, rows: inserted.update({org: Counter(kind for kind, _ in rows)}),
        NOW,
        accounts=LARGE,
    )
    assert inserted["demo.test"]["contact"] == LARGE // 5
    assert inserted["demo.test"]["activity"] == 0
