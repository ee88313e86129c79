"""Load the demo organisation, once. Its people sign in with the password printed here."""

from __future__ import annotations

import time
from argparse import Namespace
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection

from server.commands import joining, setup
from server.core.bulk import bulk
from server.core.config import Settings
from server.core.db import writing
from server.demo.load import load
from server.demo.story import MAAYAN, PASSWORD, Home


def run(settings: Settings, options: Namespace) -> None:
    from server.app import create_app
    from server.web.auth import hash_password

    setup.run(settings)
    emails = [MAAYAN.email(person) for person in MAAYAN.people]
    with create_app(settings).app_context():
        with writing() as connection:
            if joining.known(connection, emails[0]):
                taken = 0
                print("The demo organisation is there already.", flush=True)
            else:
                print("Loading the demo organisation …", flush=True)
                password = hash_password(PASSWORD)  # slow by intent
                started = time.monotonic()
                taken = fill(connection, getattr(options, "accounts", 400), password)
        if taken:  # and they are there to stay
            seconds = time.monotonic() - started
            print(f"{taken:,} records in {seconds:.1f} s: {taken / seconds:,.0f} a second.")
    print(f"Sign in as {', '.join(emails)}; the password is {PASSWORD}", flush=True)


def fill(connection: Connection, accounts: int, password: str) -> int:
    """Load both demo organisations with their people, who all have this password's hash; how many
    records."""
    taken = 0

    def make(home: Home) -> int:
        names = ("lang", "currency", "region", "zone")
        return joining.found(connection, home.name, **{name: getattr(home, name) for name in names})

    def insert(org: int, rows: Iterable[tuple[str, dict[str, Any]]]) -> None:
        nonlocal taken
        people: list[dict[str, Any]] = []
        taken += bulk(connection, org, _noting(rows, people), by=None)
        for person in people:
            joining.login(connection, org, person["id"], person["email"], password)

    load(make, insert, datetime.now(UTC), accounts=accounts)
    return taken


def _noting(
    rows: Iterable[tuple[str, dict[str, Any]]], people: list[dict[str, Any]]
) -> Iterable[tuple[str, dict[str, Any]]]:
    """The same rows; those of people are put aside on their way."""
    for kind, row in rows:
        if kind == "person":
            people.append(row)
        yield kind, row
