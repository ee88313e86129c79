"""Pulling: first loads, increments, and pages of any size."""

from __future__ import annotations

from .conftest import Connect


def test_a_first_load_holds_what_the_team_has(connect: Connect) -> None:
    olive, carl, sam = connect("olive"), connect("carl"), connect("sam")
    account = olive.new("account", name="Acme")
    olive.sync()
    carl.sync()
    sam.sync()
    assert olive.doc(account)["name"] == "Acme"
    assert carl.doc(account)["number"].startswith("C-0000")
    assert account not in sam.rows
    assert {doc["name"] for doc in sam.all("person")} >= {
        "olive", "carl", "sam", "tara", "mona", "ada", "walt",
    }  # fmt: skip
