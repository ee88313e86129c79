"""Load the demo organisation, once. Its people sign in with the password printed here."""

from __future__ import annotations

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
from server.demo.story import MAAYAN, Home

PASSWORD = "kesher-demo"  # noqa: S105  known to everybody, on purpose


def run(settings: Settings, _options: Namespace) -> None:
    from server.app import create_app

    setup.run(settings)
    emails = [MAAYAN.email(person) for person in MAAYAN.people]
    with create_app(settings).app_context(), writing() as connection:
        if joining.known(connection, emails[0]):
            print("The demo organisation is there already.", flush=True)
        else:
            print("Loading the demo organisation …", flush=True)
            fill(connection)
    print(f"Sign in as {', '.join(emails)}; the password is {PASSWORD}", flush=True)


def fill(connection: Connection, accounts: int = 400) -> list[int]:
    """Load both demo organisations with their people; the organisations' ids."""
    from server.web.auth import hash_password

    password = hash_password(PASSWORD)

    def make(home: Home) -> int:
        names = ("lang", "currency", "region", "zone")
        return joining.found(connection, home.name, **{name: getattr(home, name) for name in names})

    def insert(org: int, rows: Iterable[tuple[str, dict[str, Any]]]) -> None:
        people: list[dict[str, Any]] = []
        bulk(connection, org, _noting(rows, people), by=None)
        for person in people:
            joining.login(connection, org, person["id"], person["email"], password)

    return list(load(make, insert, datetime.now(UTC), accounts=accounts))


def _noting(
    rows: Iterable[tuple[str, dict[str, Any]]], people: list[dict[str, Any]]
) -> Iterable[tuple[str, dict[str, Any]]]:
    """The same rows; those of people are put aside on their way."""
    for kind, row in rows:
        if kind == "person":
            people.append(row)
        yield kind, row
